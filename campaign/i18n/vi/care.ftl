# Bàn chăm sóc: chúc ai, dịp nào.

care-occasion-birthday = Sinh nhật
care-occasion-founding = Ngày thành lập
care-occasion-tet = Tết Nguyên đán
care-occasion-women-8-3 = Quốc tế Phụ nữ 8/3
care-occasion-reunification = Ngày Thống nhất 30/4
care-occasion-national-day = Quốc khánh 2/9
care-occasion-mid-autumn = Rằm tháng Tám
care-occasion-entrepreneurs = Ngày Doanh nhân 13/10
care-occasion-women-20-10 = Phụ nữ Việt Nam 20/10
care-occasion-teachers = Nhà giáo Việt Nam 20/11
care-occasion-spring-festival = Xuân tiết (Trung Quốc)
care-occasion-zhongqiu = Trung thu (Trung Quốc)
care-occasion-thanksgiving = Lễ Tạ ơn
care-occasion-christmas = Giáng sinh
care-occasion-new-year = Năm mới dương lịch

care-title = Tuần này chúc ai?
care-title-days = { $days ->
   *[other] { $days } ngày tới chúc ai?
  }
care-lede = { $open ->
    [0] Không còn ai chờ lời chúc trong những ngày này.
   *[other] { $open } người đang chờ một lời chúc.
  }
care-span-week = 7 ngày
care-span-fortnight = 14 ngày
care-span-month = 30 ngày
care-span-quarter = 90 ngày
care-span-label = Xem trước bao lâu
care-mine = Khách của tôi
care-everyone = Tất cả khách
care-whose-label = Khách của ai
care-letters = Đợt in thư
care-greetings = Lời chúc đã soạn
care-empty-title = Những ngày này không có ai để chúc
care-empty = Hãy ghi ngày sinh và ngày thành lập vào hồ sơ khách, hoặc xem xa hơn.
care-empty-action = Xem 30 ngày tới
care-day-today = Hôm nay
care-day-tomorrow = Ngày mai
care-day-weekday = { $weekday ->
    [0] Thứ hai
    [1] Thứ ba
    [2] Thứ tư
    [3] Thứ năm
    [4] Thứ sáu
    [5] Thứ bảy
   *[6] Chủ nhật
  }
care-lunar-day = { $leap ->
    [yes] { $day }/{ $month } nhuận âm lịch
   *[no] { $day }/{ $month } âm lịch
  }
care-years-old = { $years ->
   *[other] tròn { $years } tuổi
  }
care-years-house = { $years ->
   *[other] tròn { $years } năm
  }
care-lunar = tính theo âm lịch
care-on-behalf = đại diện { $name }
care-in-charge = { $name } phụ trách
care-nobody-in-charge = chưa có người phụ trách
care-greet-one = Gửi lời chúc
care-holiday-people = { $total ->
   *[other] { $total } người
  }
care-holiday-greeted = { $greeted ->
    [0] chưa chúc ai
   *[other] đã chúc { $greeted } người
  }
care-all-greeted = Đã chúc xong
care-greeted = Đã chúc
care-greeted-by = { $channel ->
    [email] Đã chúc qua thư điện tử
   *[letter] Đã chúc bằng thư
  }
care-channel-letter = Thư giấy
care-channel-email = Thư điện tử
care-reach-open = gửi được
care-reach-no_address = chưa có địa chỉ
care-reach-erased = hồ sơ đã xoá
care-reach-deceased = đã mất
care-reach-suppressed = địa chỉ không nhận thư
care-reach-held = đang tạm ngưng liên lạc
care-reach-no_consent = chưa đồng ý nhận

care-occasion-title = { $occasion }, { $date }
care-occasion-lede = { $total ->
    [0] Không có khách nào trong dịp này.
   *[other] { $total } người, { $greeted ->
        [0] chưa chúc ai.
       *[other] đã chúc { $greeted }.
    }
  }
care-back = Tuần này chúc ai?
care-channel-label = Gửi bằng
care-words = Lời chúc: “{ $name }”, đã được { $who } duyệt đến { $until }.
care-no-words-title = Dịp này chưa có lời chúc nào được duyệt
care-no-words = { $channel ->
    [email] Hãy soạn lời chúc có bản thư điện tử, gửi duyệt thường xuyên cho dịp “{ $occasion }”; được duyệt một lần là dùng cho mọi người.
   *[letter] Hãy soạn lời chúc có bản thư giấy, gửi duyệt thường xuyên cho dịp “{ $occasion }”; được duyệt một lần là dùng cho mọi người.
  }
care-no-words-action = Soạn lời chúc
care-greet-all = { $count ->
   *[other] Gửi lời chúc cho cả { $count } người
  }
care-greet-this = Gửi lời chúc cho { $name }
care-greet-people = Chúc những ai
care-nobody-left = { $channel ->
    [email] Không còn ai chúc được qua thư điện tử.
   *[letter] Không còn ai chúc được bằng thư giấy.
  }
care-waits = Thư điện tử sẽ đi vào 8 giờ sáng { $date }.
care-letter-when = Thư được dàn trang ngay; hãy in và gửi trước ít nhất ba ngày.
care-preview-of = Bản gửi { $name }
care-preview-alt = Trang thư gửi { $name }
care-preview-none = Chọn một người gửi được để xem trước.
care-preview-missing = Chưa dựng được lời chúc cho người này: { $why }
care-done-letter = { $count ->
   *[other] { $count } lá thư đang được dàn trang. Xem ở mục Đợt in thư.
  }
care-done-email = { $count ->
   *[other] { $count } lời chúc đang được gửi đi.
  }
care-done-waits = { $count ->
   *[other] { $count } lời chúc sẽ được gửi vào { $date }.
  }
care-people-shown = Hiện { $shown } trong { $total } người; lời chúc vẫn gửi cho tất cả.

care-error-no-words = Chưa có lời chúc nào được duyệt cho dịp này. Hãy soạn và gửi duyệt trước.
care-error-nobody = Không còn ai để chúc: mọi người đã được chúc hoặc không gửi được.
care-error-already = Có người vừa gửi lời chúc này rồi. Xin xem lại danh sách.
care-error-new-finding = Máy soát vừa thấy một lỗi mới trong lời chúc: { $what } Chưa gửi cho ai cả; hãy sửa lời chúc và gửi duyệt lại.
