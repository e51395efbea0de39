# one's own recovery codes, renewed
recovery-to = Đổi mã dự phòng
recovery-title = Đổi mã dự phòng
recovery-lead = Anh/chị nhận mười mã mới, các mã cũ hết hiệu lực ngay. { $left ->
    [0] Hiện không còn mã nào dùng được.
   *[other] Hiện còn { $left } mã chưa dùng.
}
recovery-code-hint = Sáu chữ số đang hiện trên điện thoại. Mã dự phòng không dùng được ở đây.
recovery-do = Tạo mã mới
