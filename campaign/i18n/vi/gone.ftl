# of somebody whose data were erased
gone-erased = Dữ liệu cá nhân đã được xoá ngày { $day }; chỉ còn lại mã băm có khoá.
gone-with-import = Dữ liệu cá nhân đã được xoá ngày { $day } khi lần nhập được hoàn tác; chỉ còn lại sổ đồng ý.
gone-rights = Không còn ai để viết tới. Sổ đồng ý được giữ lại làm bằng chứng.
gone-proof = Xem sổ đồng ý
