# Đọc và lưu lời thư
compose-error-schema = Không đọc được nội dung thư: sai định dạng. Hãy tải lại trang rồi thử lần nữa.
compose-error-blocks = Thư có quá nhiều phần. Tối đa { $limit } phần.
compose-error-duplicate-id = Hai phần của thư mang cùng một mã. Hãy tải lại trang rồi thử lần nữa.
compose-error-duplicate-part = Mỗi phần chỉ có một lần trong thư, trừ đoạn nội dung.
compose-error-part = Thư có một phần không hợp lệ. Hãy tải lại trang rồi thử lần nữa.
compose-error-id = Mã của một phần không hợp lệ (chữ không dấu và số, tối đa { $limit } ký tự).
compose-error-text = Phần này phải là chữ.
compose-error-too-long = Phần này dài { $length } ký tự, tối đa là { $limit }. Hãy viết ngắn lại.

# Tên các phần
compose-part-subject = Tiêu đề
compose-part-preheader = Dòng xem trước
compose-part-salutation = Lời chào
compose-part-hook = Câu mở đầu
compose-part-body = Nội dung
compose-part-offer = Ưu đãi
compose-part-action = Lời mời hành động
compose-part-closing = Lời kết
compose-part-postscript = Tái bút

# Trường trộn và điều kiện trong lời thư
compose-problem-syntax = Dấu ngoặc của trường trộn chưa đúng. Viết {"{{ contact.given_name }}"}, mở và đóng bằng hai ngoặc nhọn.
compose-problem-unknown-field = Không có trường “{ $name }”. Chọn một trường trong danh sách bên cạnh.
compose-problem-unknown-field-near = Không có trường “{ $name }”. Ý anh/chị là “{ $near }”?
compose-problem-underscore = “{ $name }” bắt đầu bằng dấu gạch dưới; lời thư không được dùng tên như vậy.
compose-problem-loop = Lời thư không dùng vòng lặp. Hãy viết thẳng nội dung cần nói.
compose-problem-call = Lời thư không gọi hàm. Chỉ dùng trường trộn và bộ lọc, ví dụ {"{{ contact.given_name|default('bạn') }}"}.
compose-problem-arithmetic = Lời thư không làm phép tính. Hãy viết sẵn con số hoặc câu chữ.
compose-problem-bracket = Lời thư không dùng danh sách hay ngoặc vuông. Viết tên trường với dấu chấm, ví dụ contact.given_name.
compose-problem-statement = Lệnh này không dùng được trong lời thư. Chỉ dùng trường trộn, bộ lọc và if … else … endif.
compose-problem-filter = Không có bộ lọc “{ $name }”. Thử “{ $near }”.
compose-problem-filter-arguments = Bộ lọc “{ $name }” chỉ nhận một giá trị trong ngoặc.
compose-problem-filter-bare = Bộ lọc “{ $name }” không nhận giá trị trong ngoặc.
compose-problem-number = Số này quá lớn để in trong thư.
compose-problem-comparison = Điều kiện chỉ so sánh bằng (==) hoặc khác (!=), mỗi lần một phép.
compose-problem-else = Điều kiện viết gọn phải có cả “else”.
compose-problem-too-deep = Các điều kiện lồng nhau quá nhiều tầng. Hãy tách thành hai thư hoặc viết đơn giản hơn.
compose-problem-too-much = Phần này có quá nhiều trường trộn và điều kiện. Hãy viết đơn giản hơn.
compose-problem-if-across = Điều kiện mở ở đoạn này nhưng đóng ở đoạn khác. Đặt if và endif trong cùng một đoạn, hoặc mỗi lệnh trên một dòng riêng có dòng trống trước và sau.
compose-problem-url = Liên kết phải bắt đầu bằng https:// (hoặc mailto:, tel:) và ghi rõ tên miền.
