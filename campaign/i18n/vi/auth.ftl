auth-sign-in-title = Đăng nhập
auth-sign-in-hello = Chào anh/chị
auth-sign-in-lede = Viết cho khách hàng như viết cho người quen: đúng người, đúng lúc, và đã đọc lại cẩn thận.
auth-email = Địa chỉ e-mail
auth-password = Mật khẩu
auth-sign-in-do = Đăng nhập
auth-sign-in-wrong = E-mail hoặc mật khẩu chưa đúng. Xin kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.
auth-sign-in-wait-seconds = Đã thử sai nhiều lần. Xin chờ { $seconds } giây rồi thử lại.
auth-sign-in-wait-minutes = Đã thử sai nhiều lần. Xin chờ { $minutes } phút rồi thử lại.
auth-sign-in-forgot = Quên mật khẩu? Người quản trị có thể đặt lại cho anh/chị.
auth-demo-title = Bản dùng thử
auth-demo-text = Dữ liệu của một công ty nhỏ hư cấu; không lá thư nào ra khỏi máy này. Chọn một người để vào:
auth-demo-as = Vào với tên { $name }
auth-demo-password = Mật khẩu chung: { $password }
auth-letter-greeting = Kính gửi chị Nguyễn Thị Ễn,
auth-letter-body = Nhân dịp sinh nhật chị, chúng tôi gửi lời chúc sức khoẻ và niềm vui. Cảm ơn chị đã ghé quán trà nhỏ này suốt bảy mùa sen.
auth-letter-closing = Thân mến,
auth-letter-name = Trần Văn Hùng
auth-letter-ps = T.B. Ấm trà ướp sen đầu mùa đang chờ chị đến hết tháng Sáu.
auth-letter-label = Một lá thư mẫu đã được ký duyệt

auth-first-run-title = Tạo người quản trị đầu tiên
auth-first-run-lede = Chưa ai có tài khoản ở đây. Người đầu tiên sẽ là quản trị: thêm đồng nghiệp, khai báo người gửi và phân vai trò.
auth-first-run-do = Tạo tài khoản và vào
auth-first-run-over = Đã có người tạo tài khoản đầu tiên. Xin đăng nhập.
auth-first-run-elsewhere = Tài khoản đầu tiên chỉ được tạo ngay trên máy chủ. Xin chạy lệnh dưới đây ở đó, rồi đăng nhập tại đây.
auth-name = Họ và tên
auth-name-hint = Như sẽ đứng tên khi ký duyệt thư.
auth-password-hint = Ít nhất { $least } ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó đoán.

auth-email-invalid = Địa chỉ e-mail này viết chưa đúng, ví dụ: mai@congty.vn.
auth-email-taken = Địa chỉ { $email } đã có người dùng.
auth-name-missing = Xin ghi họ và tên, không quá 200 ký tự.
auth-password-short = Mật khẩu cần ít nhất { $least } ký tự.
auth-password-long = Mật khẩu dài nhất là { $most } ký tự.
auth-password-guessable = Mật khẩu này quá dễ đoán. Xin chọn một câu ngắn không phải tên hay e-mail của mình.
auth-password-current-wrong = Mật khẩu đang dùng chưa đúng.
auth-roles-missing = Xin chọn ít nhất một vai trò.
auth-language-unknown = Chưa có ngôn ngữ này.
auth-last-admin = { $name } là người quản trị cuối cùng. Xin trao vai trò quản trị cho một người khác trước.

auth-settings-title = Tài khoản của tôi
auth-settings-lede = Mật khẩu, ngôn ngữ và những nơi anh/chị đang đăng nhập.
auth-settings-me = Thông tin
auth-settings-roles = Vai trò
auth-settings-name-note = Tên, e-mail và vai trò do người quản trị thay đổi.
auth-password-change-title = Đổi mật khẩu
auth-password-change-note = Các trình duyệt khác sẽ phải đăng nhập lại.
auth-password-current = Mật khẩu đang dùng
auth-password-new = Mật khẩu mới
auth-password-change-do = Đổi mật khẩu
auth-password-changed = Đã đổi mật khẩu. Các trình duyệt khác đã được đăng xuất.
auth-preferences-title = Ngôn ngữ và màu giấy
auth-sessions-title = Nơi đang đăng nhập
auth-sessions-caption = { $count ->
    [1] Chỉ có trình duyệt này.
   *[other] { $count } trình duyệt.
}
auth-sessions-browser = Trình duyệt
auth-sessions-since = Từ lúc
auth-sessions-until = Đến
auth-sessions-end = Đăng xuất khỏi mọi nơi khác
auth-sessions-ended = Đã đăng xuất khỏi mọi nơi khác.
auth-browser-unknown = Trình duyệt không rõ tên
