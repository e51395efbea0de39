# Địa chỉ trước và sau ngày 1/7/2025; tỉnh, thành và vùng của hôm nay

# phân nhóm
places-about = Nơi ở
places-what-province-today = tỉnh, thành hiện nay
places-what-region = vùng, miền
places-option-province = { $name } (từ 7/2025)
places-say-province = ở { $name } theo địa giới từ tháng 7/2025
places-say-region = ở { $name }
places-region-north = miền Bắc
places-region-centre = miền Trung
places-region-south = miền Nam
places-region-northern-midlands = trung du và miền núi phía Bắc
places-region-red-river-delta = đồng bằng sông Hồng
places-region-north-central = Bắc Trung Bộ
places-region-south-central = duyên hải Nam Trung Bộ và Tây Nguyên
places-region-southeast = Đông Nam Bộ
places-region-mekong-delta = đồng bằng sông Cửu Long

# trên hồ sơ và trong danh sách
places-filter = Địa chỉ
places-kind-new = hiện nay
places-kind-old = trước 7/2025
places-kind-unknown = chưa nhận ra
places-flag-old = địa chỉ cũ
places-flag-district = địa chỉ cũ, còn ghi quận, huyện
places-flag-unknown = tỉnh, thành lạ
places-old-title = Địa chỉ của trước tháng 7/2025
places-old-renamed = { $was } nay là { $now }.
places-old-district = Địa chỉ còn ghi quận, huyện; từ ngày 1/7/2025 không còn cấp này.
places-old-ward = Phường, xã cũng đã sáp nhập, nên chúng tôi không đoán phường mới: hãy hỏi khách rồi sửa trong hồ sơ. Thư vẫn in đúng địa chỉ đang lưu.
places-old-take = Ghi là { $now }
places-old-keep = Giữ nguyên
places-unknown-title = Chưa nhận ra tỉnh, thành
places-unknown-text = “{ $was }” không phải tên tỉnh, thành nào, cũ hay mới. Thư vẫn in như đang lưu; phân nhóm theo vùng thì không tìm thấy người này.

# sau khi nhập một tệp
places-import-title = Về các địa chỉ trong tệp
places-import-old = { $count } người có địa chỉ của trước tháng 7/2025.
places-import-unknown = { $count } người có tỉnh, thành chưa nhận ra.
places-import-kept = Mọi địa chỉ giữ nguyên như trong tệp.
places-import-see-old = Xem các địa chỉ cũ
places-import-see-unknown = Xem các tỉnh, thành lạ
