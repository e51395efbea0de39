lint-title = Kiểm tra nội dung
lint-none = Chưa thấy lỗi nào.
lint-count = { $count ->
    [0] Không có góp ý
   *[other] { $count } góp ý
}
lint-blocking = { $count ->
    [0] Không có lỗi nào chặn duyệt
   *[other] { $count } lỗi phải sửa trước khi gửi duyệt
}
lint-severity-error = Phải sửa
lint-severity-warning = Nên sửa
lint-severity-information = Gợi ý
lint-recipients = { $count } người nhận
lint-recipients-example = { $count } người nhận, ví dụ { $name }
lint-line = Dòng { $line }
lint-words = { $count }/{ $limit } từ
lint-widest = Dòng rộng nhất { $count }/{ $limit }
lint-offers = { $count } ưu đãi
lint-why = Vì sao?
lint-apply-fix = Sửa giúp tôi
lint-part-subject = Tiêu đề
lint-part-text = Nội dung
lint-part-html = Bản HTML
lint-part-typeset = Trang thư
lint-rendering-failed = Chưa điền được thư cho { $name }: { $error }
