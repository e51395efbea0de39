-- The customers who make 80% of sales
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id, amount,
           sum(amount) OVER (ORDER BY amount DESC RANGE UNBOUNDED PRECEDING)
               - sum(amount) OVER (PARTITION BY amount) AS before,
           sum(amount) OVER () AS total
    FROM order_statistics WHERE currency = 'VND'
) AS s ON s.contact_id = c.id
WHERE c.erased_at IS NULL AND s.amount > 0 AND s.before * 5 < s.total * 4
