-- Five million đồng or more within a year
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE currency = 'VND' AND ordered_on BETWEEN :ago_365 AND :today
    GROUP BY contact_id HAVING sum(amount) >= 5000000
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL
