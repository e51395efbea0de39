"""Everything held on one person, as a ZIP that they can read and another program can, too.

    for piece in archive.pieces(db, settings, contact, now): …

`sections` says what there is, `messages` makes what was sent once more, `page` writes it for people,
`archive` packs it. Nothing is built as a whole: rows are read, written and forgotten.
"""
