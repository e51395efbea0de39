# Nhập tệp: cách đọc tệp
importread-sheet = Trang tính
importread-sheet-hint = Tệp có nhiều trang tính; mỗi lần nhập đọc một trang.
importread-header = Dòng chứa tên cột
importread-header-hint = Những dòng nằm trên, như tiêu đề, được bỏ qua.
importread-header-row = Dòng { $row }: { $cells }
importread-again = Đọc lại theo cách này
importread-no-sheet = Tệp không có trang tính “{ $name }”. Hãy chọn một trang trong danh sách.
importread-no-header = Dòng { $row } không thể là dòng tên cột: dòng trống, hoặc nằm quá xa phía dưới. Hãy chọn một trong những dòng đầu.
importread-column-file = Tệp trong gói ZIP
importread-column-status = Tình trạng theo tên tệp
importread-archive-empty = Gói ZIP không có tệp CSV nào. Hãy tải chính tệp đó lên, hoặc gói ZIP đúng như Mailchimp xuất ra.
importread-archive-files = Gói ZIP có hơn { $limit } bảng. Hãy chỉ tải lên những tệp cần.
importread-archive-unpacked = Gói ZIP bung ra lớn hơn nhiều so với vẻ ngoài (tối đa { $megabytes } MB). Hãy giải nén rồi tải từng tệp lên.
importread-empty-cells = Tệp hầu như chỉ gồm các ô trống. Hãy chép những dòng có chữ sang một tệp mới, hoặc lưu trang tính thành “CSV UTF-8”.
importread-too-many-cells = Trang tính có quá nhiều ô, nhiều hơn hẳn một triệu dòng với 20 cột. Hãy chia thành nhiều tệp, hoặc lưu trang tính thành “CSV UTF-8”.
importread-long-text = Tệp Excel có một đoạn chữ dài hơn { NUMBER($limit) } ký tự, quá mức một ô chứa được. Hãy kiểm tra lại tệp.
