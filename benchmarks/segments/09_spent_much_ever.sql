-- Ten million đồng or more altogether
SELECT count(*)
FROM contact AS c JOIN order_statistics AS s ON s.contact_id = c.id AND s.currency = 'VND'
WHERE c.erased_at IS NULL AND s.amount >= 10000000
