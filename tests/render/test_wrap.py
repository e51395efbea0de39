"""Wrapping: no line too wide, no word lost, no link torn."""

from __future__ import annotations

import itertools
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from campaign.render.wrap import WIDTH, display_width, wrap


def test_width_is_what_a_screen_shows() -> None:
    assert display_width("Nguyễn") == 6
    assert display_width(unicodedata.normalize("NFD", "Nguyễn")) == 6
    assert display_width("茶 x") == 4


def test_lines_break_at_blanks_and_links_never() -> None:
    link = "https://example.com/" + "a" * 80
    assert wrap(f"xem {link} nhé") == ["xem", link, "nhé"]
    assert wrap("một hai ba", 7) == ["một hai", "ba"]
    assert wrap("- một hai ba", 7, indent="  ") == ["- một", "  hai", "  ba"]
    assert wrap("   ") == []


def test_a_line_of_exactly_the_width_stays_whole() -> None:
    assert wrap("a" * 33 + " " + "b" * 33) == ["a" * 33 + " " + "b" * 33]
    assert wrap("a" * 33 + " " + "b" * 34) == ["a" * 33, "b" * 34]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert wrap("您好您好。", 8) == ["您好您", "好。"]
    assert wrap("您好（您好", 6) == ["您好", "（您好"]
    assert wrap("节省60,000越盾", 9) == ["节省", "60,000越", "盾"]


@given(st.text(st.sampled_from("aễ茶，。（ 👍\u0301-"), max_size=200), st.integers(8, 80))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line == line.strip()
        if display_width(line) > width:
            assert " " not in line.strip()


@given(st.lists(st.text("aễx", min_size=1, max_size=20), max_size=60))
def test_words_come_back_in_order(words: list[str]) -> None:
    lines = wrap(" ".join(words))
    assert " ".join(lines).split() == words
    assert all(display_width(line) <= WIDTH for line in lines)
    # greedy: the first word of a line did not fit on the line before
    for before, after in itertools.pairwise(lines):
        assert display_width(before) + 1 + display_width(after.split()[0]) > WIDTH
