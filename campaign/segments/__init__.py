"""Segments: a typed rule tree in, one SQL statement out."""
