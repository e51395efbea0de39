"""Compose: the author's words in; checked copy with known merge fields out."""
