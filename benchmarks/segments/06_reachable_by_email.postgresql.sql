-- Who may get marketing by e-mail; DISTINCT ON, which PostgreSQL alone has
SELECT count(*)
FROM contact AS c JOIN (
    SELECT DISTINCT ON (contact_id) contact_id, action
    FROM consent WHERE sender_id = 1 AND channel = 'email' AND purpose = 'marketing'
    ORDER BY contact_id, at DESC, id DESC
) AS k ON k.contact_id = c.id AND k.action = 'granted'
WHERE c.erased_at IS NULL AND c.deceased_at IS NULL AND c.kind = 'person' AND c.email_key <> ''
  AND NOT EXISTS (SELECT 1 FROM suppression AS x WHERE x.channel = 'email' AND x.address_key = c.email_key)
  AND NOT EXISTS (
    SELECT 1 FROM hold AS h
    WHERE h.contact_id = c.id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)
  )
