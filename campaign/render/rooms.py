"""How long values may be so that no line of mail gets too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.render.mime import LINE_LIMIT
from campaign.render.segments import Given, Made, Piece, crlf


def rooms_of(pieces: Sequence[Piece], slots: int) -> tuple[dict[int, int], bool]:
    """The bytes that each slot's value may have when all others on its line have no more than theirs, by
    number; under `slots`, what a condition may have. And whether a line is too long without any value.

    A stretch stands on lines of its own. What stands in a condition counts as if there were no line end in
    it, so that the lines are long enough with it and without.
    """
    rooms = dict.fromkeys(range(slots + 1), LINE_LIMIT)
    too_long = False
    used, here = 0, []
    for piece in [*_parts(pieces, slots), "\n"]:
        if isinstance(piece, int):
            here.append(piece)
            continue
        first, *rest = crlf(piece).split("\r\n")
        used += len(first.encode())
        for text in rest:
            too_long = too_long or used > LINE_LIMIT
            for number in here:
                rooms[number] = min(rooms[number], (LINE_LIMIT - used) // len(here))
            used, here = len(text.encode()), []
    return rooms, too_long


def _parts(pieces: Sequence[Piece], condition: int) -> Iterator[str | int]:
    for piece in pieces:
        if isinstance(piece, Made):
            yield "\n"
        elif isinstance(piece, Given):
            yield condition
            for part in piece.pieces:
                yield crlf(part).replace("\r\n", "") if isinstance(part, str) else part
        else:
            yield piece
