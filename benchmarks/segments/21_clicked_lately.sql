-- Clicked on a letter within 90 days
SELECT count(*)
FROM contact AS c JOIN (
    SELECT d.contact_id FROM event AS e JOIN delivery AS d ON d.id = e.delivery_id
    WHERE e.kind = 'click' AND NOT e.machine AND e.at >= :since_90
    GROUP BY d.contact_id
) AS k ON k.contact_id = c.id
WHERE c.erased_at IS NULL
