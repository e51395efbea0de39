# Quyền của người có dữ liệu và quyền của người làm: xoá, xuất, giữ bao lâu

rights-was-erased = Dữ liệu của người này đã được xoá theo yêu cầu của chính họ nên không nhập lại nữa. Chỉ khi họ tự đăng ký và xác nhận thì mới có lại.
rights-may-be-erased = Có thể đây là người đã được xoá dữ liệu theo yêu cầu: trùng tên, đường và tỉnh, còn phường thì một bên không ghi nên không tự nhập. Nếu chắc chắn là người khác, hãy thêm bằng tay và đánh dấu điều đó.
rights-somebody-else = Đây là người khác, không phải người đã được xoá
rights-somebody-else-hint = Nhật ký sẽ ghi ai đã xác nhận.

# -- bảng quyền
rights-title = Ai được làm gì với dữ liệu khách hàng
rights-lede = Quy định của nhà: ai được xem, sửa, nhập, mang ra ngoài và xoá. Ai cũng có thể đọc bảng này.
rights-to = Ai được làm gì
rights-action = Việc
rights-yes = được
rights-no = không
rights-back = Trở lại
rights-reason = Mỗi lần xuất dữ liệu và mỗi lần xoá đều phải nêu lý do; nhật ký giữ lại lý do ấy cùng tên người làm. Vai trò của từng người đổi ở trang Nhân sự.
rights-action-see-people = Xem khách hàng và thư họ nhận
rights-action-change-people = Sửa hồ sơ, ghi đồng ý và từ chối
rights-action-import = Nhập tệp và huỷ lần nhập
rights-action-export-figures = Tải số liệu chiến dịch (không có tên ai)
rights-action-export-recipients = Tải danh sách người nhận, hoặc khách của một nhóm, kèm địa chỉ
rights-action-export-refused = Tải các dòng bị từ chối khi nhập
rights-action-export-message = Tải một e-mail đúng như một người đã nhận
rights-action-export-person = Xuất mọi dữ liệu về một người
rights-action-export-evidence = Tải bằng chứng ký duyệt
rights-action-erase = Xoá dữ liệu của một người
rights-action-retention = Định thời hạn lưu giữ

# -- hỏi lý do trước khi xuất
rights-export-reason = Lý do
rights-export-reason-hint = Cần tệp này để làm gì, gửi cho ai. Nhật ký giữ lại; đừng ghi tên hay địa chỉ khách hàng.
rights-export-no-reason = Hãy ghi lý do: cần tệp này để làm gì, gửi cho ai.
rights-export-do = Tải về
rights-export-export-figures = Số liệu của chiến dịch, không có tên ai.
rights-export-export-recipients = Tệp có tên và địa chỉ của từng người nhận. Chỉ tải khi thật cần và xoá khi dùng xong.
rights-export-export-refused = Tệp có nguyên các dòng bị từ chối, kèm dữ liệu của khách. Xoá tệp khi đã sửa và nhập lại.
rights-export-refused-title = Các dòng bị từ chối
rights-export-export-message = Tệp là đúng e-mail người ấy đã nhận, kể cả các liên kết riêng của họ: đừng bấm vào đó.
rights-export-export-person = Tệp có mọi dữ liệu về người này. Chỉ giao cho chính họ.
rights-export-export-evidence = Tệp có nội dung đã ký cùng danh sách đồng ý đi kèm.
