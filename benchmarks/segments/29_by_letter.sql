-- Who may get marketing by letter
SELECT count(*)
FROM contact AS c
WHERE c.erased_at IS NULL AND c.deceased_at IS NULL AND c.kind = 'person' AND c.letter_key <> ''
  AND NOT EXISTS (SELECT 1 FROM suppression AS x WHERE x.channel = 'letter' AND x.address_key = c.place_key)
  AND NOT EXISTS (
    SELECT 1 FROM hold AS h
    WHERE h.contact_id = c.id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)
  )
  AND c.id NOT IN (
    SELECT contact_id FROM (
        SELECT contact_id, action,
               row_number() OVER (PARTITION BY contact_id ORDER BY at DESC, id DESC) AS place
        FROM consent WHERE sender_id = 1 AND channel = 'letter' AND purpose = 'marketing'
    ) AS k WHERE place = 1 AND action = 'withdrawn'
  )
