-- RFM as it is usually written: NTILE over the orders. Days are counted as orders, which is faster than
-- distinct days and lets this query off more lightly than ours.
SELECT contact_id,
       ntile(5) OVER (ORDER BY last_on) AS r,
       ntile(5) OVER (ORDER BY orders) AS f,
       ntile(5) OVER (ORDER BY amount) AS m,
       amount
FROM (
    SELECT contact_id, max(ordered_on) AS last_on, count(*) AS orders, sum(amount) AS amount
    FROM customer_order
    WHERE currency = 'VND' AND ordered_on <= :today
    GROUP BY contact_id
) AS bought
