-- In the south, in whatever writing of the provinces of old and of today; speak Vietnamese
SELECT count(*)
FROM contact AS c
WHERE c.erased_at IS NULL AND c.language = 'vi' AND c.province_key IN (
    'an-giang', 'ba-ria-vung-tau', 'bac-lieu', 'ben-tre', 'binh-duong', 'binh-phuoc', 'ca-mau', 'can-tho',
    'dong-nai', 'dong-thap', 'hau-giang', 'ho-chi-minh', 'kien-giang', 'long-an', 'soc-trang', 'tay-ninh',
    'tien-giang', 'tra-vinh', 'vinh-long'
)
