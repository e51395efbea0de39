# what taking an import back would do, asked before it is done
importundo-ask = Hoàn tác lần nhập { $file }?
importundo-lede = Nếu hoàn tác, những việc sau sẽ xảy ra.
importundo-nothing = Lần nhập này không còn gì để trả lại. Hoàn tác chỉ ghi rằng tệp đã được rút.
importundo-do = Hoàn tác lần nhập
importundo-people-removed = Xoá { NUMBER($count) } người do tệp đưa vào.
importundo-people-changed = Trả thông tin của { NUMBER($count) } người có từ trước về như cũ; điều gì đã được sửa sau đó thì giữ nguyên.
importundo-people-retracted = Rút lại { NUMBER($count) } lời đồng ý ghi theo tệp: không được gửi thư dựa vào đó nữa.
importundo-people-unasked = Thôi hỏi { NUMBER($count) } người chưa nhận thư xin đồng ý.
importundo-people-kept = Giữ lại { NUMBER($count) } người do tệp đưa vào, vì từ đó đã có người làm việc với họ hoặc sửa thông tin của họ.
importundo-people-standing = Không đụng đến { NUMBER($count) } lời đồng ý của tệp, vì sau đó khách đã nói khác.
importundo-orders-removed = Xoá { NUMBER($count) } đơn do tệp đưa vào; đơn nào đã được sửa sau đó thì giữ lại.
importundo-orders-changed = Trả { NUMBER($count) } đơn bị tệp sửa về như cũ; đơn nào đã được sửa lại sau đó thì giữ nguyên.
importundo-orders-kept = Giữ nguyên { NUMBER($count) } đơn, vì một tệp sau đã nói về chúng.
importundo-stays = Lời từ chối và địa chỉ không được gửi vẫn giữ nguyên: hoàn tác không làm ai nhận được thư trở lại.
