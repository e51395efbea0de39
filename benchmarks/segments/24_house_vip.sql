-- The house's VIPs: before whom stands less than one in a hundred of those who bought within a year
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id, amount, rank() OVER (ORDER BY amount DESC) - 1 AS before, count(*) OVER () AS whole
    FROM (
        SELECT contact_id, sum(amount) AS amount FROM customer_order
        WHERE currency = 'VND' AND ordered_on BETWEEN :ago_365 AND :today GROUP BY contact_id
    ) AS year
) AS s ON s.contact_id = c.id
WHERE c.erased_at IS NULL AND s.amount > 0 AND s.before * 100 < s.whole
