# Nhóm khách hàng

segments-error-rule = Điều kiện chưa đúng ở chỗ “{ $name }”. Hãy xem lại điều kiện đó.
segments-error-too-large = Nhóm này quá phức tạp: nhiều nhất { $nodes } điều kiện, lồng nhau { $depth } tầng.
