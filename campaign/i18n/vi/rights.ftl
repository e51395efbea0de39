# Quyền của người có dữ liệu và quyền của người làm: xoá, xuất, giữ bao lâu

rights-was-erased = Dữ liệu của người này đã được xoá theo yêu cầu của chính họ nên không nhập lại nữa. Chỉ khi họ tự đăng ký và xác nhận thì mới có lại.
