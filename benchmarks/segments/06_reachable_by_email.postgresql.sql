-- Who may get marketing by e-mail; DISTINCT ON, which PostgreSQL alone has
SELECT count(*)
FROM contact AS c JOIN (
    SELECT DISTINCT ON (contact_id) contact_id, action
    FROM consent WHERE sender_id = 1 AND channel = 'email' AND purpose = 'marketing'
    ORDER BY contact_id, at DESC, id DESC
) AS k ON k.contact_id = c.id AND k.action = 'granted'
LEFT JOIN suppression AS x ON x.channel = 'email' AND x.address_key = c.email_key
LEFT JOIN hold AS h ON h.contact_id = c.id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)
WHERE c.erased_at IS NULL AND c.kind = 'person' AND c.email_key <> '' AND x.id IS NULL AND h.id IS NULL
