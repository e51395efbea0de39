"""One part of many mails at once: literals are encoded when it is compiled, slots are filled by columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain

from campaign.errors import IntegrityError
from campaign.render.mime import Encoding, base64_lines, has_long_line, part_head
from campaign.render.people import People
from campaign.render.quick_text import untamed
from campaign.render.rooms import rooms_of
from campaign.render.segments import (
    Made,
    Piece,
    Slot,
    Slots,
    Texts,
    crlf,
    literals,
    outcomes,
    pack,
    rows,
    settled,
    tests_of,
    unpack,
)

# outcomes of conditions for which the plan is kept: of more than a few conditions there are too many
MOST_PLANS = 32
# how every boundary line of ours begins
_BOUNDARY_HEAD = b"--=_"

Columns = list[bytes | Iterable[bytes]]
"""What a message is put together from, in order: literals, and an entry for each recipient."""


class Line:
    """The subject: constant, or filled."""

    def __init__(self, slots: Slots, source: str) -> None:
        self._slots = slots
        self._pieces = slots.pieces(source)
        self._tests = tests_of(self._pieces)

    def texts(self, people: People) -> list[str]:
        """What each recipient reads."""
        pieces = settled(self._pieces, outcomes(self._tests, people))
        quick, finished = self._slots.texts(people, {piece for piece in pieces if isinstance(piece, int)})
        texts = quick | finished
        columns: list[list[str]] = []
        for piece in pieces:
            if isinstance(piece, int):
                columns.append(texts[piece])
            elif isinstance(piece, str):
                columns.append([piece] * people.count)
            elif isinstance(piece, Slot):
                columns.append(piece.finished(people))
        return list(map("".join, zip(*columns, strict=True)))


class _Plan:
    """A part whose conditions are decided: literals in bytes, slots by number, stretches, and what only
    Jinja can print."""

    def __init__(self, pieces: Sequence[str | int | Made | Slot]) -> None:
        self.pieces: list[bytes | int | Made | Slot] = []
        literal = ""
        for piece in pieces:
            if isinstance(piece, str):
                literal += piece
            else:
                self.pieces += [crlf(literal).encode(), piece]
                literal = ""
        self.pieces.append(crlf(literal).encode())
        self.direct = sorted({piece for piece in pieces if isinstance(piece, int)})
        self.made = sorted(
            {number for piece in pieces if isinstance(piece, Made) for number in piece.numbers}
        )
        self.numbers = sorted({*self.direct, *self.made})


class Part:
    """A body part. `finish` makes texts fit for it, many in one call."""

    def __init__(self, subtype: str, slots: Slots, pieces: list[Piece], finish: Callable[[str], str]) -> None:
        self._eight_bit = part_head(subtype, Encoding.EIGHT_BIT)
        self._base64 = part_head(subtype, Encoding.BASE64)
        self._slots = slots
        self._pieces = pieces
        self._tests = tests_of(pieces)
        self._finish = finish
        self._plans: dict[tuple[bool | None, ...], _Plan] = {}
        self._rooms, self._is_long = rooms_of(pieces, len(slots.all))
        self._least_room = min(self._rooms.values())
        if any("\0" in literal for literal in literals(pieces)):
            raise IntegrityError("The layout holds a NUL.")

    def body(self, people: People, marks: Sequence[bytes], *, eight_bit: bool) -> Columns:
        """Head and body of the part, ended for the boundary that follows. `marks` are the boundaries."""
        plan = self._plan(people)
        quick, finished = self._slots.texts(people, plan.numbers)
        direct = [number for number in plan.direct if number in quick] if finished else plan.direct
        filled = in_bytes([quick[number] for number in direct], marks, self._finish, lined=False)
        values = dict(zip(direct, filled, strict=True))
        columns, texts = _laid(plan, people, values, quick | finished)
        others = in_bytes(list(texts.values()), marks, lined=True)
        for place, column in zip(texts, others, strict=True):
            columns[place] = column
        if eight_bit and not self._may_be_too_long(values, others):
            return [self._eight_bit, *columns, b"\r\n"]
        return [map(partial(self._written, eight_bit=eight_bit), rows(columns))]

    def _plan(self, people: People) -> _Plan:
        decided = outcomes(self._tests, people)
        plan = self._plans.get(decided)
        if plan is None:
            plan = _Plan(settled(self._pieces, decided))
            if len(self._plans) < MOST_PLANS:
                self._plans[decided] = plan
        return plan

    def _may_be_too_long(self, values: dict[int, list[bytes]], others: list[list[bytes]]) -> bool:
        """Whether a line could be: only then must all lines be looked at."""
        if self._is_long or _longest(others) > self._least_room:
            return True
        if _longest(values.values()) <= self._least_room:
            return False
        return any(_longest([column]) > self._rooms[number] for number, column in values.items())

    def _written(self, body: bytes, eight_bit: bool) -> bytes:
        if eight_bit and not has_long_line(body):
            return b"".join((self._eight_bit, body, b"\r\n"))
        return self._base64 + base64_lines(body)


def _laid(
    plan: _Plan, people: People, values: Mapping[int, list[bytes]], texts: Texts
) -> tuple[Columns, dict[int, list[str]]]:
    """The columns, with places kept free for texts that are still to be encoded; these by place."""
    odd = untamed([texts[number] for number in plan.made], people.count)
    columns: Columns = []
    later: dict[int, list[str]] = {}
    for piece in plan.pieces:
        if isinstance(piece, bytes):
            columns.append(piece)
        elif isinstance(piece, int) and piece in values:
            columns.append(values[piece])
        else:
            for part in _texts_of(piece, people, texts, odd):
                if not isinstance(part, bytes):
                    later[len(columns)] = part
                columns.append(part if isinstance(part, bytes) else b"")
    return columns, later


def _texts_of(
    piece: int | Made | Slot, people: People, texts: Texts, odd: list[int]
) -> Sequence[bytes | list[str]]:
    """Texts that are finished, with literals between."""
    if isinstance(piece, int):
        return [texts[piece]]
    return piece.columns(texts, odd, people) if isinstance(piece, Made) else [piece.finished(people)]


def in_bytes(
    texts: Sequence[list[str]], marks: Sequence[bytes], finish: Callable[[str], str] = str, *, lined: bool
) -> list[list[bytes]]:
    """The texts in bytes, after `finish`. The guard: refuses what only values can bring and
    `mime.check_bytes` would refuse in the whole message, and a value that could be taken for the boundary.

    Texts that are `lined` hold whole line ends, others none.
    """
    packed = finish(pack(texts)).encode()
    columns = unpack(packed, len(texts), len(marks))
    # the NULs between keep a CR at the end of one and a LF at the beginning of the next apart
    if _holds_bare(packed) if lined else (b"\r" in packed or b"\n" in packed):
        raise IntegrityError("A value holds a bare CR, LF or NUL.")
    if _BOUNDARY_HEAD in packed:
        for column in columns:
            if any(b"--" + mark in value for value, mark in zip(column, marks, strict=True)):
                raise IntegrityError("A value holds the boundary of the message.")
    return columns


def _longest(columns: Iterable[list[bytes]]) -> int:
    return max(map(len, chain.from_iterable(columns)), default=0)


def _holds_bare(text: bytes) -> bool:
    """Whether there is a CR or LF that is not part of a line end."""
    ends = text.count(b"\n")
    return text.count(b"\r") != ends or (ends > 0 and text.count(b"\r\n") != ends)
