# Danh bạ khách hàng: hồ sơ, nhập tệp, đồng ý nhận tin, chặn và tạm dừng

# -- lỗi khi nhập dữ kiện
contacts-error-email = “{ $value }” không phải là địa chỉ e-mail. Địa chỉ có dạng ten@example.com.
contacts-error-no-name = Hãy nhập họ tên; hồ sơ nào cũng cần có tên.
contacts-error-too-long = Dài quá: nhiều nhất { $limit } ký tự.
contacts-error-phone = “{ $value }” không giống số điện thoại. Hãy nhập từ 6 đến 15 chữ số.
contacts-error-country = Không có nước nào là “{ $value }”. Hãy nhập tên nước hoặc mã hai chữ cái, ví dụ VN.
contacts-error-language = Chưa viết được bằng ngôn ngữ “{ $value }”. Hãy chọn vi, en hoặc zh.
contacts-error-time-zone = Không có múi giờ “{ $value }”. Ví dụ đúng: Asia/Ho_Chi_Minh.
contacts-error-choice = “{ $value }” không nằm trong các lựa chọn.
contacts-error-number = “{ $value }” không hợp lệ; hãy nhập một số từ { $low } đến { $high }.
contacts-error-date = “{ $value }” không phải là ngày. Hãy viết 31/12/2026 hoặc 2026-12-31.
contacts-error-birthday-half = Hãy nhập cả ngày lẫn tháng sinh, hoặc để trống cả hai.
contacts-error-birthday = Không có ngày { $day } tháng { $month }.
contacts-error-code-taken = Mã “{ $code }” đã có khách hàng khác dùng.
contacts-error-unknown-field = Hồ sơ không có mục “{ $name }”.
contacts-error-organisation = Hãy chọn một tổ chức có trong danh bạ.
contacts-error-erased = Hồ sơ này đã được xóa theo yêu cầu; không sửa được nữa.
contacts-error-custom-key = Tên mục gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ, ví dụ: so_thich.
contacts-error-custom-taken = Đã có mục tên “{ $name }”.
