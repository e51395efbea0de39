common-product = Campaign
common-skip = Đến nội dung chính
common-settings = Tuỳ chọn
common-places = Các trang
common-my-account = Tài khoản của tôi
common-sign-out = Đăng xuất
common-language = Ngôn ngữ
common-language-vi = Tiếng Việt
common-language-en = English
common-theme = Màu giấy
common-theme-auto = Theo máy
common-theme-light = Sáng
common-theme-dark = Tối
common-optional = (không bắt buộc)

common-nav-desk = Hôm nay
common-nav-contacts = Khách hàng
common-nav-segments = Nhóm khách
common-nav-campaigns = Chiến dịch
common-nav-care = Chăm sóc
common-nav-replies = Thư trả lời
common-nav-review = Duyệt thư
common-nav-rules = Quy tắc
common-nav-letters = In thư
common-nav-mailbox = Hộp thư thử
common-nav-report = Kết quả
common-nav-people = Nhân sự
common-nav-senders = Người gửi
common-nav-sending = Nhịp gửi
common-nav-worth = Giá trị khách
common-nav-operations = Vận hành
common-nav-audit = Nhật ký

common-role-admin = Quản trị
common-role-marketer = Tiếp thị
common-role-care = Chăm sóc khách hàng
common-role-reviewer = Kiểm duyệt

common-steps = Các bước
common-step-open = chưa làm
common-step-here = đang ở đây
common-step-done = xong
common-step-stop = vướng lại

common-severity-blocking = Phải sửa
common-severity-warning = Nên xem lại
common-severity-info = Ghi chú
common-waived = đã được bỏ qua

common-seal-signed = Đã ký duyệt
common-seal-broken = Dấu không còn hiệu lực
common-seal-waiting = Chờ ký duyệt
common-seal-line-1 = ĐÃ
common-seal-line-2 = DUYỆT

common-pager = Các trang của danh sách
common-pager-range = { $total ->
    [0] Không có mục nào
   *[other] { $first }–{ $last } trong { $total } mục
}
common-pager-previous = Trang trước
common-pager-next = Trang sau
common-search = Tìm
common-search-do = Tìm
common-filter-do = Lọc
common-save = Lưu
common-back = Quay lại
common-cancel = Thôi
common-leave-it = Thôi, để nguyên
common-just-now = vừa xong
common-all = Tất cả
common-yes = Có
common-no = Không
common-saved = Đã lưu.

common-channel-email = E-mail
common-channel-letter = Thư bưu điện
common-channel-both = E-mail và thư

common-error-home = Về trang đầu
common-error-number = Mã lỗi { $number }
common-error-400-title = Yêu cầu này chưa đọc được
common-error-400-text = Có chỗ gửi lên bị thiếu hoặc sai dạng. Xin quay lại trang trước, kiểm tra rồi gửi lại.
common-error-csrf-title = Biểu mẫu đã quá cũ
common-error-csrf-text = Trang đã mở lâu hoặc trình duyệt chặn cookie, nên chưa có gì được lưu. Xin quay lại trang trước, tải lại rồi gửi lần nữa.
common-error-401-title = Xin đăng nhập
common-error-401-text = Trang này chỉ dành cho người đã đăng nhập.
common-error-403-title = Trang này không thuộc phần việc của anh/chị
common-error-403-text = Nếu công việc cần đến, xin nhờ người quản trị thêm vai trò cho tài khoản của anh/chị.
common-error-404-title = Không có trang này
common-error-404-text = Địa chỉ có thể gõ nhầm, hoặc mục này đã được gỡ đi.
common-error-token-title = Liên kết này không dùng được
common-error-token-text = Liên kết bị thiếu hoặc bị đổi trên đường đi. Xin mở lại đúng liên kết trong thư.
common-error-405-title = Trang này không nhận thao tác đó
common-error-405-text = Xin quay lại trang trước và làm lại từ đó.
common-error-409-title = Lúc này chưa làm được
common-error-409-text = Mục này vừa thay đổi. Xin tải lại trang rồi thử lại.
common-error-413-title = Tệp quá lớn
common-error-413-text = Mỗi lần chỉ nhận tối đa 32 MB. Xin chia tệp thành nhiều phần nhỏ hơn.
common-error-429-title = Xin chờ một chút
common-error-429-text = Có quá nhiều lần thử trong thời gian ngắn. Xin chờ một lát rồi thử lại.
common-error-500-title = Có lỗi ở phía chúng tôi
common-error-500-text = Lỗi đã được ghi lại, và chưa có gì được lưu từ lần gửi này. Xin thử lại sau ít phút; nếu vẫn lỗi, xin báo cho người quản trị.
