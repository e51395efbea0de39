-- Last order of 1.5 million đồng or more
SELECT count(*)
FROM contact AS c JOIN (
    SELECT max(o.id) AS id
    FROM order_statistics AS s JOIN customer_order AS o
      ON o.contact_id = s.contact_id AND o.currency = s.currency AND o.ordered_on = s.last_on
    WHERE s.currency = 'VND' GROUP BY s.contact_id
) AS newest ON true
JOIN customer_order AS o ON o.id = newest.id AND o.contact_id = c.id
WHERE c.erased_at IS NULL AND o.amount >= 1500000
