# Màn hình soạn nhóm

segbuild-undo = Hoàn tác thay đổi cuối
segbuild-too-long = Câu hỏi này cần hơn { NUMBER($seconds) } giây nên đã được dừng; không việc nào khác bị ảnh hưởng. Hãy bỏ bớt điều kiện (tìm chữ trong tên sản phẩm hay ghi chú là lâu nhất), thu ngắn khoảng thời gian, hoặc nhờ người quản trị tăng giới hạn.
segbuild-exam-at = Kiểm tra { $age }, lúc { $moment }. Kết quả được giữ đến khi bạn kiểm tra lại hoặc nhóm thay đổi.
segbuild-exam-again = Kiểm tra lại
