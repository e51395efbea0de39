"""Links and images."""
