"""Values that keep to their rooms make no line of mail too long, whatever conditions leave out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaign.render.mime import LINE_LIMIT
from campaign.render.rooms import rooms_of
from campaign.render.segments import Given, Piece, Slot

SLOTS = 3
LITERAL = st.sampled_from(
    ["", "a", "\n", "a\nb", "ễ" * 100, "x" * 450, f"{'y' * 300}\n{'z' * 300}", "w" * 1000]
)
INSIDE = st.lists(LITERAL | st.integers(0, SLOTS - 1), max_size=3).map(tuple)
CONDITION = st.builds(Given, st.just(lambda _people: []), INSIDE, st.just(Slot(lambda _data: "", None)))


@given(
    pieces=st.lists(LITERAL | st.integers(0, SLOTS - 1) | CONDITION, max_size=8),
    outcomes=st.lists(st.sampled_from(["holds", "fails", "differs"]), min_size=8, max_size=8),
)
def test_no_line_is_too_long(pieces: list[Piece], outcomes: list[str]) -> None:
    rooms, too_long = rooms_of(pieces, SLOTS)
    least = min(rooms.values())
    if too_long or least < 0:
        return  # then every line is looked at
    text = ""
    for piece, outcome in zip(pieces, outcomes, strict=False):
        if not isinstance(piece, Given):
            parts: tuple[object, ...] = (piece,)
        elif outcome == "differs":
            parts = ("v" * least,)
        else:
            parts = piece.pieces if outcome == "holds" else ()
        text += "".join("v" * rooms[part] if isinstance(part, int) else str(part) for part in parts)
    assert max(len(line.encode()) for line in text.split("\n")) <= LINE_LIMIT


def test_what_is_too_long_without_values_is_said() -> None:
    assert rooms_of(["a\n", "x" * 999], 0) == ({0: LINE_LIMIT}, True)
    assert rooms_of(["a\n", "x" * 998, "\n", 0], 1) == ({0: LINE_LIMIT, 1: LINE_LIMIT}, False)
