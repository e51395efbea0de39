# Tìm trong danh sách khách hàng

search-hint = Tên có dấu hay không dấu, thứ tự nào cũng được; mã; số điện thoại hoặc mấy số cuối; e-mail hoặc phần sau dấu @.
search-too-long = Bạn nhập { NUMBER($length) } ký tự, dài hơn mọi tên và địa chỉ. Hãy nhập nhiều nhất { $limit } ký tự.
search-too-many-words = Nhiều chữ hơn một cái tên có thể có. Hãy nhập nhiều nhất { $limit } chữ.
search-refused = Chưa tìm gì cả
search-count = { $count ->
    [0] Không tìm thấy ai
   *[other] Tìm thấy { NUMBER($count) } khách hàng
}
search-count-many = Tìm thấy hơn { NUMBER($limit) } khách hàng, gần đúng nhất xếp trước. Gõ thêm một chữ để thu hẹp.
search-range-many = { NUMBER($first) }–{ NUMBER($last) } trong hơn { NUMBER($limit) }
search-none-text = Không có tên, mã, e-mail, số điện thoại hay tổ chức nào có “{ $text }”.
search-none-filters = Không có ai như vậy.
search-none-hint = Thử gõ phần đầu của chữ, gõ ít chữ hơn, hoặc mấy số cuối của điện thoại. Gõ không dấu cũng tìm được.
search-without-filters = Tìm trong tất cả
