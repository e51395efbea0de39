-- Five orders or more
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM order_statistics GROUP BY contact_id HAVING sum(orders) >= 5
) AS s ON s.contact_id = c.id
WHERE c.erased_at IS NULL
