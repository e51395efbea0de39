"""What stands in the subject line."""
