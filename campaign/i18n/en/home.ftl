home-title = Today
home-hello = Good day, { $name }
home-lede = What waits for you today.
