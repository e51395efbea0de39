"""The pencil in a rendering: found by words, nothing else changed."""

from __future__ import annotations

import pytest
from lxml import html

from campaign.web import marking
from campaign.web.marking import Mark

PAGE = (
    "<html><head></head><body><p>Kính gửi chị Lan,</p>"
    "<p>Giá <b>rẻ nhất</b> thế giới &amp; hơn.</p></body></html>"
)


def mark(quote: str, block: str = "", number: int = 1, severity: str = "blocking") -> Mark:
    return Mark(number, severity, quote, block or quote)


def words(source: str) -> str:
    return str(html.document_fromstring(source).body.text_content())


@pytest.mark.parametrize("quote", ["rẻ nhất", "Giá rẻ nhất thế giới", "giới & hơn"])
def test_words_are_marked_across_elements_and_none_is_changed(quote: str) -> None:
    made = marking.document(PAGE, [mark(quote)])
    marked = html.document_fromstring(made).xpath("//mark")
    assert "".join(one.text_content() for one in marked) == quote
    assert words(made).replace("1", "") == words(PAGE)
    assert 'id="finding-1"' in made


def test_a_block_with_merge_fields_is_found_by_its_own_words() -> None:
    made = marking.document(PAGE, [mark("{{ contact.x }}", "Kính gửi {{ contact.full_name }},")])
    assert "<mark" in made


def test_the_same_words_are_marked_where_their_block_is() -> None:
    text = "Trà ngon. Hôm nay có trà ngon."
    made = marking.plain(text, [mark("ngon", "Hôm nay có trà ngon.")])
    assert made.index("<mark") > made.index("Hôm nay")


def test_marks_over_each_other_show_the_heaviest_and_both_numbers() -> None:
    made = marking.plain("Mua ngay hôm nay", [mark("Mua ngay"), mark("ngay hôm", number=2, severity="info")])
    assert 'id="finding-1"' in made
    assert 'id="finding-2"' in made
    assert "marked-info" in made


def test_what_is_not_there_is_not_marked_and_markup_stays_text() -> None:
    assert marking.plain("<b>x</b>", [mark("không có")]) == "&lt;b&gt;x&lt;/b&gt;"
    assert marking.document(PAGE, []) == PAGE
