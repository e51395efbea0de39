-- Named Nguyễn, with or without marks
SELECT count(*) FROM contact AS c WHERE c.erased_at IS NULL AND c.name_key LIKE '%nguyen%'
