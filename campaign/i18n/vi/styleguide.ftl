styleguide-title = Bộ dáng vẻ
styleguide-lede = Mọi thành phần trên một trang, với lời thật, để nhìn, để thử và để dùng lại.
