# Nhà này gửi thư thế nào: giới hạn, làm nóng, giờ yên tĩnh, tự tạm dừng
sending-title = Nhịp gửi thư
sending-lead = Thư đi nhanh đến đâu, vào giờ nào, và khi nào hệ thống tự dừng. Mọi chương trình gửi trên mọi máy cùng giữ các giới hạn này.
sending-newest = { $name } chỉnh lần cuối lúc { $when }.
sending-wrong = Còn chỗ chưa đúng; lời nhắc nằm cạnh ô.
sending-relays = Máy chủ gửi thư
sending-relays-hint = Mức mà nhà cung cấp máy chủ cho phép. Để trống là không giới hạn.
sending-senders = Tên miền của nhà mình
sending-senders-hint = Tên miền mới nên được làm nóng: ngày đầu gửi ít, mỗi ngày thêm một ít.
sending-recipients = Hộp thư người nhận
sending-recipients-hint = Các tên miền của một nhà cung cấp được tính chung. “Mỗi tên miền khác” tính riêng cho từng tên miền. Thư đang đi là thư đã giao cho máy chủ mà chưa có trả lời, tính trên mọi máy.
sending-unlimited = không giới hạn
sending-said-second = { $count } mỗi giây
sending-said-minute = { $count } mỗi phút
sending-said-hour = { $count } mỗi giờ
sending-said-day = { $count } mỗi ngày
sending-said-connections = { $count } kết nối
sending-today = Hôm nay: đã gửi { $used } trên { $allowed }
sending-plan = Từng ngày: { $days } Đạt mức đủ { $full } vào { $on }.
sending-every-other = Mỗi tên miền khác
sending-new-domain = Thêm một tên miền
sending-domain = Tên miền
sending-second = Số thư mỗi giây
sending-minute = Số thư mỗi phút
sending-hour = Số thư mỗi giờ
sending-day = Số thư mỗi ngày
sending-connections = Số kết nối cùng lúc
sending-at-once = Số thư đang đi cùng lúc
sending-said-at-once = { $count } thư cùng lúc
sending-warm-up = Làm nóng
sending-warm-up-hint = Để trống ô ngày đầu nếu không cần làm nóng. Việc này kết thúc ở số thư mỗi ngày bên trên.
sending-start = Ngày đầu
sending-growth = Mỗi ngày thêm, phần trăm
sending-began_on = Ngày bắt đầu
sending-processes = Số chương trình gửi trên mọi máy
sending-processes-hint = Chỉ dùng khi máy chủ hàng đợi không trả lời: mỗi chương trình giữ phần của mình. Để trống: { $here }, bằng số của máy này.
sending-quiet = Giờ yên tĩnh
sending-quiet-on = Ban đêm không gửi gì
sending-quiet-on-hint = Theo đồng hồ của từng người nhận; theo đồng hồ của ta ({ $zone }) khi không rõ họ ở đâu. Thư đến hạn lúc ấy sẽ đi khi hết đêm. Thư trả lời và thư giao dịch không bị giữ.
sending-quiet-begin = Từ
sending-quiet-end = Đến
sending-pause = Hệ thống tự tạm dừng
sending-pause-hint = Đợt gửi có quá nhiều địa chỉ hỏng hoặc bị phàn nàn sẽ được tạm dừng, vì các nhà cung cấp sẽ bắt đầu từ chối mọi thư của ta. Người viết và quản trị viên được báo tin. Ít thư hơn số nêu ở đây thì tỷ lệ chưa nói lên nhiều: khi ấy chỉ tạm dừng nếu chỉ do ngẫu nhiên thì chưa đến một phần nghìn trường hợp có nhiều như vậy, và không bao giờ khi chưa đủ hai mươi thư.
sending-bounce_percent = Địa chỉ hỏng, phần trăm
sending-complaint_percent = Phàn nàn, phần trăm
sending-least_tried = Tính địa chỉ hỏng từ số thư này
sending-least_accepted = Tính phàn nàn từ số thư này
sending-wrong-number = Hãy ghi một số nguyên từ { $least } đến { $most }.
sending-wrong-percent = Hãy ghi một số từ 0,01 đến 100.
sending-wrong-time = Hãy ghi một giờ, ví dụ 21:00.
sending-wrong-date = Hãy chọn một ngày, ví dụ 2026-03-09.
sending-wrong-domain = Hãy ghi một tên miền, ví dụ example.com.
sending-domain-needs-limit = Hãy ghi ít nhất một giới hạn cho tên miền này, hoặc xoá tên miền.
sending-domain-of-provider = Tên miền này thuộc một nhà cung cấp bên trên. Hãy đặt giới hạn ở đó.
sending-warm-needs-day = Hãy ghi số thư mỗi ngày: việc làm nóng kết thúc ở số đó.
sending-quiet-same = Giờ bắt đầu và kết thúc trùng nhau. Hãy chọn hai giờ khác nhau.
sending-paused-title = Hệ thống đã tạm dừng đợt gửi này
sending-paused-bounces = Trong { $tried } địa chỉ đã gửi tới, { $bounced } địa chỉ không tồn tại: { $share }. Từ { $limit } trở lên, các nhà cung cấp bắt đầu từ chối mọi thư của ta.
sending-paused-bounces-do = Hãy xem địa chỉ của những người này từ đâu ra, bỏ những địa chỉ cũ hoặc mua về. Sau đó gửi tiếp, hoặc huỷ.
sending-paused-complaints = Trong { $accepted } người đã nhận, { $complained } người báo là thư rác: { $share }. Từ { $limit } trở lên, các nhà cung cấp bắt đầu xếp mọi thư của ta vào thư rác.
sending-paused-complaints-do = Hãy xem những người này có đồng ý nhận thư không, và liên kết huỷ nhận có dễ thấy không. Sau đó gửi tiếp, hoặc huỷ.
sending-paused-early = Hệ thống dừng sớm, khi chưa có nhiều thư: với một đợt gửi giữ đúng mức, chỉ do ngẫu nhiên thì chưa đến một phần nghìn trường hợp có nhiều như vậy.
sending-paused-resume = Khi gửi tiếp, những gì đã đếm đến nay không bị tính lại.
sending-unsendable-title = Không dựng được thư, hệ thống đã dừng
sending-unsendable-text = Chưa thư nào đi sai. Xin nhờ quản trị viên xem câu dưới đây; sửa xong thì gửi tiếp, không sửa được thì huỷ.

# Cách gửi
sending-terms-title = Thử và so sánh
sending-terms-lead = Mọi mục ở đây đều không bắt buộc. Chúng được ký duyệt cùng bức thư, nên hãy chọn trước khi gửi duyệt; đổi thì phải ký lại.
sending-terms-link = Thử hai bản, để riêng một số người
sending-terms-signed = Thư đang chờ duyệt hoặc đã ký. Lưu thay đổi ở đây sẽ đưa thư về bàn viết.
sending-terms-save = Lưu
sending-terms-saved = Đã lưu.
sending-terms-trial = Thử nhiều bản
sending-terms-trial-on = Gửi trước hai hay nhiều bản cho một số người, rồi gửi bản hơn cho những người còn lại
sending-terms-trial-hint = Các bản khác nhau ở chỗ anh/chị viết khác: tiêu đề, câu mở đầu, hay cả thư. Mỗi bản bắt đầu giống bản đầu. Người duyệt ký tất cả các bản.
sending-terms-arms = Mấy bản
sending-terms-share = Tỷ lệ người trong đợt thử, tính theo phần trăm
sending-terms-share-hint = Từ { $least } đến { $most }, chia đều cho các bản. Nếu ít người thì tỷ lệ lớn cũng cho thấy rất ít.
sending-terms-measure = Thế nào là bản hơn
sending-terms-measure-open = Nhiều người mở hơn
sending-terms-measure-open-hint = Biết nhanh, nhưng chỉ để tham khảo: có chương trình thư giấu việc mở. Không tính lượt mở của máy.
sending-terms-measure-click = Nhiều người bấm liên kết hơn
sending-terms-measure-click-hint = Những người đã bấm vào một liên kết. Không tính máy kiểm tra liên kết.
sending-terms-measure-reply = Nhiều người trả lời hơn
sending-terms-measure-reply-hint = Qua bất kỳ cách nào. Dấu hiệu chắc nhất, và hiếm nhất.
sending-terms-hours = Quyết định sau mấy giờ
sending-terms-hours-hint = Từ { $least } đến { $most }. Phần lớn người mở thư sẽ mở trong vòng một ngày.
sending-terms-default = Khi chưa bản nào chắc chắn hơn
sending-terms-default-person = Để một người quyết định
sending-terms-default-arm = Gửi bản { $arm } cho những người còn lại
sending-terms-holdout = Nhóm để riêng
sending-terms-holdout-label = Tỷ lệ người không nhận thư, tính theo phần trăm
sending-terms-holdout-hint = 0 là không ai, nhiều nhất { $most }. Những người này được chọn ngẫu nhiên lúc gửi duyệt. Báo cáo sẽ cho thấy bức thư làm thay đổi điều gì: đơn hàng, thư trả lời và việc ngừng nhận của người nhận so với người không nhận.
sending-terms-added = Người vào nhóm sau
sending-terms-added-on = Được gửi cả cho người vào nhóm sau khi ký duyệt
sending-terms-added-until = Đến hết ngày
sending-terms-added-hint = Anh/chị bấm nút; mỗi thư mới được kiểm tra trước. Nếu không chọn mục này, hoặc khi kiểm tra thấy điều mới, người duyệt sẽ được hỏi.

# Cách gửi, nói bằng lời
sending-says-trial = { $share }% số người nhận một trong các bản { $arms }; { $hours } giờ sau, bản hơn được gửi cho những người còn lại.
sending-says-rule = Bản hơn là bản { $measure }. Nếu chưa bản nào chắc chắn hơn: { $otherwise }.
sending-says-holdout = { $people ->
    [0] Không có ai được để riêng vì quá ít người.
   *[other] { $people } người được để riêng, không nhận thư, để so sánh.
 }
sending-says-added = Người vào nhóm sau được gửi đến hết ngày { $day }.

# Khi nào
sending-hour-whose = Theo đồng hồ của ai
sending-hour-whose-one = Đồng hồ của múi giờ đã chọn
sending-hour-whose-one-hint = Mọi người nhận cùng một lúc.
sending-hour-whose-each = Đồng hồ của từng người nhận
sending-hour-whose-each-hint = Theo múi giờ của người nhận, nếu không rõ thì theo nước, nếu vẫn không rõ thì theo múi giờ chọn ở trên. Nơi nào đồng hồ nhảy qua giờ đó (bắt đầu giờ mùa hè), thư đến muộn hơn đúng bằng khoảng đồng hồ được vặn tới.
sending-hour-late = Nếu ở đâu đó đã qua giờ ấy
sending-hour-late-next_day = Họ nhận vào giờ đó ngày hôm sau
sending-hour-late-at_once = Họ nhận ngay
sending-hour-at = Thư đi ngày { $day } lúc { $time } theo { $zone }.
sending-hour-at-each = Thư đi ngày { $day } lúc { $time } theo đồng hồ của từng người nhận.
sending-hour-late-says-next_day = Nơi nào lúc hẹn đã qua giờ ấy: ngày hôm sau.
sending-hour-late-says-at_once = Nơi nào lúc hẹn đã qua giờ ấy: gửi ngay.
sending-hour-twice = Đêm đó đồng hồ chỉ { $time } hai lần (hết giờ mùa hè). Thư đi vào lần đầu.
sending-missed-new-time = Hẹn giờ khác
sending-missed-paused-title = Đã lỡ giờ của một số người
sending-missed-paused-text = Máy không chạy vào giờ của một số người nhận nên việc gửi đã tạm dừng. Gửi tiếp thì họ nhận ngay; hoặc huỷ.

# Đợt thử
sending-trial-title = Đợt thử
sending-trial-version = Bản { $arm }
sending-trial-reached = Đã nhận
sending-trial-hits-open = Đã mở
sending-trial-hits-click = Đã bấm
sending-trial-hits-reply = Đã trả lời
sending-trial-running = Bản hơn được chọn lúc { $when }. Đến lúc đó những người còn lại chờ.
sending-trial-asks = Chưa bản nào chắc chắn hơn. Những người còn lại đang chờ anh/chị chọn.
sending-trial-decided-rule = Bản { $arm } hơn và được gửi cho những người còn lại.
sending-trial-decided-default = Chưa bản nào chắc chắn hơn, nên bản { $arm } được gửi cho những người còn lại như đã định trước.
sending-trial-decided-person = { $name } đã chọn bản { $arm } cho những người còn lại.
sending-trial-clear = Bản { $best } chắc chắn hơn bản { $nearest }: hơn { $difference } điểm phần trăm (khoảng tin cậy 95% từ { $low } đến { $high }); chỉ do ngẫu nhiên thì chưa đến { $p } trường hợp có mức chênh như vậy.
sending-trial-close = Bản { $best } hơn bản { $nearest } { $difference } điểm phần trăm (khoảng tin cậy 95% từ { $low } đến { $high }). Mức này rất có thể chỉ là ngẫu nhiên.
sending-trial-few = Còn quá ít số liệu để nói điều gì: mỗi bản cần ít nhất năm người đã làm và năm người không làm.
sending-trial-choose = Gửi bản { $arm } cho những người còn lại
sending-trial-chosen = Bản { $arm } được gửi cho những người còn lại.
sending-trial-early = Anh/chị chọn trước giờ cũng được; lúc đó số liệu chưa đủ.

# Thử lại
sending-retry-title = Không gửi được
sending-retry-lead = { $count } thư thử lại thì có thể gửi được.
sending-retry-none = Không thư nào trong số này thử lại mà gửi được.
sending-retry-do = Thử lại { $count } thư này
sending-retry-hint = Thư đã đến, hoặc có thể đã đến, không được gửi lại. Sự đồng ý và các giới hạn được kiểm tra lại.
sending-retry-yes = Thử lại
sending-retry-no = Để nguyên
sending-retry-why = Vì sao
sending-retry-count = Bao nhiêu
sending-retry-what = Làm gì
sending-retry-expired = Máy chủ không nhận kịp thời hạn
sending-retry-sender_refused = Máy chủ thư của mình từ chối người gửi
sending-retry-passing = Hộp thư đầy, hoặc máy chủ bên nhận trục trặc
sending-retry-rhythm = Muốn nhận thưa hơn, và đã nhận thư quảng cáo gần đây
sending-retry-daily_limit = Hôm đó đã nhận đủ số thư quảng cáo luật cho phép
sending-retry-no_address = Địa chỉ không tồn tại
sending-retry-address_gone = Địa chỉ không còn được giữ
sending-retry-content_refused = Máy chủ từ chối nội dung
sending-retry-recipient_refused = Máy chủ từ chối người nhận này
sending-retry-too_large = Quá lớn so với máy chủ
sending-retry-cannot_write = Không dựng được thư cho người này
sending-retry-not_allowed = Không được phép gửi
sending-retry-other = Lý do khác
sending-retried = { $count } thư được thử lại.

# Người vào nhóm sau
sending-counted-at = Các con số đếm lúc { $when }.
sending-added-title = Người vào nhóm sau
sending-added-counting = Đang đếm người vào nhóm sau.
sending-added-count-now = Đếm ngay
sending-added-count = { $count ->
    [0] Trong nhóm không còn ai ngoài danh sách gửi.
   *[other] Trong nhóm còn { $count } người ngoài danh sách gửi. Ai được phép nhận sẽ nhận thư này.
 }
sending-added-covered = Chữ ký duyệt gồm cả những người này. Mỗi thư được kiểm tra trước khi đi.
sending-added-not-covered = Chữ ký duyệt không gồm những người này, nên phải hỏi người duyệt trước.
sending-added-note = Lời nhắn cho người duyệt
sending-added-note-hint = Cần có khi kiểm tra thấy điều trước đây không có.
sending-added-send = Gửi cho người vào sau
sending-added-ask = Hỏi người duyệt
sending-added-waits = Đề nghị đang chờ người duyệt.
sending-added-see = Xem đề nghị
sending-added-signed = Người duyệt đã ký cho những người này.
sending-added-sent-back = Người duyệt đã trả lại: { $reason }
sending-added-sent = Thư đang đi đến những người vào sau.
sending-added-blocked = Kiểm tra thấy điều trước đây không có: { $what } Hãy viết lời nhắn, và người duyệt sẽ được hỏi.
sending-mailings = Trong { $count } đợt gửi: đợt đầu, và các đợt cho người vào nhóm sau.

# Trong báo cáo
sending-compare-holdout = Bức thư làm thay đổi điều gì
sending-compare-lead = So { $sent } người được gửi với { $held } người không nhận gì. Hai bên được chia ngẫu nhiên, nên chỗ khác nhau là do bức thư, hoặc do ngẫu nhiên.
sending-compare-what = Trong { $days } ngày
sending-compare-got = Được gửi
sending-compare-held = Để riêng
sending-compare-difference = Chênh lệch
sending-compare-orders = Đã đặt hàng
sending-compare-replies = Đã viết cho mình
sending-compare-unsubscribes = Đã ngừng nhận
sending-compare-points = { $difference } điểm ({ $low } đến { $high })
sending-compare-more = Chắc chắn nhiều hơn khi không có thư.
sending-compare-fewer = Chắc chắn ít hơn khi không có thư.
sending-compare-unclear = Chỗ chênh có thể chỉ là ngẫu nhiên.
sending-compare-few = Quá ít người để kết luận.
sending-compare-note = Trong ngoặc là khoảng chứa mức chênh thật ở 95 trên 100 lần so như vậy.
sending-compare-arms = Các bản trong đợt thử

# Vì sao chưa đi
sending-waits-server = { $count } thư: máy chủ bên nhận xin đợi, thử lại từ { $when }.
sending-waits-hour = { $count } thư chờ đến giờ của người nhận, sớm nhất { $when }.
sending-waits-quiet = { $count } thư chờ hết giờ yên tĩnh, từ { $when }.
sending-waits-limit = { $count } thư chờ vì giới hạn nhịp gửi, đi tiếp từ { $when }.
sending-waits-winner = { $count } thư chờ kết quả đợt thử.
sending-says-measure-open = nhiều người mở hơn
sending-says-measure-click = nhiều người bấm liên kết hơn
sending-says-measure-reply = nhiều người trả lời hơn
sending-says-default-arm = gửi bản { $arm } cho những người còn lại
sending-says-default-person = một người quyết định
sending-trial-column = Bản

# Vì sao đứng yên
sending-stalled-smtp = Máy chủ gửi thư không trả lời. Thư chờ, không mất gì, và tự đi tiếp khi máy chủ trả lời lại. Nếu lâu, xin báo quản trị viên.
sending-stalled-redis = Máy chủ hàng đợi không trả lời. Thư chờ, không mất gì, và tự đi tiếp khi có lại. Xin báo quản trị viên.
sending-stalled-beat = Chương trình hẹn giờ đang đứng yên, nên chưa có gì tự bắt đầu hay được thử lại. Không mất gì. Xin báo quản trị viên.
sending-stalled-workers = Không có chương trình gửi nào đang chạy. Thư chờ và không mất gì. Xin báo quản trị viên.
sending-trial-ask = Gửi bản { $arm } cho tất cả những người còn lại?
sending-trial-ask-text = Đợt thử kết thúc ngay, và không chọn lại được.
