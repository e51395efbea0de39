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
sending-says-trial = { $share } % số người nhận một trong các bản { $arms }; { $hours } giờ sau, bản hơn được gửi cho những người còn lại.
sending-says-rule = Bản hơn là bản: { $measure }. Khi chưa bản nào chắc chắn hơn: { $otherwise }.
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
sending-hour-at = Thư đi ngày { $day } lúc { $time } theo giờ { $zone }.
sending-hour-at-each = Thư đi ngày { $day } lúc { $time } theo đồng hồ của từng người nhận, người đầu tiên lúc { $first }.
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
sending-trial-clear = Bản { $best } chắc chắn hơn bản { $nearest }: hơn { $difference } điểm phần trăm (khoảng tin cậy 95 % từ { $low } đến { $high }); chỉ do ngẫu nhiên thì chưa đến { $p } trường hợp có mức chênh như vậy.
sending-trial-close = Bản { $best } hơn bản { $nearest } { $difference } điểm phần trăm (khoảng tin cậy 95 % từ { $low } đến { $high }). Mức này rất có thể chỉ là ngẫu nhiên.
sending-trial-few = Còn quá ít số liệu để nói điều gì: mỗi bản cần ít nhất năm người đã làm và năm người không làm.
sending-trial-choose = Gửi bản { $arm } cho những người còn lại
sending-trial-chosen = Bản { $arm } được gửi cho những người còn lại.
sending-trial-early = Anh/chị chọn trước giờ cũng được; lúc đó số liệu chưa đủ.

# Thử lại
sending-retry-title = Chưa gửi được
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
sending-retry-daily_limit = Hôm đó đã nhận đủ số thư quảng cáo luật cho phép
sending-retry-no_address = Địa chỉ không tồn tại
sending-retry-content_refused = Máy chủ từ chối nội dung
sending-retry-recipient_refused = Máy chủ từ chối người nhận này
sending-retry-too_large = Quá lớn so với máy chủ
sending-retry-cannot_write = Không dựng được thư cho người này
sending-retry-not_allowed = Không được phép gửi
sending-retry-other = Lý do khác
sending-retried = { $count } thư được thử lại.

# Người vào nhóm sau
sending-added-title = Người vào nhóm sau
sending-added-count = { $count ->
    [0] Từ lúc đó chưa có ai vào nhóm.
   *[other] Từ lúc đó có { $count } người vào nhóm. Ai được phép nhận sẽ nhận thư này.
 }
sending-added-covered = Chữ ký duyệt gồm cả những người này. Mỗi thư được kiểm tra trước khi đi.
sending-added-not-covered = Chữ ký duyệt không gồm những người này, nên phải hỏi người duyệt trước.
sending-added-note = Lời nhắn cho người duyệt
sending-added-note-hint = Cần có khi kiểm tra thấy điều trước đây không có.
sending-added-send = Gửi cho người vào sau
sending-added-ask = Hỏi người duyệt
sending-added-asked = Đã hỏi người duyệt.
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
