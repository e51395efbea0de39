# Thư giấy: đợt in, phiếu in, lỗi khi dàn trang.

letters-error-missing-glyph = Phông chữ của thư không in được ký tự “{ $character }” ({ $name }). Xin bỏ hoặc thay ký tự này.
letters-error-run-state = Đợt in này đã được ghi nhận rồi.
letters-ticket =
    PHIẾU IN

    Đợt in:      { $run }
    Bên gửi:     { $house }
    Lập lúc:     { $made_at }

    Số thư:      { $letters }
    Số trang:    { $pages }
    Số tờ:       { $sheets }

    Giấy:        { $paper }, in một mặt, mỗi thư bắt đầu ở một tờ mới
    Gấp:         theo hai vạch ở mép trái, 105 mm và 210 mm
    Phong bì:    có ô cửa sổ 90 x 45 mm, địa chỉ nằm trong ô
    Tệp in:      { $pdf }
    SHA-256:     { $pdf_sha256 }
    Danh sách:   { $manifest } (thứ tự như trong tệp in)

    Số nhỏ in dọc ở mép trái là số thứ tự của thư trong đợt in.
letters-runs-title = Đợt in thư
letters-runs-intro = Mỗi đợt in là một tệp ZIP: bản in, danh sách thư và phiếu in. Sau khi in và gửi, xin ghi lại ở đây.
letters-runs-empty-title = Chưa có đợt in nào
letters-runs-empty = Khi một chiến dịch hay một lời chúc được gửi bằng thư, đợt in sẽ hiện ở đây.
letters-runs-empty-action = Xem hôm nay chúc ai
letters-run-title = Đợt in số { $id }
letters-run-of = { $name }
letters-column-run = Đợt in
letters-column-message = Nội dung
letters-column-letters = Số thư
letters-column-sheets = Số tờ
letters-column-made = Lập lúc
letters-column-state = Tình trạng
letters-run-count = { $letters ->
   *[other] { $letters } thư, { $pages } tờ A4
  }
letters-state-made = Chờ in
letters-state-printed = Đã in
letters-state-posted = Đã gửi bưu điện
letters-download-zip = Tải tệp ZIP cho nhà in
letters-open-pdf = Mở bản in PDF
letters-files-deleted = Các tệp của đợt in đã được xoá theo thời hạn lưu giữ; còn lại số thư, ngày và mã băm.
letters-mark-printed = Ghi đã in
letters-mark-posted = Ghi đã gửi bưu điện
letters-printed-done = Đã ghi: đợt in đã được in.
letters-posted-ask = Cả { $count } lá thư của đợt in số { $id } đã ở bưu điện?
letters-posted-sure = Từ lúc ghi, các thư này được tính là đã gửi; ghi rồi không đổi lại được.
letters-posted-done = { $count ->
   *[other] Đã ghi: { $count } thư đã gửi bưu điện.
  }
letters-step-made = Lập
letters-step-printed = In
letters-step-posted = Gửi bưu điện
letters-next-made = Tải tệp ZIP, in một mặt trên giấy A4, rồi ghi lại.
letters-next-printed = Gấp theo hai vạch, cho vào phong bì có cửa sổ, mang ra bưu điện, rồi ghi lại.
letters-next-posted = Thư đã lên đường. Khi khách trả lời, nhập mã thư ở hộp thư trả lời.
letters-sheet-title = Tờ đầu tiên
letters-sheet-alt = Trang đầu của lá thư thứ nhất trong đợt in
letters-list-title = Thư trong đợt in
letters-column-sequence = Thứ tự
letters-column-to = Người nhận
letters-column-code = Mã trả lời
letters-list-more = { $count ->
   *[other] và { $count } thư nữa, xem danh sách trong tệp ZIP.
  }
letters-fact-sha256 = SHA-256 của bản in
letters-fact-made = Lập lúc
letters-fact-printed = In lúc
letters-fact-posted = Gửi lúc
