"""E-mail as sent: laid out once, filled for each recipient, every value escaped, every line in measure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from campaign.compose.check import check_document
from campaign.compose.document import Block, Document, Offer, Part
from campaign.errors import TemplateError
from campaign.models import Channel, MessageKind
from campaign.render import layouts, samples
from campaign.render.content import MessageContent
from campaign.render.email import CompiledEmail, compile_email
from campaign.render.letter import compile_letter
from campaign.render.wrap import display_width

SYSTEM = {
    "unsubscribe_url": "https://example.com/u/abc?x=1&y=2",
    "view_url": "https://example.com/v/abc",
    "reply_code": "ABCD",
    "today": "2026-03-09",
}
LAN = {"contact": {"full_name": "Nguyễn Thị Lan", "given_name": "Lan", "code": "KH 1&2"}}
KNOWN = ["contact.full_name", "contact.given_name", "contact.form_of_address", "contact.code"]
LAYOUTS = ["letterhead", "offer", "greeting", "confirmation"]


def _content(*blocks: Block, layout: str = "letterhead", language: str = "vi") -> MessageContent:
    base = samples.sample_content(Channel.EMAIL, layout, language)
    return base.with_document(0, Document(blocks))


def _body(text: str, **facts: Any) -> Block:
    return Block("b1", Part.BODY, text, **facts)


def _compiled(*blocks: Block) -> CompiledEmail:
    assert not check_document(Document(blocks), KNOWN)
    return compile_email(_content(*blocks), 0)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_every_layout_renders_its_sample(layout: str, language: str) -> None:
    sample = samples.load_sample(Channel.EMAIL, layout)
    assert not check_document(sample.documents[language], KNOWN)
    content = samples.sample_content(Channel.EMAIL, layout, language)
    parts = compile_email(content, 0).fill(sample.values[language], SYSTEM)
    assert "{{" not in parts.html
    assert "{%" not in parts.html
    page = BeautifulSoup(parts.html, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == language
    text = page.get_text(" ", strip=True)
    for fact in ("full_name", "given_name"):
        if f"contact.{fact}" in str(sample.documents[language].of(Part.SALUTATION)):
            assert sample.values[language]["contact"][fact] in text
    # what the law asks of every mail stands in both parts
    for part in (text, parts.text):
        assert content.sender.organisation in part
        assert content.sender.address in part
    # a question whether somebody wants mail at all is left unanswered instead
    leaves = layout != "confirmation"
    assert (SYSTEM["unsubscribe_url"] in parts.text) is leaves
    assert bool(page.find("a", href=SYSTEM["unsubscribe_url"])) is leaves
    # nothing is fetched from anywhere, no line breaks a server's limit
    assert not re.search(r"<(?:img|link|script|iframe)|url\(|@import", parts.html)
    assert max(len(line.encode()) for line in parts.html.split("\n")) < 998
    assert all(display_width(line) <= 67 or line.startswith("http") for line in parts.text.split("\n"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_its_words_in_three_languages(layout: str) -> None:
    loaded = layouts.load(Channel.EMAIL, layout)
    tables = loaded.facts["words"]
    assert set(tables) == {"vi", "en", "zh"}
    assert set(tables["vi"]) == set(tables["en"]) == set(tables["zh"])
    assert all(loaded.title(language) and loaded.description(language) for language in tables)


def test_markup_becomes_html_and_text() -> None:
    made = _compiled(
        _body(
            "Chào **chị {{ contact.given_name }}**,\ndòng này nối tiếp.\n\n- một\n- hai\n\n"
            "Xem [bảng giá](https://example.com/gia?a=1&b=2) hoặc https://example.com/moi."
        )
    )
    parts = made.fill(LAN, SYSTEM)
    page = BeautifulSoup(parts.html, "html.parser")
    assert [strong.get_text() for strong in page.select(".copy strong")] == ["chị Lan"]
    assert [point.get_text() for point in page.select(".copy li")] == ["một", "hai"]
    assert [link["href"] for link in page.select(".copy a")] == list(made.links)
    assert made.links == ("https://example.com/gia?a=1&b=2", "https://example.com/moi")
    head = parts.text.partition("\n---\n")[0]
    assert head == (
        "Chào chị Lan, dòng này nối tiếp.\n\n- một\n- hai\n\n"
        "Xem bảng giá hoặc\nhttps://example.com/moi\nhttps://example.com/gia?a=1&b=2\n"
    )


def test_values_are_text_in_every_part() -> None:
    hostile = "<img src=x onerror=alert(1)>**x** [y](https://evil.example) {{ 7*7 }} \"'\r\nBcc: z"
    made = _compiled(
        Block("s", Part.SUBJECT, "Chào {{ contact.given_name }}"),
        _body("Chào {{ contact.given_name }}, [đơn](https://example.com/?c={{ contact.given_name }})\n\nHết"),
    )
    parts = made.fill({"contact": {"given_name": hostile}}, SYSTEM)
    page = BeautifulSoup(parts.html, "html.parser")
    assert not page.find("img")
    assert len(page.select(".copy a")) == 1
    assert page.select(".copy a")[0]["href"].startswith("https://example.com/?c=%3Cimg%20src%3Dx")
    assert "{{ 7*7 }}" in page.get_text()
    assert not page.select(".copy strong")
    assert "\n" not in parts.subject
    assert "\r" not in parts.text
    assert not any(line.startswith("Bcc") for line in parts.text.split("\n"))


def test_what_looks_like_jinja_in_copy_sender_and_words_stays_text() -> None:
    content = _content(_body("Mã {{ '{{' }} 7*7 {{ '}}' }} và {{ '{%' }} x"))
    content = replace(content, sender=replace(content.sender, organisation="A {{ 7*7 }} {% x %} {# y #} B"))
    parts = compile_email(content, 0).fill(LAN, SYSTEM)
    for part in (BeautifulSoup(parts.html, "html.parser").get_text(), parts.text):
        assert "A {{ 7*7 }} {% x %} {# y #} B" in part
        assert "Mã {{ 7*7 }} và {% x" in part


def test_conditions_choose_paragraphs_points_and_words() -> None:
    made = _compiled(
        _body(
            "{% if contact.given_name %}Chào {{ contact.given_name }}{% else %}Chào bạn{% endif %},\n\n"
            "- một\n{% if contact.form_of_address == 'chị' %}\n- riêng cho chị\n{% endif %}\n- ba\n\nHết"
        )
    )
    with_her = made.fill({"contact": {"given_name": "Lan", "form_of_address": "chị"}}, SYSTEM)
    without = made.fill({"contact": {}}, SYSTEM)
    for parts, points, hello in (
        (with_her, ["một", "riêng cho chị", "ba"], "Lan"),
        (without, ["một", "ba"], "bạn"),
    ):
        page = BeautifulSoup(parts.html, "html.parser")
        assert [point.get_text() for point in page.select(".copy li")] == points
        assert f"Chào {hello}," in parts.text
        assert "\n\n\n" not in parts.text
    assert without.text.startswith("Chào bạn,\n\n- một\n\n- ba\n\nHết\n")


def test_a_missing_value_is_an_error_and_never_an_empty_place() -> None:
    made = _compiled(_body("Chào {{ contact.given_name }}"))
    with pytest.raises(TemplateError, match="given_name"):
        made.fill({"contact": {}}, SYSTEM)
    with pytest.raises(TemplateError, match="unsubscribe_url"):
        _compiled(_body("x")).fill(LAN, {"view_url": "https://example.com"})


def test_tracked_links_and_the_pixel_are_put_in_when_filling() -> None:
    made = _compiled(
        Block("a", Part.ACTION, "Đặt ngay", url="https://example.com/dat"),
        _body("Xem https://example.com/dat và [thư](mailto:a@example.com)"),
    )
    assert made.links == ("https://example.com/dat",)
    parts = made.fill(
        LAN,
        SYSTEM | {"pixel_url": "https://t.example/o/1"},
        {"https://example.com/dat": "https://t.example/c/1"},
    )
    page = BeautifulSoup(parts.html, "html.parser")
    assert {link["href"] for link in page.select(".copy a")} == {
        "https://t.example/c/1",
        "https://example.com/dat",  # words that are an address lead exactly there
        "mailto:a@example.com",
    }
    assert page.find("a", string="https://example.com/dat", href="https://example.com/dat")
    assert page.find("img", src="https://t.example/o/1")
    assert "https://example.com/dat" not in parts.text
    assert parts.text.count("https://t.example/c/1") == 2
    assert "<img" not in made.fill(LAN, SYSTEM).html


def test_the_action_is_repeated_after_a_postscript_without_a_link() -> None:
    action = Block("a", Part.ACTION, "Đặt ngay", url="https://example.com/dat")
    repeated = _compiled(action, Block("p", Part.POSTSCRIPT, "T.B. Hạn 31/12")).fill(LAN, SYSTEM)
    own = _compiled(action, Block("p", Part.POSTSCRIPT, "T.B. https://example.com/x")).fill(LAN, SYSTEM)
    assert (
        repeated.text.count("https://example.com/dat") == repeated.html.count("https://example.com/dat") == 2
    )
    assert own.text.count("https://example.com/dat") == own.html.count("https://example.com/dat") == 1


def test_lines_know_their_block_and_keep_the_authors_breaks() -> None:
    long = "chữ " * 20
    made = _compiled(
        Block("s1", Part.SALUTATION, "Kính gửi {{ contact.full_name }},"),
        Block("b1", Part.BODY, f"{long}\nngắn", keep_breaks=True),
        Block("o1", Part.OFFER, facts=Offer(product="Trà", price="90.000đ")),
    )
    _, lines = made.subject_and_text(LAN, SYSTEM)
    by_block = {
        block: [line.text for line in lines if line.block_id == block] for block in ("s1", "b1", "o1")
    }
    assert by_block["s1"] == ["Kính gửi Nguyễn Thị Lan,", ""]
    assert by_block["b1"] == [long.strip(), "ngắn", ""]
    assert by_block["o1"] == ["Trà", "- Giá: 90.000đ", ""]
    assert lines[-1].block_id == "footer"
    assert "\n".join(line.text for line in lines) + "\n" == made.fill(LAN, SYSTEM).text
    shown = made.text_lines_with_fields()
    assert shown[0].text == "Kính gửi {{ contact.full_name }},"
    assert shown[-1].text == "{{ system.view_url }}"


def test_links_that_copy_may_not_have_are_printed_as_text() -> None:
    content = _content(
        _body("[x](javascript:alert(1)) [y](data:text/html,z) [z]({{ contact.given_name }})"),
        Block("a", Part.ACTION, "Bấm", url="javascript:alert(1)"),
    )
    parts = compile_email(content, 0).fill(LAN, SYSTEM)
    page = BeautifulSoup(parts.html, "html.parser")
    assert not [link for link in page.select(".copy a") if link.get("href")]
    assert "javascript:alert(1)" in page.get_text()


def test_a_reply_has_no_way_to_unsubscribe_and_says_who_writes() -> None:
    content = replace(_content(_body("Cảm ơn")), kind=MessageKind.REPLY)
    parts = compile_email(content, 0).fill(LAN, {"view_url": "https://example.com/v"})
    assert "example.com/u/" not in parts.html + parts.text
    assert content.sender.organisation in parts.text


def test_half_typed_braces_are_one_clear_error() -> None:
    with pytest.raises(TemplateError):
        compile_email(_content(_body("Chào {{ contact.given_name")), 0)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("part", list(Part))
def test_every_layout_bears_copy_of_a_single_part(layout: str, part: Part) -> None:
    facts = {"facts": Offer(price="90.000đ")} if part is Part.OFFER else {"text": "Một câu"}
    if part is Part.ACTION:
        facts["url"] = "https://example.com/x"
    parts = compile_email(_content(Block("b1", part, **facts), layout=layout), 0).fill(LAN, SYSTEM)
    shown = BeautifulSoup(parts.html, "html.parser").get_text()
    assert "90.000đ" in shown if part is Part.OFFER else "Một câu" in shown
    assert "None" not in shown


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_name_the_sender_in_any_brand_colour(layout: str) -> None:
    content = _content(_body("Chào"), layout=layout)
    content = replace(content, sender=replace(content.sender, colour="#ffe14d"))
    html = compile_email(content, 0).fill(LAN, SYSTEM).html
    assert "#ffe14d" in html
    assert "color:#ffe14d" not in re.sub(r"(?:background-|border[a-z-]*:[^;]*)color:#ffe14d", "", html)


_hostile = st.text(st.sampled_from("<>\"'&{}%#\\*[]()\r\n\0 aễ=/:;-`$"), max_size=60)


@given(name=_hostile, code=_hostile)
def test_no_value_changes_the_shape_of_the_page(name: str, code: str) -> None:
    made = _shape_probe()
    harmless = made.fill({"contact": {"full_name": "Lan", "code": "1"}}, SYSTEM)
    parts = made.fill({"contact": {"full_name": name, "code": code}}, SYSTEM)
    assert _shape(parts.html) == _shape(harmless.html)
    assert "\n" not in parts.subject + parts.preheader
    assert "\r" not in parts.html + parts.text


@cache
def _shape_probe() -> CompiledEmail:
    return _compiled(
        Block("s", Part.SUBJECT, "Chào {{ contact.full_name }}"),
        Block("h", Part.PREHEADER, "{{ contact.full_name }}"),
        Block("c", Part.SALUTATION, "Kính gửi {{ contact.full_name }},"),
        _body("- **{{ contact.full_name }}** [đơn](https://example.com/?c={{ contact.code }})"),
        Block("o", Part.OFFER, facts=Offer(product="Trà", code="{{ contact.code }}")),
        Block("a", Part.ACTION, "Đặt {{ contact.code }}", url="https://example.com/{{ contact.code }}"),
    )


def _shape(html: str) -> list[tuple[str, list[str]]]:
    page = BeautifulSoup(html, "html.parser")
    return [(tag.name, sorted(tag.attrs)) for tag in page.find_all(True)]


PROGRAMS = [
    "{{ 'a' * 10**9 }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ ''.__class__ }}",
    "{% include 'x' %}",
]


@pytest.mark.parametrize("source", PROGRAMS)
def test_copy_that_nobody_checked_is_not_compiled(source: str) -> None:
    with pytest.raises(TemplateError, match="compose-problem"):
        compile_email(_content(_body(source)), 0)
    letter = samples.sample_content(Channel.LETTER, "business", "vi")
    letter = letter.with_document(0, Document((_body(source),)))
    with pytest.raises(TemplateError, match="compose-problem"):
        compile_letter(letter, 0)
