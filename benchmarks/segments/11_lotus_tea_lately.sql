-- Bought something with lotus in 90 days
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE ordered_on BETWEEN :ago_90 AND :today AND product LIKE '%sen%'
    GROUP BY contact_id HAVING count(*) >= 1
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL
