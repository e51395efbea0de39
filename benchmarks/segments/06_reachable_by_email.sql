-- Who may get marketing by e-mail
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id, action, row_number() OVER (PARTITION BY contact_id ORDER BY at DESC, id DESC) AS place
    FROM consent WHERE sender_id = 1 AND channel = 'email' AND purpose = 'marketing'
) AS k ON k.contact_id = c.id AND k.place = 1 AND k.action = 'granted'
WHERE c.erased_at IS NULL AND c.deceased_at IS NULL AND c.kind = 'person' AND c.email_key <> ''
  AND NOT EXISTS (SELECT 1 FROM suppression AS x WHERE x.channel = 'email' AND x.address_key = c.email_key)
  AND NOT EXISTS (
    SELECT 1 FROM hold AS h
    WHERE h.contact_id = c.id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)
  )
