"""Rules: one file each; pure."""
