# Chiến dịch: danh sách, tạo mới, gửi đến ai, gửi đi
campaigns-title = Chiến dịch
campaigns-lead = Mỗi chiến dịch là một lá thư gửi đến một nhóm người, qua e-mail, qua bưu điện hoặc cả hai.
campaigns-new = Viết chiến dịch mới
campaigns-section-yours = Chờ anh/chị
campaigns-section-moving = Đang duyệt, đang gửi
campaigns-section-over = Đã xong
campaigns-empty-title = Chưa có chiến dịch nào
campaigns-empty-text = Bắt đầu bằng một lá thư ngắn gửi đến một nhóm nhỏ. Thư chỉ đi khi đã có người khác đọc và ký duyệt.
campaigns-empty-example = Thử với một ví dụ
campaigns-row-changed = sửa { $when }
campaigns-row-to = Gửi đến “{ $segment }” { $channels }
campaigns-row-no-segment = Chưa chọn người nhận
campaigns-row-progress = { $sent } trên { $planned } thư đã đi
campaigns-row-waits-send = Đã ký duyệt, chờ chọn giờ gửi
campaigns-row-scheduled = Sẽ gửi lúc { $when }
campaigns-row-missed = Đã lỡ giờ gửi { $when }

campaigns-state-draft = Bản nháp
campaigns-state-in_review = Chờ duyệt
campaigns-state-approved = Đã ký duyệt
campaigns-state-scheduled = Đã hẹn giờ
campaigns-state-running = Đang gửi
campaigns-state-paused = Tạm dừng
campaigns-state-finished = Đã gửi xong
campaigns-state-cancelled = Đã huỷ

campaigns-channels-email = qua e-mail
campaigns-channels-letter = qua bưu điện
campaigns-channels-both = qua e-mail và bưu điện

# Năm bước
campaigns-steps = Các bước của chiến dịch
campaigns-step-whom = Gửi ai
campaigns-step-write = Viết gì
campaigns-step-check = Soát lỗi
campaigns-step-sign = Ký duyệt
campaigns-step-send = Gửi đi
campaigns-step-done = xong
campaigns-step-now = đang làm
campaigns-step-open = chưa làm
campaigns-step-waiting = đang chờ
campaigns-step-broken = cần xem lại

# Tạo mới và sửa thông tin chung
campaigns-new-title = Chiến dịch mới
campaigns-new-lead = Chỉ vài dòng để bắt đầu; mọi thứ đều sửa lại được sau này.
campaigns-head-title = Thông tin chung
campaigns-head-open = Sửa thông tin chung
campaigns-head-save = Lưu thông tin
campaigns-head-saved = Đã lưu thông tin chung.
campaigns-field-name = Tên chiến dịch
campaigns-field-name-hint = Chỉ trong nhà thấy tên này. Ví dụ: “Ấm trà tháng Ba”.
campaigns-field-goal = Mục tiêu
campaigns-field-goal-hint = Một câu đo được, để sau này biết chiến dịch có đạt không. Ví dụ: “40 đơn đặt ấm trà trước 31/3”.
campaigns-field-kind = Loại thư
campaigns-kind-marketing = Giới thiệu, chào bán
campaigns-kind-marketing-hint = Có ưu đãi hoặc lời mời mua. Chỉ gửi cho người đã đồng ý nhận.
campaigns-kind-greeting = Chúc mừng, thăm hỏi
campaigns-kind-greeting-hint = Không kèm chào bán. Có ưu đãi thì thư được coi là thư giới thiệu.
campaigns-kind-request = Mời tham gia, nhờ phản hồi
campaigns-kind-request-hint = Khảo sát, thư mời. Nói ngay điều cần nhờ và hạn trả lời.
campaigns-kind-reply = Thư trả lời
campaigns-kind-transactional = Thư giao dịch
campaigns-field-offer = Thư chào bán gì
campaigns-field-offer-hint = Nói rõ thì thư được soát thêm: hàng giao thế nào, nội dung nhận qua đâu, sự kiện ở chỗ nào.
campaigns-offer-unsaid = Chưa nói
campaigns-offer-goods = Hàng hoá phải giao
campaigns-offer-digital = Nội dung số: sách điện tử, khoá học trực tuyến
campaigns-offer-event = Sự kiện hoặc buổi hẹn
campaigns-field-sender = Người gửi
campaigns-field-sender-hint = Tên và địa chỉ người nhận sẽ thấy.
campaigns-field-channels = Gửi bằng cách nào
campaigns-channel-email = E-mail
campaigns-channel-letter = Thư qua bưu điện
campaigns-channel-both = Cả hai
campaigns-create = Tạo và chọn người nhận
campaigns-created = Đã tạo chiến dịch. Bây giờ chọn người nhận.
campaigns-no-sender-title = Chưa có người gửi nào
campaigns-no-sender-text = Thư cần một người gửi: tên, địa chỉ e-mail và địa chỉ bưu điện. Hãy nhờ quản trị viên thêm.
campaigns-example-name = Ấm trà tháng Ba
campaigns-example-goal = 40 đơn đặt ấm trà trước 31/3
campaigns-name-missing = Hãy đặt tên cho chiến dịch.
campaigns-name-long = Tên dài quá { $limit } ký tự. Hãy viết ngắn lại.
campaigns-channels-missing = Hãy chọn cách gửi: e-mail, bưu điện hoặc cả hai.
campaigns-kind-missing = Hãy chọn loại thư.
campaigns-offer-unknown = Hãy chọn thư chào bán gì trong danh sách.
campaigns-sender-missing = Hãy chọn người gửi.
campaigns-kind-no-campaign = Loại thư này không gửi theo chiến dịch được.

# Gửi ai
campaigns-whom-title = Gửi ai?
campaigns-whom-lead = Chọn một nhóm. Con số là những người mà người gửi này được phép viết cho, ngay lúc này.
campaigns-whom-choose = Chọn nhóm
campaigns-whom-save = Chọn nhóm này
campaigns-whom-saved = Đã chọn nhóm “{ $name }”.
campaigns-whom-next = Sang bước viết thư
campaigns-whom-new-segment = Tạo nhóm mới
campaigns-whom-empty-title = Chưa có nhóm nào
campaigns-whom-empty-text = Nhóm là một quy tắc chọn người, ví dụ “khách Hà Nội mua trong 90 ngày”. Tạo một nhóm rồi quay lại đây.
campaigns-whom-reach = { $people ->
    [0] Không viết được cho ai trong nhóm này
   *[other] Viết được cho { $people } người
 }
campaigns-whom-of = trong { $total } người của nhóm
campaigns-whom-email = { $count } người qua e-mail
campaigns-whom-letter = { $count } người qua bưu điện
campaigns-whom-left-out = { $count } người bị để lại vì chưa đồng ý nhận, đã ngừng nhận, hoặc thiếu địa chỉ
campaigns-whom-sample = Ví dụ vài người trong số đó
campaigns-whom-nobody = Hãy chọn nhóm khác, đổi cách gửi, hoặc xin ý kiến đồng ý nhận thư trước.
campaigns-whom-counting = Đang đếm…
campaigns-no-segment = Chưa chọn người nhận. Hãy chọn một nhóm ở bước “Gửi ai”.

# Gửi đi
campaigns-send-title = Gửi đi
campaigns-send-not-signed-title = Chưa gửi được
campaigns-send-not-signed-text = Thư cần chữ ký duyệt của một người khác trước khi đi.
campaigns-send-to-sign = Sang bước ký duyệt
campaigns-send-lead = { $people ->
   *[other] Thư đã ký duyệt, sẵn sàng gửi đến { $people } người.
 }
campaigns-send-now = Gửi ngay
campaigns-send-now-hint = Bắt đầu ngay. Vẫn tạm dừng được giữa chừng.
campaigns-send-later = Hẹn giờ gửi
campaigns-send-later-hint = Thư đi đúng giờ này của múi giờ đã chọn, dù máy đặt ở đâu.
campaigns-send-day = Ngày
campaigns-send-time = Giờ
campaigns-send-zone = Múi giờ
campaigns-send-at = Thư sẽ đi lúc { $when } ({ $zone }).
campaigns-send-scheduled-title = Đã hẹn giờ
campaigns-send-unschedule = Bỏ hẹn
campaigns-send-missed-title = Đã lỡ giờ hẹn
campaigns-send-missed-text = Máy không chạy vào lúc { $when }, nên thư chưa đi. Giờ đó có thể không còn hợp nữa: anh/chị hãy chọn gửi ngay hoặc hẹn giờ khác.
campaigns-started = Đã bắt đầu gửi.
campaigns-scheduled = Đã hẹn giờ gửi.
campaigns-unscheduled = Đã bỏ hẹn. Thư vẫn giữ chữ ký duyệt.
campaigns-paused = Đã tạm dừng. Thư đang trên đường truyền sẽ đi nốt.
campaigns-resumed = Đã gửi tiếp.
campaigns-cancelled = Đã huỷ chiến dịch.
campaigns-schedule-past = Giờ này đã qua. Hãy chọn một giờ sắp tới.
campaigns-schedule-unreadable = Hãy điền đủ ngày và giờ.
campaigns-schedule-gap = Ở múi giờ này không có giờ đó trong ngày đã chọn (đổi giờ mùa). Hãy chọn giờ khác.
campaigns-schedule-zone = Không biết múi giờ này.
campaigns-pause = Tạm dừng
campaigns-resume = Gửi tiếp
campaigns-cancel = Huỷ chiến dịch
campaigns-cancel-sure = Huỷ là hẳn: thư chưa đi sẽ không đi nữa.
campaigns-cancel-yes = Huỷ hẳn
campaigns-not-signed = Chữ ký duyệt không còn hiệu lực, vì nội dung đã đổi từ lúc ký. Hãy gửi duyệt lại.

campaigns-progress-sentence = { $sent } trên { $planned } thư đã đi.
campaigns-progress-none = Chưa có thư nào đi.
campaigns-progress-speed = Khoảng { $speed } thư mỗi phút.
campaigns-progress-left = Còn khoảng { $minutes } phút.
campaigns-progress-email = E-mail
campaigns-progress-letter = Thư bưu điện
campaigns-progress-table = Trạng thái
campaigns-progress-letters-wait = { $count } lá thư chờ in.
campaigns-progress-print = Mở bàn in thư
campaigns-progress-report = Xem báo cáo
campaigns-doubt-title = Cần anh/chị quyết định
campaigns-doubt-text = Máy chủ thư không trả lời kịp, nên không ai biết những thư này đã đi hay chưa. Máy không tự gửi lại, để không ai nhận hai lần.
campaigns-doubt-sent = Coi như đã gửi
campaigns-doubt-again = Gửi lại
campaigns-doubt-settled = Đã ghi quyết định của anh/chị.
campaigns-refused-title = Không gửi được
campaigns-refused-text = Máy chủ nhận thư đã từ chối, hoặc thư không dựng được cho người này.
campaigns-refused-said = Trả lời: { $reply }
campaigns-more = và { $count } thư nữa

campaigns-delivery-queued = chờ gửi
campaigns-delivery-claimed = đang dựng
campaigns-delivery-in_print = đang in
campaigns-delivery-deferred = sẽ thử lại
campaigns-delivery-accepted = đã đi
campaigns-delivery-rejected = bị từ chối
campaigns-delivery-suppressed = không được phép gửi
campaigns-delivery-expired = quá hạn
campaigns-delivery-cancelled = đã huỷ
campaigns-delivery-unknown = chưa rõ

campaigns-cannot-submit = Chiến dịch này không gửi duyệt được nữa.
campaigns-cannot-approve = Chiến dịch này không còn chờ ký duyệt.
campaigns-cannot-reopen = Chiến dịch đã bắt đầu gửi, không mở lại được.
campaigns-cannot-schedule = Chỉ hẹn giờ được khi thư đã ký duyệt.
campaigns-cannot-unschedule = Chiến dịch này không có giờ hẹn để bỏ.
campaigns-cannot-start = Chỉ gửi được khi thư đã ký duyệt và chưa gửi lần nào.
campaigns-cannot-pause = Chỉ tạm dừng được khi đang gửi.
campaigns-cannot-resume = Chỉ gửi tiếp được khi đang tạm dừng.
campaigns-cannot-finish = Chiến dịch chưa gửi nên chưa thể xong.
campaigns-cannot-cancel = Chiến dịch đã kết thúc, không còn gì để huỷ.
campaigns-cannot-edit = Chiến dịch đã bắt đầu gửi; thư đã đi thì không sửa được nữa. Hãy viết một chiến dịch mới.
campaigns-cannot-send_again = Chỉ gửi lại được khi đợt gửi đã xong.
