"""Merge fields and what was left to fill in."""
