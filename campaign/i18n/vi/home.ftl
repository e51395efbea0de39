home-title = Hôm nay
home-hello = Chào { $name }
home-lede = Những việc đang chờ anh/chị hôm nay.
