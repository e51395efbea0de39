home-title = Hôm nay
home-hello-morning = Chào buổi sáng, { $name }
home-hello-afternoon = Chào buổi chiều, { $name }
home-hello-evening = Chào buổi tối, { $name }
home-progress = { $done } trên { $total } thư
home-waiting-since = Đang chờ:

home-marketer-title = Bàn tiếp thị
home-marketer-sentence = <strong>{ $drafts }</strong> bản nháp, <strong>{ $waiting }</strong> thư ở bàn duyệt, <strong>{ $ready }</strong> thư đã ký chờ gửi, <strong>{ $moving }</strong> chiến dịch đang trên đường.
home-marketer-clear = Chưa có chiến dịch nào dở dang.
home-marketer-empty = Một chiến dịch là một lá thư gửi cho một nhóm khách. Ví dụ: mời những người mua trà ba tháng qua nếm mẻ sen đầu mùa.
home-marketer-new = Lập chiến dịch
home-marketer-all = Mọi chiến dịch
home-campaign-draft = Bản nháp
home-campaign-sent-back = Được trả lại
home-campaign-in_review = Chờ duyệt
home-campaign-approved = Đã ký, chưa gửi
home-campaign-scheduled = Đã hẹn giờ
home-campaign-running = Đang gửi
home-campaign-paused = Tạm dừng
home-campaign-doubt = { $count } thư chờ quyết định
home-marketer-doubt = Có thư không rõ đã đi hay chưa. Anh/chị quyết định trên trang của chiến dịch.

home-care-title = Bàn chăm sóc
home-care-sentence = <strong>{ $replies }</strong> thư trả lời đang chờ, <strong>{ $greetings }</strong> người cần chúc mừng trong bảy ngày tới{ $occasions ->
    [0] .
   *[other] , cùng <strong>{ $occasions }</strong> ngày lễ.
}
home-care-clear = Không ai đang chờ thư, và tuần này chưa có dịp nào.
home-care-empty = Sinh nhật, ngày thành lập và ngày lễ của khách sẽ hiện ở đây trước bảy ngày.
home-care-greet = Xem lịch chúc mừng
home-care-replies = Mọi thư trả lời
home-reply-waiting = Chờ trả lời
home-reply-unknown = Người gửi chưa rõ
home-greeting-count = { $count } người

home-reviewer-title = Bàn duyệt thư
home-reviewer-sentence = <strong>{ $waiting }</strong> lá thư chờ anh/chị đọc và ký.
home-reviewer-clear = Không có thư nào chờ ký.
home-reviewer-empty = Khi đồng nghiệp gửi duyệt, thư sẽ nằm ở đây, lá chờ lâu nhất ở trên.
home-reviewer-read = Đọc lá chờ lâu nhất
home-reviewer-all = Bàn duyệt thư
home-review-waiting = Chờ ký
home-review-from = Người gửi duyệt: { $name }

home-admin-title = Bàn quản trị
home-admin-sentence = <strong>{ $people }</strong> người làm việc ở đây, thư đi dưới tên của <strong>{ $senders }</strong> người gửi.
home-admin-clear = Chưa có gì ở đây.
home-admin-empty = Xin thêm người và người gửi đầu tiên.
home-admin-no-sender = Chưa có người gửi: chưa ai viết thư được. Xin khai báo tên và địa chỉ người gửi đầu tiên.
home-admin-no-reviewer = Chưa đủ người để ký duyệt: không ai ký thư do mình viết. Xin thêm một người kiểm duyệt.
home-admin-add-sender = Thêm người gửi
home-admin-add-person = Thêm người
home-admin-audit = Xem nhật ký
