# Ký duyệt: bàn của người duyệt, trang đọc, con dấu, lịch sử
review-title = Bàn duyệt thư
review-lead = Đọc đúng như người nhận sẽ đọc, rồi ký hoặc trả lại. Chữ ký gắn với đúng nội dung đã đọc: sửa một chữ là mất.
review-queue-waiting = { $count ->
   *[other] { $count } thư chờ anh/chị đọc
 }
review-empty-title = Không có thư nào chờ duyệt
review-empty-text = Khi ai đó gửi duyệt một lá thư, nó sẽ nằm ở đây, thư chờ lâu nhất ở trên cùng.
review-row-by = { $name } gửi duyệt { $when }
review-row-people = { $count ->
   *[other] { $count } người nhận
 }
review-row-both = { $emails } e-mail, { $letters } thư giấy
review-row-standing = Duyệt thường xuyên: { $occasion }, đến hết { $until }
review-row-own = Thư này có phần anh/chị viết hoặc sửa, nên cần người khác ký.
review-read = Đọc thư
review-decided = Đã quyết định gần đây

review-page-by = { $name } gửi duyệt lúc { $when }
review-note = Lời nhắn của người gửi duyệt
review-audience = Gửi cho ai
review-audience-counts = { $people } người: { $email } e-mail, { $letter } thư bưu điện.
review-audience-left-out-email = { NUMBER($count) } người hay tổ chức trong nhóm không được gửi e-mail.
review-audience-left-out-letter = { NUMBER($count) } người hay tổ chức trong nhóm không được gửi thư bưu điện.
review-audience-segment = Nhóm “{ $name }”
review-audience-standing = Gửi cho từng người đến dịp “{ $occasion }”, đến hết { $until }. Mỗi lần gửi, máy soát lại từng lá.
review-sender = Người gửi
review-sheet = Lá thư
review-as = Đọc với tư cách
review-as-show = Xem thư của người này
review-findings = Máy soát thấy gì
review-findings-none = Máy không thấy gì phải sửa.
review-changes = Khác gì lần gửi duyệt trước
review-changes-first = Đây là lần gửi duyệt đầu tiên.
review-changes-none = Lời thư không đổi.
review-changes-added = thêm
review-changes-removed = bỏ
review-changes-other = Cũng đã đổi: { $what }.
review-changes-sender = người gửi
review-changes-layouts = mẫu trình bày
review-changes-audience = người nhận
review-changes-kind = loại thư
review-changes-offer = loại hàng chào bán
review-changes-channels = cách gửi
review-changes-terms = cách thử, nhóm để riêng hoặc việc gửi thêm
review-changes-variants = các ngôn ngữ
review-history = Lịch sử ký duyệt
review-history-empty = Chưa gửi duyệt lần nào.
review-history-submitted = { $name } gửi duyệt
review-history-approved = { $name } ký duyệt
review-history-sent_back = { $name } trả lại
review-history-withdrawn = Đã rút lại
review-history-voided = Mất hiệu lực vì nội dung đã đổi
review-history-waiting = Đang chờ người duyệt

review-decide = Quyết định
review-sign = Ký duyệt
review-sign-hint = Con dấu mang tên anh/chị, ngày giờ và mã của đúng nội dung này.
review-send-back = Trả lại
review-reason = Cần sửa gì?
review-reason-hint = Viết để người soạn biết ngay phải sửa chỗ nào.
review-signed = Đã ký duyệt.
review-sent-back = Đã trả lại cho người soạn.
review-checklist = Trước khi ký

review-seal-approved = Đã duyệt
review-seal-voided = Mất hiệu lực
review-seal-hash = mã { $hash }

review-own = Anh/chị đã viết hoặc sửa một phần của thư này, nên người khác phải ký. Quản trị viên cũng vậy.
review-own-title = Anh/chị không ký được thư này
review-own-who = Người ký được: { $names }.
review-not-reviewer = Chỉ người có vai trò duyệt mới ký hoặc trả lại được.
review-not-waiting = Thư này không còn chờ duyệt nữa: đã có quyết định, hoặc người soạn đã rút lại.
review-changed = Nội dung đã đổi từ lúc gửi duyệt, nên không ký được nữa. Người soạn cần gửi duyệt lại.
review-changed-title = Nội dung đã đổi từ lúc gửi duyệt
review-reason-missing = Hãy viết cần sửa gì, để người soạn biết đường sửa.
review-not-open = Thư này không còn ở chỗ duyệt để rút lại.
review-not-yours = Chỉ người soạn mới rút lại được.
review-nobody = Không có ai để gửi: nhóm này không có người nào mà người gửi được phép viết cho.
review-blocked = { $count ->
   *[other] Còn { $count } lỗi phải sửa trước khi gửi duyệt.
 }
review-standing-end = Hạn phải là một ngày sau hôm nay, không quá { $days } ngày.
review-standing-occasion = Hãy chọn dịp.
review-not-standing = Đây không phải là đề nghị duyệt thường xuyên.

# Bước ký duyệt, phía người soạn
review-step-title = Ký duyệt
review-step-lead = Người khác đọc và ký, rồi thư mới được đi. Gửi duyệt là chốt danh sách người nhận và đúng từng chữ.
review-submit = Gửi duyệt
review-submit-note = Lời nhắn cho người duyệt
review-submit-note-hint = Ví dụ: “Cần đi trước thứ Sáu, giá đã hỏi kho.”
review-check-title = Đang soát thư của từng người nhận
review-check-begun = Đã ghi nhận. Nhóm này đông, nên máy soát ở phía sau.
review-check-freezing = Đang chốt danh sách người nhận.
review-check-reading = Đã soát { $done } trên { $total } lá thư.
review-check-text = Anh/chị có thể rời trang này; soát xong không vướng gì thì thư tự sang bàn duyệt. Sửa thư lúc này là phải soát lại từ đầu.
review-check-stop = Dừng soát
review-check-stopped = Đã dừng soát. Thư vẫn ở chỗ anh/chị.
review-check-over = Lần soát này đã xong rồi.
review-check-changed = Thư đã được sửa trong lúc máy soát. Gửi duyệt lại để máy soát bản mới.
review-submitted = Đã gửi duyệt. { $names } có thể đọc và ký.
review-submitted-nobody = Đã gửi duyệt, nhưng chưa có ai ký được.
review-withdraw = Rút lại để sửa
review-withdrawn = Đã rút lại. Thư là bản nháp như trước.
review-alone-title = Cần người thứ hai
review-alone-text = Không ai ký được thư mà mình đã viết. Hãy mời thêm một người có vai trò duyệt: họ chỉ cần một tài khoản.
review-alone-invite = Mời một người
review-alone-ask = Hãy nhờ quản trị viên mời thêm một người có vai trò duyệt.
review-signers = { $names } có thể ký thư này.
review-state-waiting = Đang chờ đọc và ký
review-state-approved = Đã ký duyệt
review-state-sent_back = Đã trả lại
review-state-voided = Chữ ký mất hiệu lực
review-state-withdrawn = Đã rút lại
review-waiting-text = Gửi duyệt { $when }. Nếu sửa bây giờ, thư sẽ rời bàn duyệt và phải gửi lại.
review-voided-text = Nội dung đã đổi sau khi gửi duyệt. Xem lại rồi gửi duyệt lần nữa.
review-sent-back-text = { $name } trả lại { $when }:
review-approved-next = Sang bước gửi đi
review-back-to-write = Sửa thư
review-blocked-title = Chưa gửi duyệt được
review-blocked-text = Sửa những chỗ dưới đây rồi gửi duyệt lại. Không có gì bị mất.

# Duyệt thường xuyên
review-standing-title = Duyệt thường xuyên
review-standing-lead = Lời chúc đến dịp thì gửi: duyệt một lần, dùng cho dịp ấy đến ngày hết hạn.
review-standing-field-occasion = Dịp
review-standing-field-until = Dùng đến hết ngày
review-standing-revoke = Ngừng dùng
review-standing-revoked = Đã ngừng. Không lời chúc nào theo bản duyệt này được gửi nữa.
review-standing-holds = Đang dùng cho dịp “{ $occasion }”, đến hết { $until }.

# Bàn duyệt: phép bỏ qua, ghi chú, lời đề nghị, câu hỏi trước khi ký
review-writers = Ai đã viết
review-part-sender = người gửi
review-part-segment = nhóm nhận
review-part-channels = cách gửi
review-part-kind = loại thư
review-part-offer-type = loại hàng chào bán
review-part-name = tên
review-part-email-layout = mẫu e-mail
review-part-letter-layout = mẫu thư giấy
review-part-terms = thử và so sánh
review-findings-blocking = { $count ->
   *[other] Còn { $count } lỗi phải sửa hoặc phải được phép bỏ qua.
 }
review-findings-letter = Chỗ nào không gạch chân được trên trang thư giấy, như điều còn thiếu, thì chỉ ghi ở danh sách này; lỗi của e-mail có đường dẫn sang e-mail.
review-findings-elsewhere = Ở các ngôn ngữ khác
review-jump = Xem chỗ ấy trong thư
review-unwaived = { $count ->
   *[other] Chưa ký được: còn { $count } lỗi phải sửa chưa được phép bỏ qua.
 }
review-unwaived-text = Cho phép bỏ qua từng lỗi kèm lý do, hoặc trả lại để người soạn sửa. Sau đó mới ký được.
review-waive = Cho phép bỏ qua lỗi này
review-waive-do = Cho phép
review-waiver-why = Vì sao được phép?
review-waiver-last-day = Có giá trị đến hết ngày
review-waiver-until = đến hết { $until }
review-waiver-granted = Đã cho phép bỏ qua. Sửa chỗ ấy thì phép hết giá trị.
review-waiver-ended = Phép bỏ qua không còn giá trị. Lỗi lại được tính.
review-waiver-by = { $name } cho phép bỏ qua, đến hết { $until }.
review-waiver-asked = { $name } xin được bỏ qua:
review-waiver-expired = Phép bỏ qua do { $name } xin đã hết hạn:
review-waiver-voided = Lời xin của { $name } đã bị từ chối hoặc thu lại:
review-waiver-refuse = Từ chối lời xin
review-waiver-end-do = Thu lại phép
review-waiver-never = Lỗi này không ai được phép bỏ qua.
review-waiver-reason = Hãy viết vì sao được phép bỏ qua.
review-waiver-end = Hãy chọn một ngày từ hôm nay, không quá { $days } ngày.
review-waivers-unused = Phép bỏ qua không còn dùng đến
review-remarks = Ghi chú tại chỗ
review-remarks-lead = Mở một phần của thư để ghi chú hoặc đề nghị lời khác. Người soạn thấy ngay bên cạnh phần ấy.
review-remark-text = Ghi chú
review-remark-add = Thêm ghi chú
review-remark-written = Đã ghi chú.
review-remark-empty = Ghi chú còn trống.
review-remark-place = Phần này của thư không còn nữa.
review-remark-settled = Ghi chú này đã được trả lời rồi.
review-remark-of = { $name } ghi chú
review-remark-state-resolved = Đã sửa
review-remark-state-accepted = Đã nhận lời đề nghị
review-remark-state-declined = Không nhận
review-propose = Ghi chú hoặc đề nghị lời khác
review-propose-fix = Dùng cách sửa của máy, hoặc viết lời khác
review-proposal-words = Lời đề nghị
review-proposal-why = Vì sao
review-proposal-send = Đề nghị lời này
review-proposal-made = Đã gửi lời đề nghị. Người soạn nhận bằng một lần bấm.
review-proposal-of = { $name } đề nghị
review-proposal-same = Lời đề nghị giống hệt lời đang có.
review-proposal-stale = Phần này đã đổi từ lúc có lời đề nghị, nên xin sửa bằng tay.
review-proposal-answer = Hãy viết một lời vì sao không nhận.
review-sent-back-remarks = Xem các ghi chú bên cạnh từng phần của thư.
review-checklist-missing = { $count ->
   *[other] Còn { $count } câu chưa đánh dấu. Ký là đã trả lời “có” cho mọi câu.
 }
review-checklist-signed = { $name } đã kiểm trước khi ký
review-question-understood = Người nhận sẽ hiểu?
review-question-sincere = Giọng thư tự nhiên, chân thành?
review-question-tone = Giọng điệu hợp với người nhận và với việc?
review-question-details = Mọi chi tiết đều đúng: tên, giá, hạn, cách giao?
review-question-concise = Ngắn gọn và lịch sự?
review-question-spelling = Đúng chính tả?
review-question-grammar = Đúng ngữ pháp, đúng cách xưng hô?
review-question-layout-email = E-mail trình bày hợp lý, nhất quán, dễ nhìn trên máy tính và điện thoại?
review-question-layout-letter = Trang thư giấy trình bày hợp lý, nhất quán, đẹp mắt?
review-question-mutual = Hai bên sẽ hiểu như nhau về việc phải làm tiếp theo?
review-question-read-again = Đã đọc lại toàn bộ một lần nữa trước khi ký?
review-changes-size = Số người nhận
review-changes-rule = Điều kiện của nhóm
review-ask-title = Gửi duyệt mà không sửa
review-ask-lead = Khi có lý do chính đáng, hãy viết lý do cho từng lỗi. Người duyệt quyết định có cho phép bỏ qua hay không; thư chưa ký được trước khi họ cho phép.
review-ask-why = Vì sao xin bỏ qua lỗi này?
review-ask-never = Trong các lỗi trên có lỗi không ai được phép bỏ qua, nên phải sửa trước.
review-submit-asking = Gửi duyệt kèm lời xin
review-standing-list = Đang dùng thường xuyên
review-standing-soon = { $count ->
   *[other] Còn { $count } ngày nữa là hết hạn.
 }
