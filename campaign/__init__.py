"""Campaign: one place to write to your customers by e-mail and by post."""
