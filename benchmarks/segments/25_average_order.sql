-- Orders of 1.2 million đồng or more on the average
SELECT count(*)
FROM contact AS c JOIN order_statistics AS s ON s.contact_id = c.id AND s.currency = 'VND'
WHERE c.erased_at IS NULL AND s.amount >= s.orders * 1200000
