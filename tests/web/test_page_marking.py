"""The pencil on a letter's pages: under the words, line by line, over the end of a page."""

from __future__ import annotations

import pytest

from campaign.render.page_text import Box, Line, PageText
from campaign.render.pdf import read_pages
from campaign.web import page_marking
from campaign.web.marking import Mark
from campaign.web.page_marking import Stroke
from tests.render.letters import filled


def line(text: str, y: float) -> Line:
    boxes = tuple(Box(70 + 10 * n, y, 80 + 10 * n, y + 8) for n in range(len(text)))
    return Line(text, 1, boxes)


def page(*texts: str) -> PageText:
    return PageText(595, 842, [line(text, 100 + 20 * n) for n, text in enumerate(texts)])


def mark(quote: str, number: int = 1, severity: str = "blocking", block: str = "") -> Mark:
    return Mark(number, severity, quote, block or quote)


def test_one_box_a_line_from_word_to_word() -> None:
    ((stroke,),) = page_marking.strokes([page("Giá rẻ nhất", "thế giới.")], [mark("rẻ nhất thế")])
    assert stroke == Stroke((1,), "blocking", [Box(110, 100, 180, 108), Box(70, 120, 100, 128)], "1")


def test_over_the_end_of_a_page_the_number_stands_where_it_begins() -> None:
    first, second = page_marking.strokes([page("rẻ"), page("nhất")], [mark("rẻ nhất")])
    assert (first[0].numbers, first[0].label) == ((1,), "1")
    assert (second[0].numbers, second[0].label) == ((), "")


def test_two_that_begin_on_a_line_share_the_margin() -> None:
    (drawn,) = page_marking.strokes([page("rẻ nhất", "đẹp")], [mark("rẻ"), mark("nhất", 2), mark("đẹp", 3)])
    assert [stroke.label for stroke in drawn] == ["1, 2", "", "3"]


def test_the_same_words_are_drawn_once_with_both_numbers() -> None:
    marks = [mark("rẻ", 2, "info"), mark("rẻ", 5, "warning")]
    ((stroke,),) = page_marking.strokes([page("Giá rẻ")], marks)
    assert (stroke.numbers, stroke.severity, stroke.label) == ((2, 5), "warning", "2, 5")


def test_in_the_editor_there_are_no_numbers() -> None:
    ((stroke,),) = page_marking.strokes([page("Giá rẻ")], [mark("rẻ", 0)])
    assert (stroke.numbers, stroke.label) == ((), "")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("获得2个席位", True),
        ("rẻ {{ contact.full_name }} nhất", True),
        ("rẻ {{ contact.full_name }}", True),
        ("{{ contact.full_name }}", False),
        ("không có", False),
    ],
)
def test_breaks_blanks_and_names_between_the_words(quote: str, found: bool) -> None:
    (drawn,) = page_marking.strokes(
        [page("您可获得 2 个席", "位", "rẻ chị Lan", "nhất")], [mark(quote, block="-")]
    )
    assert bool(drawn) is found


def test_on_a_real_letter_the_stroke_lies_in_the_body() -> None:
    pages = read_pages(filled())
    ((stroke,),) = page_marking.strokes(pages, [mark("Nguyễn Thị Ền")])
    (box,) = stroke.boxes
    assert 70 < box.left < box.right < pages[0].width - 70
    assert 300 < box.top < box.bottom < pages[0].height
