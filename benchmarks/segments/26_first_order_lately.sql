-- First order within 90 days
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM order_statistics
    GROUP BY contact_id HAVING min(first_on) BETWEEN :ago_90 AND :today
) AS s ON s.contact_id = c.id
WHERE c.erased_at IS NULL
