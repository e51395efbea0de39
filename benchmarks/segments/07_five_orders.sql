-- Five orders or more
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE true
    GROUP BY contact_id HAVING count(*) >= 5
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL
