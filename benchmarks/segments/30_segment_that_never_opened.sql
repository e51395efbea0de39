-- In the segment of good customers, and opened nothing within a year
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE currency = 'VND' AND ordered_on BETWEEN :ago_365 AND :today
    GROUP BY contact_id HAVING sum(amount) >= 5000000
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL AND c.language = 'vi' AND c.id NOT IN (
    SELECT d.contact_id FROM event AS e JOIN delivery AS d ON d.id = e.delivery_id
    WHERE e.kind = 'open' AND NOT e.machine AND e.at >= :since_365
)
