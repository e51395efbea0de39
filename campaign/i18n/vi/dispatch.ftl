dispatch-not-approved = Nội dung hiện tại chưa được ký duyệt. Hãy gửi duyệt trước khi gửi đi.
dispatch-not-startable = Đợt gửi này đã được bắt đầu rồi.
dispatch-not-running = Đợt gửi này không đang chạy nên không thể tạm dừng.
dispatch-not-paused = Đợt gửi này không đang tạm dừng nên không có gì để gửi tiếp.
dispatch-already-over = Đợt gửi này đã kết thúc, không còn gì để hủy.
dispatch-not-unknown = Thư này đã có người quyết định, hoặc máy chủ vừa trả lời.
dispatch-too-early = Hãy đợi mười phút kể từ lúc gửi bị ngắt: trước đó bản thứ nhất vẫn có thể tới nơi.
dispatch-not-locked = Việc gửi không bị khoá.
