# Thẻ khách hàng: năm phần, dòng thời gian, giá trị, mức hài lòng, người đã mất

# -- lỗi
profile-error-no-source = Hãy ghi nguồn: ai cho biết, bằng cách nào.
profile-error-scale = Hãy chọn thang điểm mà khách đã trả lời.
profile-error-older-answer = Đã có câu trả lời mới hơn ngày này. Hãy xem lại ngày.
profile-error-no-reason = Hãy chọn lý do gần đúng nhất.
profile-error-owner = Người này không còn làm việc ở đây. Hãy chọn người khác.
profile-error-no-note = Ghi chú còn trống; hãy viết vài chữ.
profile-error-place = Địa chỉ trang không đúng. Hãy mở lại hồ sơ rồi xem tiếp.
profile-error-deceased-kind = Chỉ ghi được cho cá nhân. Với tổ chức, hãy ghi lý do ngừng mua.
profile-error-deceased-twice = Hồ sơ này đã ghi là người đã mất.
profile-error-not-deceased = Hồ sơ này không ghi là người đã mất.

# -- năm phần
profile-parts = Các phần của thẻ khách hàng
profile-part-basics = Thông tin cơ bản
profile-part-characteristics = Đặc điểm
profile-part-performance = Giá trị
profile-part-business = Tình hình mua hàng
profile-part-satisfaction = Hài lòng và quan hệ
profile-source = Nguồn
profile-source-hint = Ai cho biết, bằng cách nào. Ví dụ: khách gọi điện, chị Mai ghi.
profile-source-of = { $field }: nguồn và những lần thay đổi
profile-age = { $years } tuổi
profile-organisation-name = Tên tổ chức
profile-founded-for = đã { $span }
profile-span-days = { $days } ngày
profile-span-months = { $months } tháng
profile-span-years = { $years } năm
profile-unknown = Chưa biết

# -- đặc điểm
profile-birthday-year = { $on } năm { $year }
profile-characteristics-nothing = Chưa ghi gì.
profile-characteristics-none = Chưa ghi gì. Bấm “Sửa hồ sơ” để ghi sở thích, nghề nghiệp, những điều khách quan tâm.
profile-form-traits-person = Đặc điểm của khách
profile-form-traits-organisation = Đặc điểm của tổ chức
profile-trait-marital-status = Tình trạng hôn nhân
profile-trait-marital-status-hint = Chỉ ghi khi khách tự nói.
profile-trait-household-size = Số người trong nhà
profile-trait-household-size-hint = Ví dụ: 4
profile-trait-education = Học vấn
profile-trait-education-hint = Ví dụ: đại học
profile-trait-income = Thu nhập
profile-trait-income-hint = Theo khoảng, ví dụ: 20–30 triệu đồng mỗi tháng
profile-trait-place-of-origin = Quê quán
profile-trait-place-of-origin-hint = Ví dụ: Nam Định
profile-trait-interests = Sở thích
profile-trait-interests-hint = Ví dụ: trà đạo, cây cảnh
profile-trait-lifestyle = Lối sống
profile-trait-lifestyle-hint = Ví dụ: ăn chay, dậy sớm, hay đi xa
profile-trait-values = Điều khách coi trọng
profile-trait-values-hint = Ví dụ: hàng thủ công, đúng hẹn
profile-trait-hopes = Mong muốn
profile-trait-hopes-hint = Điều khách đang hướng tới.
profile-trait-worries = Điều lo ngại
profile-trait-worries-hint = Ví dụ: sợ trà để lâu mất hương
profile-trait-wishes = Góp ý, đề nghị
profile-trait-wishes-hint = Khách khen gì, chê gì, muốn nhà mình làm gì.
profile-trait-sector = Loại hình
profile-trait-sector-hint = Doanh nghiệp, cơ quan nhà nước hay tổ chức từ thiện.
profile-trait-trade = Lĩnh vực hoạt động
profile-trait-trade-hint = Sản xuất, dịch vụ, bán buôn hay bán lẻ.
profile-trait-size = Quy mô
profile-trait-size-hint = Nhỏ, vừa hay lớn; có thể ghi thêm số nhân viên.
profile-trait-region-served = Địa bàn phục vụ
profile-trait-region-served-hint = Ví dụ: Hà Nội và các tỉnh phía Bắc

# -- giá trị
profile-relationship-length = Đã là khách được { $span }, kể từ đơn đầu tiên ngày { $day }.
profile-worth-none = Chưa có đơn hàng nào nên chưa tính được giá trị. Hồ sơ có từ ngày { $day }.
profile-touches = Nhà mình đã gửi { $emails } e-mail và { $letters } thư bưu điện.
profile-in-currency = Tính bằng { $currency }
profile-revenue = Tổng doanh thu
profile-revenue-orders = { $count } đơn
profile-revenue-recent = 12 tháng gần đây
profile-gross = Lãi gộp
profile-gross-unknown = { $count } đơn chưa có giá vốn, và nhà mình chưa đặt tỷ lệ lãi gộp.
profile-gross-by-cost = Theo giá vốn ghi trên từng đơn.
profile-gross-by-margin = Theo tỷ lệ lãi gộp { NUMBER($percent) } % của nhà.
profile-gross-by-both = Theo giá vốn trên đơn; { $count } đơn chưa ghi thì theo tỷ lệ { NUMBER($percent) } % của nhà.
profile-contact-cost = Chi phí liên lạc
profile-contact-cost-of = { $email } mỗi e-mail, { $letter } mỗi thư bưu điện.
profile-contact-cost-unknown = Chưa đặt chi phí cho một e-mail hay một thư bưu điện.
profile-contact-cost-elsewhere = Tính chung ở phần { $currency }, không quy đổi.
profile-net = Lãi ròng
profile-expected = Lãi kỳ vọng
profile-expected-how = Cách tính
profile-expected-method = Giá trị vòng đời đơn giản của Gupta và Lehmann (2003): lãi ròng 12 tháng gần đây nhân với r / (1 + i − r). Trong đó r là tỷ lệ khách ở lại thêm một năm, i là lãi suất chiết khấu. Cách tính coi mức lãi và hai tỷ lệ là không đổi, nên chỉ để so các khách với nhau.
profile-expected-inputs = Lãi ròng 12 tháng: { $yearly }. Tỷ lệ ở lại: { NUMBER($retention) } %. Chiết khấu: { NUMBER($discount) } %. Hệ số: { NUMBER($factor) }.
profile-expected-deceased = Khách đã mất.
profile-expected-no-recent = 12 tháng gần đây khách không mua gì, nên không có gì để suy ra.
profile-expected-no-margin = Chưa biết lãi ròng của 12 tháng gần đây.
profile-expected-no-terms = Nhà mình chưa đặt tỷ lệ khách ở lại và lãi suất chiết khấu.
profile-years = Doanh thu từng năm
profile-year-label = Năm { $year }: { $amount }
profile-worth-settings = Sửa chi phí, tỷ lệ lãi và cách tính

# -- tình hình mua hàng
profile-stage = Giai đoạn
profile-last-bought = Mua lần cuối
profile-ago = cách đây { $span }
profile-bought-most = Hay mua
profile-times = × { $times }
profile-left = Lý do ngừng mua
profile-left-price = Giá cao
profile-left-quality = Chất lượng chưa vừa ý
profile-left-service = Phục vụ chưa vừa ý
profile-left-competitor = Sang mua chỗ khác
profile-left-no-need = Không còn nhu cầu
profile-left-moved = Chuyển đi nơi khác
profile-left-closed = Ngừng kinh doanh
profile-left-other = Lý do khác
profile-left-record = Ghi lý do ngừng mua
profile-left-edit = Sửa lý do
profile-left-back = Khách đã quay lại
profile-left-back-done = Đã ghi: khách quay lại. Lý do cũ vẫn còn trong lịch sử.
profile-left-title = Vì sao { $name } ngừng mua?
profile-left-lede = Ghi lại để nhà mình rút kinh nghiệm. Khách vẫn nhận thư như trước: ngừng mua không phải là từ chối nhận tin.
profile-left-note = Khách nói thế nào
profile-left-note-hint = Càng đúng lời khách càng tốt.
profile-left-on = Ngừng từ ngày
profile-left-do = Ghi lý do
profile-left-done = Đã ghi lý do ngừng mua.

# -- hài lòng, quan hệ
profile-satisfaction = Mức hài lòng
profile-satisfaction-said = { $score } trên thang { $low } đến { $high }
profile-satisfaction-on = Trả lời ngày { $day }.
profile-satisfaction-none = Chưa hỏi
profile-satisfaction-record = Ghi mức hài lòng
profile-satisfaction-title = { $name } hài lòng đến đâu?
profile-satisfaction-lede = Ghi đúng điểm và thang điểm mà khách đã trả lời; máy không đổi thang.
profile-satisfaction-scale = Thang điểm
profile-scale = { $low } đến { $high }
profile-satisfaction-score = Điểm khách cho
profile-satisfaction-asked-on = Ngày trả lời
profile-satisfaction-source-hint = Ví dụ: phiếu hỏi sau mua hàng, gọi điện tháng 3
profile-satisfaction-do = Ghi câu trả lời
profile-satisfaction-done = Đã ghi mức hài lòng.
profile-level = Mức quan hệ
profile-level-none = Chưa xếp
profile-level-hint = Năm mức của Kotler; mức sau cần nhiều công hơn mức trước.
profile-level-change = Đổi mức quan hệ
profile-level-done = Đã ghi mức quan hệ.
profile-level-basic = Cơ bản
profile-level-basic-hint = Bán hàng, sau đó không hỏi lại.
profile-level-reactive = Phản hồi
profile-level-reactive-hint = Bán hàng, và có mặt khi khách gọi.
profile-level-accountable = Trách nhiệm
profile-level-accountable-hint = Sau khi bán thì gọi hỏi: mọi thứ có ổn không?
profile-level-proactive = Chủ động
profile-level-proactive-hint = Thỉnh thoảng gọi, gợi ý điều tốt hơn cho khách.
profile-level-partnership = Đối tác
profile-level-partnership-hint = Thường xuyên cùng khách làm việc.

# -- người phụ trách
profile-charge-since = từ { $day }
profile-charge-before = Trước đây
profile-charge-change = Đổi người phụ trách
profile-charge-do = Giao
profile-charge-done = Đã giao khách cho người phụ trách mới.

# -- ghi chú và dòng thời gian
profile-note = Ghi chú
profile-note-add = Viết ghi chú
profile-note-hint = Chỉ bộ phận chăm sóc và quản trị đọc được; không bao giờ đưa vào thư. Đã ghi thì không sửa, không xoá.
profile-note-do = Ghi
profile-note-done = Đã thêm ghi chú.
profile-timeline-title = Qua lại với { $name }
profile-topics = Lọc theo loại
profile-topic-all = Tất cả
profile-topic-sent = Đã gửi
profile-topic-answers = Hồi âm
profile-topic-orders = Đơn hàng
profile-topic-rights = Đồng ý, tạm dừng
profile-topic-notes = Ghi chú
profile-topic-facts = Thay đổi
profile-topic-none = Chưa có gì thuộc loại này.
profile-pages = Các trang
profile-older = Cũ hơn
profile-newest = Về mới nhất
profile-what-received = Khách đã nhận được chính xác những gì?
profile-no-subject = (không có tiêu đề)
profile-opens-deleted = Lần mở thư và bấm liên kết trước ngày { $day } đã được xoá theo thời hạn lưu giữ.

# -- người đã mất
profile-deceased-link = Ghi nhận khách đã mất
profile-deceased-title = Ghi nhận { $name } đã mất
profile-deceased-lede = Xin chia buồn. Khi ghi nhận, những điều sau có hiệu lực ngay.
profile-deceased-follows-mail = Không gửi bất cứ thư nào nữa, kể cả thư đã duyệt và đang chờ, kể cả thư trả lời.
profile-deceased-follows-greeting = Không còn lời chúc sinh nhật, ngày lễ; tên khách không còn trong kế hoạch chăm sóc.
profile-deceased-follows-kept = Hồ sơ, đơn hàng và mọi qua lại vẫn được giữ.
profile-deceased-printing = { $count } thư bưu điện đang ở xưởng in. Hãy lấy ra khỏi xấp thư trước khi gửi.
profile-deceased-on = Mất ngày
profile-deceased-on-hint = Để trống nếu chưa biết.
profile-deceased-source-hint = Ví dụ: con gái gọi điện báo tin
profile-deceased-kin = Người có thể là thân nhân
profile-deceased-kin-hint = Cùng e-mail, điện thoại hoặc địa chỉ. Người được chọn sẽ không nhận thư trong { $days } ngày, để gia đình không nhận nhầm thư lúc có tang.
profile-deceased-kin-none = Không có ai khác cùng e-mail, điện thoại hay địa chỉ.
profile-deceased-do = Ghi nhận đã mất
profile-deceased-done = Đã ghi nhận. Từ giờ không gửi gì cho khách nữa{ $kin ->
     [0] {"."}
    *[other] ; { $kin } người thân tạm thời không nhận thư.
 }
profile-deceased-was = Khách đã mất
profile-deceased-was-on = Khách đã mất ngày { $day }
profile-deceased-mistake = Ghi nhầm?
profile-deceased-mistake-reason = Vì sao biết là nhầm
profile-deceased-mistake-hint = Ví dụ: nhầm với người trùng tên; khách vừa gọi điện
profile-deceased-mistake-do = Khách vẫn còn
profile-deceased-mistake-done = Đã sửa lại: khách vẫn còn. Người thân đang tạm dừng thì vẫn tạm dừng.

# -- thiết lập của người quản trị
profile-terms-title = Giá trị khách hàng
profile-terms-lede = Các con số này dùng để tính chi phí, lãi và lãi kỳ vọng trên thẻ khách hàng. Ô để trống nghĩa là “chưa biết”: máy không đoán thay.
profile-terms-costs = Chi phí liên lạc
profile-terms-costs-hint = Bằng đồng, gồm cả giấy, in và tem. Trang xét nhóm khách hàng cũng dùng hai số này.
profile-terms-email-cost = Một e-mail
profile-terms-letter-cost = Một thư bưu điện
profile-terms-margin = Lãi
profile-terms-margin-percent = Tỷ lệ lãi gộp (%)
profile-terms-margin-percent-hint = Dùng cho những đơn chưa ghi giá vốn.
profile-terms-future = Lãi kỳ vọng
profile-terms-future-hint = Lãi ròng 12 tháng × r / (1 + i − r), theo Gupta và Lehmann (2003).
profile-terms-retention-percent = r: tỷ lệ khách ở lại thêm một năm (%)
profile-terms-measured = Theo đơn hàng của nhà: trong { NUMBER($bought) } người mua năm kia, { NUMBER($again) } người mua lại năm qua ({ NUMBER($percent) } %).
profile-terms-measured-none = Chưa đủ hai năm đơn hàng để đo.
profile-terms-discount-percent = i: lãi suất chiết khấu mỗi năm (%)
profile-terms-discount-percent-hint = Thường lấy bằng lãi vay của nhà.
profile-terms-wrong = Hãy nhập một số từ { NUMBER($least) } đến { NUMBER($most) }, hoặc để trống.
profile-terms-forever = Ở lại 100 % mà không chiết khấu thì không tính được. Hãy giảm tỷ lệ ở lại hoặc đặt chiết khấu trên 0.
profile-terms-newest = { $name } sửa lần cuối lúc { $when }.
