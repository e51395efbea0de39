-- Four or more at home, with an income that is known
SELECT count(*)
FROM contact AS c
WHERE c.erased_at IS NULL AND c.traits <> '{}' AND c.traits ->> 'income' <> ''
  AND c.traits ->> 'household_size' >= '4'
