# Nhóm khách hàng

segments-error-rule = Điều kiện chưa đúng ở chỗ “{ $name }”. Hãy xem lại điều kiện đó.
segments-error-too-large = Nhóm này quá phức tạp: nhiều nhất { $nodes } điều kiện, lồng nhau { $depth } tầng.
segments-error-bound-too-large = Nhóm này cùng các nhóm mà nó dùng quá phức tạp: nhiều nhất { $nodes } điều kiện. Hãy bỏ bớt một nhóm.
segments-error-gone = Nhóm số { $number } không còn nữa. Hãy bỏ điều kiện này hoặc chọn nhóm khác.
segments-error-cycle = Nhóm không thể tự hỏi chính mình: { $road }. Hãy bỏ điều kiện về nhóm ở một trong các nhóm đó.
segments-error-asked-by = { $segments ->
   *[other] { $segments } nhóm khác đang dùng nhóm này: { $names }. Hãy bỏ điều kiện về nhóm này ở đó trước.
 }

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
segments-say-reachable-letter-marketing = nhận được thư bưu điện tiếp thị của { $sender }
segments-say-reachable-letter-greeting = nhận được thư bưu điện chúc mừng của { $sender }
segments-say-orders-none = chưa mua đơn nào
segments-say-orders-count-at-least = đã mua ít nhất { NUMBER($value) } đơn
segments-say-orders-count-at-most = đã mua nhiều nhất { NUMBER($value) } đơn
segments-say-orders-sum-at-least = đã mua tổng cộng từ { $value } trở lên
segments-say-orders-sum-at-most = đã mua tổng cộng không quá { $value }
segments-say-orders-product = sản phẩm có tên chứa “{ $value }”
segments-say-orders-channel = qua kênh “{ $value }”

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
segments-field-satisfaction = mức hài lòng (0–100)
segments-field-relationship-level = mức quan hệ
segments-field-leaving-reason = lý do ngừng mua
segments-choice-relationship-level-basic = cơ bản
segments-choice-relationship-level-reactive = phản hồi
segments-choice-relationship-level-accountable = trách nhiệm
segments-choice-relationship-level-proactive = chủ động
segments-choice-relationship-level-partnership = đối tác
segments-choice-leaving-reason-price = giá cao
segments-choice-leaving-reason-quality = chất lượng chưa vừa ý
segments-choice-leaving-reason-service = phục vụ chưa vừa ý
segments-choice-leaving-reason-competitor = sang mua chỗ khác
segments-choice-leaving-reason-no-need = không còn nhu cầu
segments-choice-leaving-reason-moved = chuyển đi nơi khác
segments-choice-leaving-reason-closed = ngừng kinh doanh
segments-choice-leaving-reason-other = lý do khác
segments-field-email = e-mail
segments-field-phone = số điện thoại
segments-field-birth-year = năm sinh
segments-field-birth-month = tháng sinh
segments-field-birth-calendar = lịch tính sinh nhật
segments-field-owner = người phụ trách
segments-field-address = địa chỉ nhận thư
segments-field-street = số nhà, đường
segments-field-postal-code = mã bưu chính
segments-field-time-zone = múi giờ
segments-field-birth-day = ngày sinh (trong tháng)
segments-field-legal-representative = người đại diện pháp luật
segments-field-note = ghi chú
segments-field-organisation = tổ chức (là người liên hệ)
segments-field-given-name = tên gọi
segments-field-leaving-note = lời kể vì sao ngừng mua
segments-field-trait-marital-status = tình trạng hôn nhân
segments-field-trait-household-size = số người trong nhà
segments-field-trait-education = học vấn
segments-field-trait-income = thu nhập
segments-field-trait-place-of-origin = quê quán
segments-field-trait-interests = sở thích
segments-field-trait-lifestyle = lối sống
segments-field-trait-values = điều coi trọng
segments-field-trait-hopes = mong muốn
segments-field-trait-worries = điều lo ngại
segments-field-trait-wishes = góp ý, đề nghị
segments-field-trait-sector = loại hình tổ chức
segments-field-trait-trade = lĩnh vực hoạt động
segments-field-trait-size = quy mô
segments-field-trait-region-served = địa bàn phục vụ
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
segments-error-used = Nhóm này đang được { $campaigns } chiến dịch dùng, nên chưa xoá được.

# pages
segments-title = Nhóm khách
segments-lede = Chọn đúng người để viết. Nhóm là một câu hỏi, nên luôn khớp với danh bạ hôm nay.
segments-new = Tạo nhóm
segments-none = Chưa có nhóm nào
segments-none-text = Một nhóm nói rõ ai sẽ nhận thư: ở đâu, đã mua gì, sinh nhật khi nào.
segments-none-example = Ví dụ: khách ở Hà Nội, đã mua ít nhất 2 đơn trong 90 ngày qua.
segments-new-title = Nhóm mới
segments-edit-title = Sửa nhóm { $name }
segments-edit-lede = Thêm điều kiện; số người và vài người trong nhóm đổi theo ngay.
segments-edit = Sửa nhóm
segments-save = Lưu nhóm
segments-saved = Đã lưu nhóm “{ $name }”.
segments-name = Tên nhóm
segments-name-hint = Ví dụ: Khách quen Hà Nội
segments-description = Để làm gì
segments-description-hint = Ghi cho người sau biết vì sao có nhóm này.
segments-who = Những ai trong nhóm
segments-people = { $count ->
    *[other] người
 }
segments-reach-email = nhận được e-mail
segments-reach-letter = nhận được thư bưu điện
segments-reach-both = nhận được cả hai
segments-by-email = e-mail
segments-by-letter = thư
segments-organisations = Thêm { NUMBER($count) } tổ chức khớp điều kiện; tổ chức nhận thư qua người liên hệ, hãy thêm điều kiện “người liên hệ của tổ chức”.
segments-nobody-reachable = Chưa ai trong nhóm nhận được thư. Hãy kiểm tra địa chỉ và lời đồng ý trong hồ sơ.
segments-no-sender = Chưa có người gửi nào nên chưa đếm được ai nhận được thư.
segments-deleted = Lần mở thư và bấm liên kết chỉ còn giữ từ ngày { $day }: ai mở hay bấm trước đó không còn tính được.
segments-sample = Vài người trong nhóm
segments-counted-for = Đếm cho
segments-count-again = Đếm lại
segments-used-by = Chiến dịch dùng nhóm này
segments-unused = Chưa chiến dịch nào dùng.
segments-made-by = { $name } tạo; sửa lần cuối { $day }.
segments-remove = Xoá nhóm
segments-remove-question = Xoá nhóm “{ $name }”?
segments-remove-text = Chỉ xoá câu hỏi, không xoá khách hàng nào. Thư đã gửi vẫn giữ danh sách người nhận.
segments-removed = Đã xoá nhóm “{ $name }”.

# the editor
segments-customers-that = Khách hàng thỏa
segments-organisation-that = Người liên hệ của tổ chức thỏa
segments-all-of = mọi điều kiện sau
segments-any-of = ít nhất một điều kiện sau
segments-group = Nhóm điều kiện
segments-group-empty = Chưa có điều kiện: nhóm gồm mọi khách hàng. Hãy thêm điều kiện đầu tiên.
segments-about = Mục
segments-compare = So sánh
segments-value = Giá trị
segments-values = Giá trị (cách nhau bằng ;)
segments-tag = Thẻ
segments-birthday-days = Trong số ngày tới
segments-orders-count = Số đơn
segments-orders-sum = Số tiền (đồng)
segments-orders-days = Trong số ngày qua
segments-orders-product = Sản phẩm có chữ
segments-orders-channel = Kênh bán
segments-channel = Qua đường
segments-purpose = Mục đích
segments-sender = Người gửi
segments-purpose-marketing = tin tiếp thị
segments-purpose-greeting = lời chúc
segments-not = không phải vậy
segments-add = Thêm điều kiện
segments-add-group = Thêm nhóm điều kiện
segments-add-organisation = Theo tổ chức của họ
segments-remove-condition = Bỏ điều kiện này
segments-remove-group = Bỏ nhóm điều kiện này
segments-condition-unfinished = Điều kiện này chưa điền xong hoặc giá trị chưa đúng.
segments-unfinished = { $count ->
    *[other] Còn { $count } điều kiện chưa điền xong.
 }
segments-unfinished-hint = Điền xong là thấy ngay số người.
segments-error-unfinished = { $conditions ->
    *[other] Chưa lưu được: còn { $conditions } điều kiện chưa điền xong.
 }
segments-about-profile = Hồ sơ
segments-about-traits-person = Đặc điểm của khách
segments-about-traits-organisation = Đặc điểm của tổ chức
segments-about-care = Chăm sóc
segments-about-orders = Mua hàng
segments-about-own = Mục riêng
segments-what-tag = mang thẻ
segments-what-birthday = sắp sinh nhật
segments-what-reachable = nhận được thư của ai
segments-what-orders-count = số đơn đã mua
segments-what-orders-sum = tổng tiền đã mua
segments-op-is = là
segments-op-is-not = không phải
segments-op-contains = có chứa
segments-op-empty = để trống
segments-op-filled = đã có
segments-op-at-least = từ (trở lên)
segments-op-at-most = đến (nhiều nhất)

# điểm RFM của một tệp đơn hàng
segments-rfm-empty = Tệp trống. Dòng đầu phải có tên các cột: { $columns }.
segments-rfm-columns = Thiếu cột hoặc có hai cột cùng tên: { $missing }. Dòng đầu phải có tên các cột: { $columns }.
segments-rfm-short = chỉ có { $cells } ô, cần { $expected }. Hãy điền đủ các ô, hoặc xóa dòng này.
segments-rfm-nobody = ô customer_id để trống. Hãy điền mã khách, hoặc xóa dòng này.
segments-rfm-encoding = chữ không đọc được bằng UTF-8. Hãy lưu lại tệp dạng “CSV UTF-8”.
segments-rfm-quotes = dấu ngoặc kép mở mà không đóng, hoặc ô dài quá 131.072 ký tự. Hãy sửa dấu ngoặc kép ở dòng này.

# -- giá trị của khách: điểm RFM, nhóm, hạng, chặng
segments-say-score = có điểm { $letter } là { $low }
segments-say-scores = có điểm { $letter } từ { $low } đến { $high }
segments-say-rfm-any = đã có đơn hàng
segments-say-rfm-group = thuộc nhóm RFM “{ $group }”
segments-say-in-currency = { $what } (tính theo đơn bằng { $currency })
segments-say-tier-a = thuộc hạng A (những người mua nhiều nhất, làm nên 80% doanh số)
segments-say-tier-b = thuộc hạng B (những người tiếp theo, từ 80% đến 95% doanh số)
segments-say-tier-c = thuộc hạng C (những người còn lại đã có đơn hàng)
segments-say-stage-prospect = chưa từng mua
segments-say-stage-new = là khách mới (mua lần đầu trong 90 ngày qua)
segments-say-stage-current = là khách hiện tại (mua trong 180 ngày qua, lần đầu đã trên 90 ngày)
segments-say-stage-lapsing = sắp rời đi (mua lần cuối cách đây từ 181 đến 365 ngày)
segments-say-stage-lapsed = đã ngừng mua (mua lần cuối cách đây từ 366 đến 730 ngày)
segments-say-stage-former = là khách cũ (mua lần cuối cách đây trên 730 ngày)
segments-group-champions = khách quý nhất
segments-group-loyal = khách quen
segments-group-promising = khách có triển vọng
segments-group-new = khách mới đến
segments-group-cannot-lose = không thể để mất
segments-group-at-risk = có nguy cơ mất
segments-group-hibernating = đang ngủ yên
segments-group-lost = đã mất
segments-tier-a = hạng A: 80% doanh số
segments-tier-b = hạng B: 15% tiếp theo
segments-tier-c = hạng C: còn lại
segments-stage-prospect = chưa từng mua
segments-stage-new = khách mới
segments-stage-current = khách hiện tại
segments-stage-lapsing = sắp rời đi
segments-stage-lapsed = đã ngừng mua
segments-stage-former = khách cũ
segments-what-rfm = điểm RFM
segments-what-rfm-group = nhóm RFM
segments-what-tier = hạng ABC theo doanh số
segments-what-stage = chặng mua hàng
segments-score-any = bất kỳ
segments-score-r = R: mua gần đây
segments-score-f = F: mua thường xuyên
segments-score-m = M: mua nhiều tiền
segments-about-value = Giá trị

# -- trang giá trị khách hàng
segments-value-link = Giá trị khách hàng
segments-value-title = Giá trị khách hàng
segments-value-lede = Ai mới mua, ai mua thường xuyên, ai làm nên doanh số.
segments-value-day = Tính đến ngày
segments-value-day-hint = Ví dụ: 31/12/2025. Đơn hàng sau ngày này không tính.
segments-value-currency = Đơn hàng bằng
segments-value-show = Xem
segments-value-none = Chưa có đơn hàng nào đến ngày này
segments-value-none-text = Hãy nhập đơn hàng từ tệp bán hàng, hoặc chọn ngày khác.
segments-value-says = { $people ->
    *[other] { NUMBER($people) } khách đã mua tổng cộng { $amount }.
 }
segments-value-champions-says = { NUMBER($people) } khách quý nhất làm nên { $share } doanh số.
segments-value-table = Bảng RFM
segments-value-table-says = Mỗi ô là số khách và số tiền họ đã mua. Càng lên trên càng mua gần đây, càng sang phải càng mua thường xuyên.
segments-value-recency = R: mua gần đây
segments-value-frequency = F: mua thường xuyên
segments-value-cell = R { $r }, F { $f }: { NUMBER($people) } khách, { $amount }. Mở nhóm này.
segments-value-past = Nhóm khách luôn tính theo hôm nay, nên ô của ngày khác không mở được nhóm.
segments-value-groups = Các nhóm RFM
segments-value-group = Nhóm
segments-value-people = Số khách
segments-value-amount = Số tiền
segments-value-share = Phần doanh số
segments-value-pareto = Đường ABC
segments-value-pareto-says = { $part } số khách mua nhiều nhất ({ NUMBER($count) } người) làm nên 80% của { $amount }.
segments-value-pareto-how = Cột là doanh số của mỗi 5% khách, người mua nhiều nhất ở bên trái; đường là tổng cộng dồn. Hạng A đến 80%, hạng B đến 95%.
segments-value-largest = mua nhiều nhất
segments-value-smallest = mua ít nhất
segments-value-tiers = Các hạng ABC
segments-value-tier = Hạng
