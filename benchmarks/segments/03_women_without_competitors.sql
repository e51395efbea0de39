-- Women in TP. Hồ Chí Minh who are no competitors
SELECT count(*)
FROM contact AS c LEFT JOIN contact_tag AS t ON t.contact_id = c.id AND t.tag = 'đối thủ'
WHERE c.erased_at IS NULL AND c.province = 'TP. Hồ Chí Minh' AND c.sex = 'nữ' AND t.contact_id IS NULL
