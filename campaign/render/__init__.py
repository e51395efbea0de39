"""Render: copy, layout and one recipient's values in; HTML, text, MIME, letter pages out."""
