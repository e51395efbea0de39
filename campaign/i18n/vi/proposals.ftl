# Đề xuất: cách xưng hô, và tên tỉnh, thành hiện nay
proposals-title = Đề xuất cho hồ sơ
proposals-lede = Máy chỉ đề xuất điều đọc được từ hồ sơ; không có gì vào thư cho đến khi bạn nhận.
proposals-link = Xưng hô và địa chỉ
proposals-tab-form-of-address = Xưng hô
proposals-tab-province = Tỉnh, thành
proposals-rule-form-of-address = Đến { $age } tuổi trong năm nay trở lên thì xưng Ông, Bà; trẻ hơn thì Anh, Chị; dưới { $grown } tuổi thì không đề xuất. Tên riêng không phải là bằng chứng: Hà, Linh, Thanh, Anh, Minh là tên của cả nam lẫn nữ. Cô, Chú, Bác chỉ đề xuất khi chính trong tên đã ghi.
proposals-rule-province = Chỉ tên tỉnh, thành được đổi. Quận, huyện, phường, xã và mã bưu chính giữ nguyên như đang lưu, vì phường, xã cũng đã sáp nhập và không ai đoán được.
proposals-none-form-of-address = Không có đề xuất xưng hô nào
proposals-none-form-of-address-text = Hồ sơ nào cũng đã có xưng hô, hoặc chưa đủ căn cứ để đề xuất. Người chưa có xưng hô được thư gọi là “Quý khách”.
proposals-none-province = Không còn tỉnh, thành cũ nào
proposals-none-province-text = Mọi địa chỉ đã ghi tỉnh, thành theo địa giới từ tháng 7/2025, hoặc đã được bạn giữ nguyên.
proposals-lacking = { $count } người chưa có xưng hô; đề xuất được cho { $proposed } người. Những người còn lại, thư gọi là “Quý khách”.
proposals-old = { $count } địa chỉ ghi tỉnh, thành không còn nữa.
proposals-more = Trang này xem { $count } hồ sơ đầu tiên có thể đề xuất. Trả lời xong, các hồ sơ tiếp theo sẽ hiện ra.
proposals-people = { $count } người
proposals-samples = Ví dụ
proposals-name-becomes = tên trong hồ sơ thành “{ $name }”
proposals-take-all = Nhận cả { $count }
proposals-take-only = Nhận
proposals-refuse-all = Không nhận
proposals-take-one = Nhận
proposals-take-one-label = Nhận { $value } cho { $name }
proposals-refuse-one = Bỏ
proposals-refuse-one-label = Không nhận { $value } cho { $name }

# vì sao: của một nhóm
proposals-group-title = Trong tên có ghi “{ $title }”
proposals-group-work = Nghề nghiệp là { $work }
proposals-group-teacher = Nghề dạy học, và hồ sơ ghi giới tính
proposals-group-sex = Hồ sơ ghi { $sex ->
    [male] nam
   *[female] nữ
  }, nhận thư bằng { $language ->
    [en] tiếng Anh
   *[zh] tiếng Trung
  }
proposals-group-sex-alone = Hồ sơ ghi { $sex ->
    [male] nam
   *[female] nữ
  }, không có năm sinh: lời trang trọng hợp với mọi người lớn
proposals-group-elder = Hồ sơ ghi { $sex ->
    [male] nam
   *[female] nữ
  }, sinh năm { $year } trở về trước
proposals-group-younger = Hồ sơ ghi { $sex ->
    [male] nam
   *[female] nữ
  }, sinh sau năm { $year }
proposals-group-province = { $was } nay là { $now }

# vì sao: của một người
proposals-because-title = vì tên ghi là “{ $name }”
proposals-because-work = vì nghề nghiệp ghi là “{ $work }”
proposals-because-teacher = vì nghề nghiệp ghi là “{ $work }”, giới tính “{ $sex }”
proposals-because-sex = vì hồ sơ ghi “{ $sex }”
proposals-because-sex-alone = vì hồ sơ ghi “{ $sex }” và không có năm sinh
proposals-because-elder = vì hồ sơ ghi “{ $sex }” và sinh năm { $born }
proposals-because-younger = vì hồ sơ ghi “{ $sex }” và sinh năm { $born }
proposals-because-province = vì { $was } nay là { $now }

# trả lời và hoàn tác
proposals-taken = Đã ghi { $value } cho { $count } người.
proposals-refused = Đã bỏ đề xuất { $value } cho { $count } người.
proposals-undone = Đã hoàn tác cho { $count } người.
proposals-lately = Vừa trả lời
proposals-lately-taken = Nhận { $value } cho { $count } người
proposals-lately-refused = Bỏ { $value } cho { $count } người
proposals-undo = Hoàn tác
proposals-was-undone = đã hoàn tác
proposals-error-gone = Không còn ai để trả lời: hồ sơ đã được sửa, hoặc người khác đã trả lời. Hãy xem lại trang.
proposals-error-undone = Việc này đã được hoàn tác rồi.

# trên trang của một người
proposals-form-title = Chưa có xưng hô
proposals-form-proposed = Có thể xưng là { $form }, { $because }.
proposals-form-proposed-name = Có thể xưng là { $form }, { $because }; tên trong hồ sơ khi đó là “{ $name }”.
proposals-take-form = Xưng là { $form }
proposals-form-nothing = Hồ sơ chưa nói gì để đề xuất.
proposals-form-letters = Cho đến khi có người chọn, thư gọi người này là “{ $neutral }”.
proposals-form-neutral-vi = Quý khách
proposals-form-neutral-en = Dear { $name }
proposals-form-neutral-zh = 尊敬的客户
proposals-form-choose = Xưng hô
proposals-form-set = Ghi xưng hô
proposals-form-set-done = Đã ghi xưng hô { $form }.

# nguồn của một điều trong hồ sơ
proposals-source = đề xuất, { $because }
proposals-source-plain = đề xuất
proposals-source-undo = hoàn tác một đề xuất
