"""What laws ask for, by pack."""
