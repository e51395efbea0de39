# the organisation of a person, in the form of a profile
organisation-hint = Nếu là người liên hệ của một tổ chức. Gõ tên hoặc mã; để trống nếu không thuộc tổ chức nào.
organisation-found = Anh/chị muốn nói tổ chức nào?
organisation-which = “{ $name }” chưa chỉ rõ một tổ chức. Hãy chọn một, hoặc gõ tên đầy đủ.
organisation-none = Danh bạ chưa có tổ chức “{ $name }”. Hãy gõ khác đi, hoặc thêm tổ chức ấy trước.
