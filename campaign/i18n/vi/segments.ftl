# Nhóm khách hàng

segments-error-rule = Điều kiện chưa đúng ở chỗ “{ $name }”. Hãy xem lại điều kiện đó.
segments-error-too-large = Nhóm này quá phức tạp: nhiều nhất { $nodes } điều kiện, lồng nhau { $depth } tầng.

# -- một câu nói rõ nhóm gồm những ai
segments-say-sentence = Khách hàng { $what }.
segments-say-everybody = bất kỳ
segments-say-nobody = không có ai
segments-say-not = không thuộc số { $what }
segments-say-contact-person-of = là người liên hệ của tổ chức { $what }
segments-say-join-and = { $first } và { $last }
segments-say-join-or = { $first } hoặc { $last }
segments-say-quoted = “{ $value }”
segments-say-is = có { $field } là { $values }
segments-say-is-not = có { $field } không phải { $values }
segments-say-contains = có { $field } chứa { $values }
segments-say-empty = chưa có { $field }
segments-say-filled = đã có { $field }
segments-say-at-least = có { $field } từ { $values } trở lên
segments-say-at-most = có { $field } đến { $values }
segments-say-tag = mang thẻ “{ $tag }”
segments-say-birthday = { $days ->
    [0] có sinh nhật hôm nay
   *[other] có sinh nhật trong { $days } ngày tới
 }
segments-say-reachable-email-marketing = nhận được e-mail tiếp thị của { $sender }
segments-say-reachable-email-greeting = nhận được e-mail chúc mừng của { $sender }
segments-say-reachable-letter-marketing = nhận được thư giấy tiếp thị của { $sender }
segments-say-reachable-letter-greeting = nhận được thư giấy chúc mừng của { $sender }
segments-say-orders-none = chưa mua đơn nào
segments-say-orders-count-at-least = đã mua ít nhất { NUMBER($value) } đơn
segments-say-orders-count-at-most = đã mua nhiều nhất { NUMBER($value) } đơn
segments-say-orders-sum-at-least = đã mua tổng cộng từ { $value } trở lên
segments-say-orders-sum-at-most = đã mua tổng cộng không quá { $value }
segments-say-orders-product = sản phẩm có tên chứa “{ $value }”
segments-say-orders-channel = qua kênh “{ $value }”
segments-say-orders-days = trong { NUMBER($value) } ngày qua

# -- tên các mục để đặt điều kiện
segments-field-kind = loại hồ sơ
segments-field-name = tên
segments-field-code = mã khách hàng
segments-field-province = tỉnh, thành phố
segments-field-ward = phường, xã
segments-field-district = quận, huyện
segments-field-country = nước (mã hai chữ)
segments-field-language = ngôn ngữ
segments-field-form-of-address = cách xưng hô
segments-field-sex = giới tính
segments-field-occupation = nghề nghiệp
segments-field-position = chức vụ
segments-field-line-of-business = ngành kinh doanh
segments-field-email = e-mail
segments-field-phone = số điện thoại
segments-field-birth-year = năm sinh
segments-field-birth-month = tháng sinh
segments-field-birth-calendar = lịch tính sinh nhật
segments-field-owner = người phụ trách
segments-choice-kind-person = cá nhân
segments-choice-kind-organisation = tổ chức
segments-choice-language-vi = tiếng Việt
segments-choice-language-en = tiếng Anh
segments-choice-language-zh = tiếng Trung
segments-choice-birth-calendar-solar = dương lịch
segments-choice-birth-calendar-lunar = âm lịch

# -- lưu nhóm
segments-error-no-name = Hãy đặt tên cho nhóm.
segments-error-long = Dài quá: nhiều nhất { $limit } ký tự.
segments-error-name-taken = Đã có nhóm tên “{ $name }”. Hãy chọn tên khác.
segments-error-used = Nhóm này đang được { $campaigns } chiến dịch dùng, nên chưa xóa được.
