-- Got e-mail within 180 days and replied to none of it
SELECT count(*)
FROM contact AS c JOIN (
    SELECT d.contact_id
    FROM delivery AS d LEFT JOIN (
        SELECT delivery_id, max(CASE WHEN kind = 'reply' THEN 1 ELSE 0 END) AS replied,
               max(CASE WHEN kind = 'reply' THEN 0 ELSE 1 END) AS came_back
        FROM event WHERE kind IN ('reply', 'bounce', 'returned') GROUP BY delivery_id
    ) AS e ON e.delivery_id = d.id
    WHERE d.state = 'accepted' AND d.channel = 'email' AND d.settled_at >= :since_180
      AND coalesce(e.came_back, 0) = 0
    GROUP BY d.contact_id HAVING max(coalesce(e.replied, 0)) = 0
) AS k ON k.contact_id = c.id
WHERE c.erased_at IS NULL
