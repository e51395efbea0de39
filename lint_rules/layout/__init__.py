"""Length, lines, paragraphs."""
