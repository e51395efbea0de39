# Thời hạn lưu giữ

retention-title = Dữ liệu được giữ bao lâu
retention-lede = Thứ gì hết việc thì tự xoá mỗi ngày một lần, và nhật ký ghi lại đã xoá bao nhiêu. Để trống là giữ cho đến khi có người xoá.
retention-to = Thời hạn lưu giữ
retention-kind-raw-mail = Thư trả lời ở dạng gốc (ngày)
retention-hint-raw-mail = Lời trong thư vẫn còn ở mục Thư trả lời; chỉ bản gốc với đầu thư và tệp kèm mất đi.
retention-kind-import-files = Tệp đã tải lên để nhập (ngày)
retention-hint-import-files = Khách đã nhập vẫn còn, và vẫn hoàn tác được. Tệp tải lên mà không nhập thì mất cả.
retention-kind-refused-rows = Các dòng bị từ chối khi nhập (ngày)
retention-hint-refused-rows = Số lượng vẫn còn; lời trong các dòng ấy mất đi.
retention-kind-sign-ins = Lần đăng nhập của nhân sự (ngày)
retention-hint-sign-ins = Địa chỉ mạng và trình duyệt của lần đăng nhập hỏng và phiên đã hết.
retention-kind-silent-contacts = Đề nghị xoá người im lặng sau (ngày)
retention-hint-silent-contacts = Người chưa từng đồng ý hay từ chối, không mua, không trả lời. Không ai bị xoá tự động.
retention-default = Mặc định: { NUMBER($days) } ngày.
retention-would = Bây giờ sẽ xoá { NUMBER($count) }.
retention-save = Lưu thời hạn
retention-saved = Đã lưu thời hạn. Lần xoá tới sẽ theo đó.
retention-error-days = Hãy ghi số ngày từ { $least } đến { NUMBER($most) }, hoặc để trống.
retention-error-kind = Không có loại dữ liệu này.
retention-never = Những gì không tự xoá
retention-never-text = Sổ đồng ý, lời từ chối và nhật ký là bằng chứng nên giữ mãi. Lần mở thư và bấm liên kết không kèm địa chỉ mạng hay trình duyệt của ai, nên không có gì phải xoá.
retention-source = Luật 91/2025/QH15 (theo bản tóm tắt) yêu cầu giữ dữ liệu trong thời gian phù hợp với mục đích, GDPR điều 5(1)(e) cũng vậy; cả hai không cho con số. Các số mặc định là của phần mềm: hãy hỏi luật sư của nhà.
retention-silent = { NUMBER($count) } người nên xem có cần giữ không
retention-nobody-silent = Chưa có ai im lặng lâu đến mức nên xoá.
retention-silent-text = Từ lâu không có gì giữa họ và nhà. Mở hồ sơ, rồi xoá dữ liệu của họ với lý do, hoặc mời họ đồng ý.
retention-since = Lần sửa cuối
