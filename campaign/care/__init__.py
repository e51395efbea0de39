"""Care: whom to greet this week, replies to answer."""
