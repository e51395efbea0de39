# Danh sách khách của một nhóm, dưới dạng CSV

segpeople-link = Tải danh sách khách (CSV)
segpeople-title = Tải danh sách khách của nhóm “{ $name }”
segpeople-text = Tệp có tên, địa chỉ và số điện thoại của mọi người trong nhóm hôm nay, kể cả người chưa đồng ý nhận tin: muốn gửi thư, hãy lập chiến dịch. Chỉ tải khi thật cần và xoá khi dùng xong.
