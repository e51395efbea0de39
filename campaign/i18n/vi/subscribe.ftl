# Mẫu đăng ký và thư xác nhận: người ngoài đọc, nên có cả tiếng Trung.
subscribe-email = Địa chỉ thư điện tử
subscribe-name = Họ và tên
subscribe-name-optional = Không bắt buộc
subscribe-topics = Quý khách quan tâm điều gì?
subscribe-agree-legend = Đồng ý nhận tin
subscribe-again = Xin xem lại rồi bấm nút lần nữa, để chúng tôi biết đúng là quý khách.
subscribe-missing-email = Xin ghi địa chỉ thư, ví dụ an@vidu.vn.
subscribe-missing-agree = Xin đánh dấu vào ô đồng ý: không có nó chúng tôi không được gửi.
subscribe-too-many = Từ mạng này vừa có nhiều lượt đăng ký quá. Xin thử lại sau một giờ.
subscribe-asked-title = Xin mở hộp thư
subscribe-asked-text = Chúng tôi vừa gửi một thư tới địa chỉ quý khách ghi. Xin mở thư và bấm nút trong đó; chưa bấm thì chúng tôi chưa gửi gì. Không thấy thư? Xin xem mục thư rác.
subscribe-law = Quý khách có thể từ chối bất cứ lúc nào, bằng một lần bấm trong mỗi thư.
subscribe-closed-title = Mẫu này đã đóng
subscribe-closed-text = Xin hỏi người đã đưa quý khách liên kết này.
subscribe-trap = Xin để trống ô này
subscribe-confirm-title = Nhận tin của { $sender }?
subscribe-confirm-text = Bấm nút để xác nhận { $address } và đồng ý với điều sau:
subscribe-confirm-do = Đúng là tôi, xin gửi tin
subscribe-confirm-leave = Không phải quý khách đăng ký? Cứ đóng trang này: không có gì xảy ra, và địa chỉ sẽ được xoá.
subscribe-content = Nội dung
subscribe-frequency = Bao lâu một lần
subscribe-done-title = Đã xác nhận, cảm ơn quý khách
subscribe-done-text = { $sender } sẽ gửi tin tới { $address }. Mỗi thư đều có liên kết để thôi nhận.
subscribe-done-choices = Chọn điều muốn nhận, và bao lâu một lần
subscribe-over-title = Liên kết này đã hết hạn
subscribe-over-text = Liên kết xác nhận chỉ dùng được trong một thời gian. Xin đăng ký lại, chúng tôi sẽ gửi thư mới.
subscribe-blocked-title = Địa chỉ này đang bị chặn
subscribe-blocked-text = Chúng tôi không được gửi tới địa chỉ này. Nếu quý khách muốn nhận, xin viết vài chữ đến { $email }.

subscribe-default-title = Nhận tin của { $sender }
subscribe-default-lead = Tin mới và ưu đãi, gọn trong một lá thư.
subscribe-default-wording = Tôi đồng ý nhận thư điện tử của { $organisation } về sản phẩm mới và ưu đãi, nhiều nhất mỗi tuần một thư. Tôi có thể từ chối bất cứ lúc nào.
subscribe-default-content-kind = sản phẩm mới và ưu đãi
subscribe-default-frequency = nhiều nhất mỗi tuần một thư
subscribe-default-button = Đăng ký
subscribe-default-thanks = Cảm ơn quý khách. Chúng tôi rất vui được viết thư cho quý khách.
subscribe-default-mail-subject = Xin xác nhận địa chỉ thư của quý khách
subscribe-default-mail-text =
    Kính gửi quý khách,

    Địa chỉ này vừa được ghi vào mẫu đăng ký nhận tin của { $sender }. Nếu chính quý khách đã ghi, xin bấm nút dưới đây trong vòng { $days } ngày. Quý khách sẽ đồng ý với điều sau:
subscribe-default-mail-button = Đúng là tôi, xin gửi tin
subscribe-default-mail-closing =
    Không phải quý khách? Xin bỏ qua thư này: chúng tôi không gửi gì thêm và xoá địa chỉ sau { $days } ngày.

    Trân trọng,
    { $sender }
subscribe-asked-mail-subject = Quý khách có muốn nhận tin của { $sender }?
subscribe-asked-mail-text =
    Kính gửi quý khách,

    Chúng tôi có địa chỉ của quý khách và chưa gửi tin lần nào. Chúng tôi chỉ gửi khi quý khách muốn: xin bấm nút dưới đây trong vòng { $days } ngày. Quý khách sẽ đồng ý với điều sau:
subscribe-asked-mail-button = Tôi muốn nhận tin
subscribe-asked-mail-closing =
    Quý khách không muốn? Không cần làm gì cả: chúng tôi hỏi một lần này và không hỏi lại.

    Trân trọng,
    { $sender }
subscribe-wishes-mail-text =
    Kính gửi quý khách,

    Trên trang lựa chọn của quý khách, ai đó vừa bật lại tin của { $sender }. Nếu là quý khách, xin bấm nút dưới đây trong vòng { $days } ngày. Quý khách sẽ đồng ý với điều sau:
