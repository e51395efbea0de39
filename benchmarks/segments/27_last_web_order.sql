-- Last order on the web within 90 days
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order
    WHERE channel = 'web' AND ordered_on BETWEEN :ago_90 AND :today
    GROUP BY contact_id
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL
