-- English-speaking, two million đồng or more altogether
SELECT count(*)
FROM contact AS c JOIN (
    SELECT contact_id FROM customer_order WHERE currency = 'VND'
    GROUP BY contact_id HAVING sum(amount) >= 2000000
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL AND c.language = 'en'
