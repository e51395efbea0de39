"""The HTML part, and the text part beside it."""
