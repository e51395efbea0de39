"""What the reader is asked to do."""
