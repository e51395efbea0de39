-- Bought nothing in 180 days
SELECT count(*)
FROM contact AS c LEFT JOIN (
    SELECT DISTINCT contact_id FROM customer_order WHERE ordered_on BETWEEN :ago_180 AND :today
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL AND o.contact_id IS NULL
