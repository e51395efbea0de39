-- Contact persons of organisations tagged VIP
SELECT count(*)
FROM contact AS c JOIN contact AS o ON o.id = c.organisation_id AND o.kind = 'organisation'
JOIN contact_tag AS t ON t.contact_id = o.id AND t.tag = 'vip'
WHERE c.erased_at IS NULL
