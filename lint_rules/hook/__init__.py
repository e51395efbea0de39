"""The first two sentences."""
