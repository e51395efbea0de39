-- VIPs in Hà Nội and Huế
SELECT count(*)
FROM contact AS c JOIN contact_tag AS t ON t.contact_id = c.id AND t.tag = 'vip'
WHERE c.erased_at IS NULL AND c.province IN ('Hà Nội', 'Huế')
