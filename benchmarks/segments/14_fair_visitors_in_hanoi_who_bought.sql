-- Met at the fair, live in Hà Nội, bought within a year, not within 30 days
SELECT count(*)
FROM contact AS c JOIN contact_tag AS t ON t.contact_id = c.id AND t.tag = 'hội chợ'
JOIN (
    SELECT contact_id FROM customer_order WHERE ordered_on BETWEEN :ago_365 AND :today
    GROUP BY contact_id HAVING max(ordered_on) < :ago_30
) AS o ON o.contact_id = c.id
WHERE c.erased_at IS NULL AND c.province = 'Hà Nội'
