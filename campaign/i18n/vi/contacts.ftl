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
contacts-error-amount = “{ $value }” không phải là số tiền. Ví dụ đúng: 1.250.000.
contacts-error-currency = “{ $value }” không phải là mã tiền tệ ba chữ cái, ví dụ VND.
contacts-error-order-number = Đơn hàng cần có số đơn, nhiều nhất 60 ký tự.

# -- nhập tệp: lỗi của cả tệp
contacts-import-too-large = Tệp lớn hơn { $megabytes } MB. Hãy chia thành nhiều tệp nhỏ rồi nhập lần lượt.
contacts-import-empty = Tệp không có dòng nào. Dòng đầu cần là tên các cột, mỗi dòng sau là một khách hàng.
contacts-import-binary = Đây không phải tệp CSV. Trong Excel hãy chọn “Lưu thành… CSV UTF-8” rồi tải lên lại.
contacts-import-encoding = Không đọc được chữ ở dòng { $line }. Hãy lưu lại tệp dưới dạng “CSV UTF-8” rồi tải lên lại.
contacts-import-long-line = Dòng { $line } dài hơn { $limit } ký tự, không giống một dòng của bảng. Hãy kiểm tra lại tệp.
contacts-import-columns = Dòng { $line } có hơn { $limit } cột. Hãy bớt các cột không dùng đến.
contacts-import-rows = Tệp có hơn { NUMBER($limit) } dòng. Hãy chia thành nhiều tệp nhỏ rồi nhập lần lượt.
contacts-import-quotes = Dấu ngoặc kép ở gần dòng { $line } mở mà không đóng đúng chỗ. Hãy sửa dòng đó rồi tải lên lại.
contacts-import-heading-twice = Có hai cột cùng tên “{ $heading }”. Hãy đổi tên một cột.
contacts-import-no-heading = Tệp không có cột “{ $heading }”.
contacts-import-no-field = Không có mục nào tên “{ $name }”.
contacts-import-field-twice = Hai cột cùng ghi vào mục “{ $name }”. Mỗi mục chỉ nhận một cột.
contacts-import-field-missing = Hãy chọn cột cho mục “{ $name }”; thiếu mục này thì không nhập được.

# -- nhập tệp: lỗi của một dòng
contacts-import-row-too-wide = Dòng này có nhiều ô hơn số cột ({ $columns }). Có lẽ một ô chứa dấu phân cách mà thiếu ngoặc kép.
contacts-import-nobody = Dòng này thiếu mã, e-mail, điện thoại lẫn địa chỉ, nên không phân biệt được với người khác.
contacts-import-unknown-customer = Danh bạ chưa có khách hàng “{ $value }”. Hãy nhập khách hàng trước.
contacts-import-column-row = Dòng
contacts-import-column-reason = Lý do
contacts-import-finished = Tệp này đã nhập xong. Muốn nhập lại, hãy tải tệp lên lần nữa.
