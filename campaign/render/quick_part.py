"""One part of many mails at once: literals are encoded when it is compiled, slots are filled by columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial

from campaign.errors import IntegrityError
from campaign.render.mime import Encoding, base64_lines, has_long_line, part_head
from campaign.render.people import People
from campaign.render.quick_text import untamed
from campaign.render.rooms import rooms_of
from campaign.render.segments import Made, Piece, Slots, crlf, literals, pack, rows, settled, unpack

# how every boundary line of ours begins
_BOUNDARY_HEAD = b"--=_"

Columns = list[bytes | Iterable[bytes]]
"""What a message is put together from, in order: literals, and an entry for each recipient."""


class Line:
    """The subject: constant, or filled."""

    def __init__(self, slots: Slots, source: str) -> None:
        self._slots = slots
        self._pieces = slots.pieces(source)

    def texts(self, people: People) -> list[str]:
        """What each recipient reads."""
        pieces = settled(self._pieces, people)
        quick, finished = self._slots.texts(people, {piece for piece in pieces if isinstance(piece, int)})
        texts = quick | finished
        columns = [texts[piece] if isinstance(piece, int) else piece for piece in pieces]
        whole = [[column] * people.count if isinstance(column, str) else column for column in columns]
        return list(map("".join, zip(*whole, strict=True)))


class Part:
    """A body part. `finish` makes texts fit for it, many in one call."""

    def __init__(self, subtype: str, slots: Slots, pieces: list[Piece], finish: Callable[[str], str]) -> None:
        self._eight_bit = part_head(subtype, Encoding.EIGHT_BIT)
        self._base64 = part_head(subtype, Encoding.BASE64)
        self._slots = slots
        self._pieces = pieces
        self._finish = finish
        self._bytes = {literal: crlf(literal).encode() for literal in literals(pieces)}
        for literal in self._bytes.values():
            _refuse_bare(literal, "The layout")
        self._rooms, self._is_long = rooms_of(pieces, len(slots.all))

    def body(self, people: People, marks: Sequence[bytes], *, eight_bit: bool) -> Columns:
        """Head and body of the part, ended for the boundary that follows. `marks` are the boundaries."""
        pieces = settled(self._pieces, people)
        direct = {piece for piece in pieces if isinstance(piece, int)}
        made = {number for piece in pieces if isinstance(piece, Made) for number in piece.numbers}
        quick, finished = self._slots.texts(people, direct | made)
        laid: list[bytes | int | list[str]] = []
        odd = untamed([(quick.get(number) or finished[number]) for number in made], people.count)
        for piece in pieces:
            if isinstance(piece, str):
                laid.append(self._bytes[piece])
            elif isinstance(piece, Made):
                laid += piece.columns(quick | finished, odd, people)
            else:
                laid.append(finished.get(piece, piece) if isinstance(piece, int) else piece)
        used = {number: column for number, column in quick.items() if number in direct}
        values = dict(zip(used, in_bytes(used.values(), marks, self._finish, lined=False), strict=True))
        others = in_bytes([piece for piece in laid if isinstance(piece, list)], marks, lined=True)
        columns = _put(laid, values, iter(others))
        if eight_bit and not self._may_be_too_long(values, others):
            return [self._eight_bit, *columns, b"\r\n"]
        return [map(partial(self._written, eight_bit=eight_bit), rows(columns))]

    def _may_be_too_long(self, values: dict[int, list[bytes]], others: list[list[bytes]]) -> bool:
        """Whether a line could be: only then must all lines be looked at."""
        if self._is_long or any(_longest(column) > self._rooms[number] for number, column in values.items()):
            return True
        return any(_longest(column) > min(self._rooms.values()) for column in others)

    def _written(self, body: bytes, eight_bit: bool) -> bytes:
        if eight_bit and not has_long_line(body):
            return b"".join((self._eight_bit, body, b"\r\n"))
        return self._base64 + base64_lines(body)


def in_bytes(
    texts: Collection[list[str]], marks: Sequence[bytes], finish: Callable[[str], str] = str, *, lined: bool
) -> list[list[bytes]]:
    """The texts in bytes, after `finish`. The guard: refuses what only values can bring and
    `mime.check_bytes` would refuse in the whole message, and a value that could be taken for the boundary.

    Texts that are `lined` hold whole line ends, others none.
    """
    packed = finish(pack(texts)).encode()
    columns = unpack(packed, len(texts), len(marks))
    if lined:
        # a tab between: a CR at the end of one and a LF at the beginning of the next are no line end
        _refuse_bare(packed.replace(b"\0", b"\t"), "A value")
    elif b"\r" in packed or b"\n" in packed:
        raise IntegrityError("A value holds a line end.")
    if _BOUNDARY_HEAD in packed:
        for column in columns:
            if any(b"--" + mark in value for value, mark in zip(column, marks, strict=True)):
                raise IntegrityError("A value holds the boundary of the message.")
    return columns


def _put(
    laid: list[bytes | int | list[str]], values: dict[int, list[bytes]], others: Iterator[list[bytes]]
) -> Columns:
    """`laid` with bytes for its numbers and texts."""
    return [
        values[piece] if isinstance(piece, int) else next(others) if isinstance(piece, list) else piece
        for piece in laid
    ]


def _longest(column: list[bytes]) -> int:
    return max(map(len, column))


def _refuse_bare(value: bytes, what: str) -> None:
    ends = value.count(b"\r\n")
    if value.count(b"\n") != ends or value.count(b"\r") != ends or b"\0" in value:
        raise IntegrityError(f"{what} holds a bare CR, LF or NUL.")
