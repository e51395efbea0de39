-- Twice or more on the web within a year
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE ordered_on BETWEEN :ago_365 AND :today AND channel = 'web'
    GROUP BY contact_id HAVING count(*) >= 2
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL
