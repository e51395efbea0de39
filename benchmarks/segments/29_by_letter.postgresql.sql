-- Who may get marketing by letter; DISTINCT ON, which PostgreSQL alone has
SELECT count(*)
FROM contact AS c
LEFT JOIN suppression AS x ON x.channel = 'letter' AND x.address_key = c.letter_key
LEFT JOIN hold AS h ON h.contact_id = c.id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)
WHERE c.erased_at IS NULL AND c.deceased_at IS NULL AND c.kind = 'person' AND c.letter_key <> ''
  AND x.id IS NULL AND h.id IS NULL AND c.id NOT IN (
    SELECT contact_id FROM (
        SELECT DISTINCT ON (contact_id) contact_id, action
        FROM consent WHERE sender_id = 1 AND channel = 'letter' AND purpose = 'marketing'
        ORDER BY contact_id, at DESC, id DESC
    ) AS k WHERE action = 'withdrawn'
  )
