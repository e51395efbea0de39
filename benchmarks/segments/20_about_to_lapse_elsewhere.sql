-- People outside Hà Nội who are about to lapse: the last order, in any currency, 181 to 365 days ago
SELECT count(DISTINCT c.id)
FROM contact AS c JOIN order_statistics AS s ON s.contact_id = c.id AND s.last_on BETWEEN :ago_365 AND :ago_181
LEFT JOIN order_statistics AS later ON later.contact_id = c.id AND later.last_on > :ago_181
WHERE c.erased_at IS NULL AND later.contact_id IS NULL AND c.kind = 'person' AND c.province <> 'Hà Nội'
