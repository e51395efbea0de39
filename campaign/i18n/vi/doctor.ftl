doctor-spf-none = { $domain } chưa có bản ghi SPF. Xin đăng bản ghi TXT: v=spf1 ip4:ĐỊA-CHỈ-MÁY-CHỦ-GỬI -all
doctor-spf-two = { $domain } có { $count } bản ghi SPF; máy chủ nhận sẽ bỏ qua tất cả. Xin gộp thành một.
doctor-spf-syntax = Không đọc được “{ $term }” trong bản ghi SPF; máy chủ nhận coi cả bản ghi là sai.
doctor-spf-loop = Bản ghi SPF dẫn vòng về chính nó qua { $at }.
doctor-spf-include = Bản ghi SPF dẫn tới { $at }, nơi không có bản ghi nào; máy chủ nhận coi cả bản ghi là sai.
doctor-spf-too-many = Bản ghi SPF hỏi DNS hơn { $most } lần; máy chủ nhận dừng ở đó. Xin thay include bằng địa chỉ.
doctor-spf-void = Hơn { $most } tên trong bản ghi SPF không dẫn tới đâu; máy chủ nhận dừng ở đó. Xin bỏ chúng đi.
doctor-spf-record = { $record } ({ $lookups } trên { $most } lần hỏi)
doctor-spf-everybody = Bản ghi SPF cho mọi người gửi thay anh/chị; xin kết thúc bằng -all hoặc ~all.
doctor-spf-pass = Thư từ { $address } được công nhận.
doctor-spf-fail = Thư từ { $address } không được công nhận ở { $domain }: { $result }. Xin thêm ip4: hoặc ip6: với địa chỉ này.
doctor-no-addresses = Chưa biết thư rời đi từ địa chỉ nào: xin đặt CAMPAIGN_SENDING_ADDRESSES.
doctor-dkim-no-keys = Chưa nêu khoá DKIM nào: xin nêu selector, hoặc tạo khoá.
doctor-dkim-none = Không có khoá ở { $name }. Xin đăng bản ghi TXT.
doctor-dkim-two = Có nhiều bản ghi ở { $name }; xin giữ lại một.
doctor-dkim-syntax = Bản ghi ở { $name } không phải khoá DKIM.
doctor-dkim-revoked = Khoá ở { $name } đã bị thu hồi (p= để trống).
doctor-dkim-other = Khoá ở { $name } không phải khoá dùng để ký thư.
doctor-dkim-broken = Không đọc được khoá ở { $name }; có lẽ đã bị cắt khi chép.
doctor-dkim-short = Khoá ở { $name } dài { $bits } bit; xin tạo khoá 2048 bit.
doctor-dkim-testing = Khoá ở { $name } đang đánh dấu thử nghiệm (t=y); xin bỏ dấu này.
doctor-dkim-key = { $name }: { $kind }
doctor-dmarc-none = { $domain } chưa có chính sách DMARC. Xin đăng ở _dmarc.{ $domain }: v=DMARC1; p=none; rua=mailto:ANH-CHỊ
doctor-dmarc-syntax = Không đọc được bản ghi DMARC của { $domain }, hoặc có hai bản ghi.
doctor-dmarc-policy = { $domain }: p={ $policy }
doctor-dmarc-p-none = Chính sách là none: thư giả mạo không bị chặn. Khi báo cáo đã sạch, xin chuyển sang quarantine.
doctor-dmarc-no-reports = Chưa có địa chỉ nhận báo cáo (rua=): anh/chị không biết ai gửi thư nhân danh mình.
doctor-dmarc-aligned = Tên miền thư trả { $envelope } thuộc về người gửi.
doctor-dmarc-by-dkim = Tên miền thư trả { $envelope } không thuộc { $domain }; chỉ có chữ ký DKIM khớp.
doctor-dmarc-not-aligned = Cả tên miền thư trả { $envelope } lẫn chữ ký đều không khớp { $domain }: DMARC không đạt.
doctor-ptr-none = { $address } không có tên (PTR); các máy chủ lớn từ chối thư từ đây. Xin hỏi nơi cấp địa chỉ.
doctor-ptr-not-confirmed = { $address } có tên { $name }, nhưng { $name } không dẫn về địa chỉ ấy.
doctor-ptr-confirmed = { $address } là { $name }, khớp cả hai chiều.
doctor-mx-none = { $domain } không nhận thư: không có MX, không có địa chỉ. Thư trả lời và thư trả về sẽ mất.
doctor-mx-null = { $domain } báo rằng không nhận thư (null MX).
doctor-mx-a = { $domain } không có MX, phải dùng địa chỉ của chính nó. Xin đăng MX.
doctor-mx-nowhere = MX của { $domain } là { $host }, nhưng { $host } không có địa chỉ.
doctor-mx-there = Thư tới { $domain } đi về { $host }.
doctor-relay-silent = { $relay } không trả lời: { $why }
doctor-relay-there = { $relay } trả lời.
doctor-relay-offers = Có { $feature }.
doctor-relay-lacks = Không có { $feature }; gửi chậm hơn hoặc thư lớn hơn.
doctor-tls-none = { $relay } không mã hoá; mật khẩu và thư đi trần trên mạng.
doctor-tls-local = { $relay } là máy này; không cần mã hoá.
doctor-tls-unused = { $relay } biết mã hoá, nhưng SMTP_URL không yêu cầu: xin thêm ?starttls=1
doctor-tls-invalid = Chứng chỉ của { $relay } không hợp lệ: { $why }
doctor-tls-soon = Chứng chỉ hết hạn sau { $days } ngày.
doctor-tls-valid = Chứng chỉ còn hạn { $days } ngày.
doctor-dns-silent = DNS không trả lời: { $why }
