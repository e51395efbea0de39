"""Sender, addresses and header fields."""
