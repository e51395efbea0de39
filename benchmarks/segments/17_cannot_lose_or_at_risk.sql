-- RFM groups: cannot lose, at risk
SELECT count(*)
FROM contact AS c JOIN order_statistics AS s ON s.contact_id = c.id AND s.currency = 'VND'
WHERE c.erased_at IS NULL
  AND s.last_on <= (SELECT last_on FROM order_statistics WHERE currency = 'VND' ORDER BY last_on LIMIT 1
    OFFSET ((SELECT count(*) FROM order_statistics WHERE currency = 'VND') * 2 - 1) / 5)
  AND s.days > (SELECT days FROM order_statistics WHERE currency = 'VND' ORDER BY days LIMIT 1
    OFFSET ((SELECT count(*) FROM order_statistics WHERE currency = 'VND') * 2 - 1) / 5)
