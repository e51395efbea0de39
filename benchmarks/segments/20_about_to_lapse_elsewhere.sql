-- People outside Hà Nội who are about to lapse
SELECT count(*)
FROM contact AS c JOIN order_statistics AS s ON s.contact_id = c.id
WHERE c.erased_at IS NULL AND s.last_on BETWEEN :ago_365 AND :ago_181 AND c.kind = 'person' AND c.province <> 'Hà Nội'
