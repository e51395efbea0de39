# Preparing what goes to people who joined the segment later

adding-title = Đang soát thư của những người vào sau
adding-freezing = Đang chốt danh sách những người vào sau.
adding-text = Anh/chị có thể rời trang này. Soát xong không vướng gì thì thư tự đi, hoặc tự sang bàn duyệt khi cần người duyệt.
adding-stop = Dừng chuẩn bị
adding-stopped = Đã dừng. Chưa ai trong số người vào sau nhận thư.
adding-nothing-went = Chưa gửi cho những người vào sau
adding-changed = Thư hoặc nhóm đã được sửa trong lúc máy soát. Hãy bấm lại để máy soát bản mới.
