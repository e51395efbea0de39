# Bàn viết
editor-title = Viết thư
editor-lead = Một lá thư, một lời mời. Máy soát lỗi ngay khi anh/chị ngừng tay.
editor-save = Lưu
editor-saved = Đã lưu lúc { $time }
editor-unsaved = Chưa lưu
editor-not-saved = Chưa lưu được: { $why }
editor-saved-voids = Thư đang ở chỗ ký duyệt. Lưu thay đổi là rút khỏi đó và mất chữ ký.
editor-save-and-void = Lưu và huỷ chữ ký
editor-locked = Thư đã gửi đi, chỉ còn để đọc.
editor-next = Sang bước soát lỗi
editor-languages = Ngôn ngữ
editor-language-vi = Tiếng Việt
editor-language-en = Tiếng Anh
editor-language-zh = Tiếng Trung
editor-variant-arm = { $name } · bản { $arm }
editor-language-add = Thêm bản { $name }
editor-language-remove = Bỏ bản { $name }
editor-language-added = Đã thêm. Bản mới bắt đầu bằng lời của bản trước để dịch dần.
editor-language-removed = Đã bỏ bản dịch.
editor-language-unknown = Chưa hỗ trợ ngôn ngữ này.
editor-language-there = Thư đã có bản tiếng này.
editor-language-last = Thư phải còn ít nhất một ngôn ngữ.
editor-language-used = Bản này đã từng gửi duyệt nên được giữ lại làm bằng chứng.

editor-hint-subject = Nói ngay điều người nhận được. Ví dụ: “Tiết kiệm 30% cho bộ ấm trà Bát Tràng”.
editor-hint-preheader = Hiện cạnh tiêu đề trong hộp thư. Nói tiếp, đừng nhắc lại tiêu đề.
editor-hint-salutation = Ví dụ: “Kính gửi anh/chị …,”
editor-hint-hook = Một, hai câu: người đọc được gì?
editor-hint-body = Chứng minh lời mở đầu bằng điều có thật. Dòng trống là ngắt đoạn.
editor-hint-offer = Một ưu đãi, đủ để quyết định mà không phải hỏi thêm. Để trống nếu không chào bán.
editor-fact-product = Món gì
editor-fact-price = Giá
editor-fact-deadline = Hạn
editor-fact-delivery = Giao thế nào
editor-fact-code = Mã ưu đãi
editor-hint-action = Đúng một việc, bắt đầu bằng động từ. Ví dụ: “Đặt bộ ấm trà trước 31/3”.
editor-action-url = Đường dẫn
editor-action-url-hint = Bắt đầu bằng https://
editor-hint-closing = Ví dụ: “Trân trọng,” rồi tên người viết.
editor-hint-postscript = Không bắt buộc, nhưng ai cũng đọc: nhắc lại điều người đọc được. Mở đầu bằng “T.B.”, thư gửi đi đúng như anh/chị viết.
editor-keep-breaks = Giữ đúng chỗ xuống dòng của tôi
editor-add-body = Thêm một đoạn
editor-remove-body = Bỏ đoạn này
editor-fields = Chèn thông tin riêng
editor-fields-hint = Bấm để chèn vào chỗ con trỏ. Mỗi người nhận sẽ thấy thông tin của chính mình.
editor-fields-uncertain = có thể trống
editor-field-contact-full_name = Họ và tên
editor-field-contact-given_name = Tên
editor-field-contact-form_of_address = Xưng hô
editor-field-contact-code = Mã khách
editor-field-contact-email = E-mail
editor-field-contact-phone = Điện thoại
editor-field-contact-position = Chức vụ
editor-field-contact-organisation = Tổ chức
editor-field-contact-province = Tỉnh, thành phố
editor-field-contact-birth_year = Năm sinh
editor-field-system-reply_code = Mã trả lời
editor-field-system-today = Ngày gửi
editor-field-system-unsubscribe_url = Đường dẫn thôi nhận tin
editor-field-system-view_url = Đường dẫn xem thư trên trang
editor-layout-email = Mẫu e-mail
editor-layout-letter = Mẫu thư
editor-layout-choose = Chọn mẫu trình bày
editor-layout-use = Dùng mẫu này
editor-layout-saved = Đã đổi mẫu trình bày.

editor-count-words = { $count } / { $limit } từ
editor-count-line = dòng dài nhất { $width } / { $limit }
editor-count-offers = { $count ->
    [0] chưa có ưu đãi
    [1] một ưu đãi
   *[other] { $count } ưu đãi
 }
editor-counters = Số từ, dòng dài nhất, số ưu đãi
editor-mend = Sửa giúp tôi
editor-mended = Đã sửa.
editor-mend-undo = Hoàn tác
editor-mend-gone = Chỗ ấy đã khác lúc máy soát, nên không có gì để sửa.
editor-findings-none = Không có gì phải sửa.
editor-findings-count = { $blocking ->
    [0] { $count } lời nhắc
   *[other] { $count } lời nhắc, { $blocking } phải sửa
 }
editor-findings-elsewhere = Chung cho cả lá thư

editor-conflict-title = Người khác vừa lưu một bản mới hơn
editor-conflict-text = Chữ anh/chị viết vẫn còn nguyên ở đây. Xem bản kia khác chỗ nào, rồi chọn.
editor-conflict-mine = Lưu bản của tôi
editor-conflict-theirs = Lấy bản của họ
editor-conflict-their-text = Bản đang lưu

editor-problems-left = { $count ->
   *[other] Còn { $count } chỗ trong lời thư máy không hiểu được. Sửa ở bước viết thư rồi gửi duyệt lại.
 }
editor-preview-title = Người nhận sẽ thấy
editor-preview-as = Xem với tư cách
editor-preview-search = Tìm người nhận
editor-preview-find = Tìm
editor-preview-nobody = Không thấy ai trong nhóm này khớp với tên đó.
editor-preview-no-people = Chưa có người nhận nào để xem thử. Chọn nhóm ở bước “Gửi ai”.
editor-preview-desktop = Máy tính
editor-preview-phone = Điện thoại
editor-preview-text = Chữ thường
editor-preview-letter = Thư giấy
editor-preview-page = Trang { $page } của { $pages }
editor-preview-frame = Lá thư như người nhận thấy
editor-preview-broken = Chưa dựng được lá thư
editor-preview-broken-text = Sửa chỗ được ghi bên cạnh ô chữ, lá thư sẽ hiện lại ở đây.
editor-test-send = Gửi thử cho tôi
editor-test-sent = Đã gửi thử tới { $address }. Thư thử không tính vào báo cáo.
editor-test-failed = Chưa gửi thử được: { $why }
editor-test-subject = [Thử] { $subject }

editor-check-title = Soát lỗi
editor-check-lead = Tất cả những gì máy thấy, từng chỗ một. Chỗ ghi “phải sửa” thì phải sửa xong mới gửi duyệt được.
editor-check-clean-title = Không có gì phải sửa
editor-check-clean-text = Lá thư qua được mọi quy tắc. Nhờ một người nữa đọc và ký.
editor-check-next = Sang bước ký duyệt
editor-check-fix = Sửa chỗ này
editor-check-why = Vì sao
editor-check-everything = Soát trên bản dựng thử; khi gửi duyệt, máy soát lại từng lá của từng người nhận.
editor-greetings-title = Lời chúc theo dịp
editor-greetings-lead = Mỗi lời chúc được duyệt một lần cho một dịp, rồi bàn chăm sóc gửi cho từng người khi đến ngày.
editor-greetings-new = Viết lời chúc mới
editor-greetings-empty-title = Chưa có lời chúc nào
editor-greetings-empty-text = Viết một lời chúc sinh nhật, nhờ người khác duyệt, rồi bàn chăm sóc gửi được ngay.
editor-greetings-name = Tên lời chúc
editor-greetings-name-hint = Chỉ trong nhà thấy. Ví dụ: “Chúc sinh nhật khách quen”.
editor-place = { $part }, dòng { $line }
editor-default-word = quý khách
editor-layout-now = Đang dùng
editor-proposal-accept = Nhận lời này
editor-proposal-accepted = Đã nhận lời đề nghị. Thư cần gửi duyệt lại.
editor-proposal-decline = Không nhận
editor-proposal-answer = Vì sao?
editor-proposal-decline-do = Trả lời
editor-remark-resolve = Đã sửa
