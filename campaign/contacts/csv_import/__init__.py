"""Import of contacts and orders. In: an uploaded file and a mapping; out: rows, and the refused with reasons.

`reading` makes a table of bytes, `mapping` guesses what its headings mean, `people` and `orders` apply it.
"""
