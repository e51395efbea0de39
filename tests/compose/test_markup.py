"""The author's light markup: what it means, and that it never loses a word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.compose.markup import Paragraph, PieceKind, parse_line, parse_markup, plain
from campaign.errors import TemplateError


def _shown(paragraphs: list[Paragraph]) -> list[str]:
    """Each paragraph in one string: `*bold*`, `<url|text>`, `-` for a point."""
    out = []
    for paragraph in paragraphs:
        text = ""
        for span in paragraph.spans:
            words = plain(span.pieces)
            words = f"<{plain(span.url)}|{words}>" if span.url else words
            text += f"*{words}*" if span.strong else words
        out.append(("- " if paragraph.item else "") + text)
    return out


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("một\nhai\n\nba", ["một hai", "ba"]),
        ("đầu:\n- một\n- hai\n  tiếp\n\ncuối", ["đầu:", "- một", "- hai tiếp", "cuối"]),
        ("• một\n* hai", ["- một", "- hai"]),
        ("-không phải\n5 * 3 ** 2", ["-không phải 5 * 3 ** 2"]),
        ("a **b c** d **e", ["a *b c* d **e"]),
        ("**限时优惠：**即日起", ["*限时优惠：*即日起"]),
        ("** a ** b**", ["** a ** b**"]),
        ("[đây](https://a.vn/x_(y)) nhé", ["<https://a.vn/x_(y)|đây> nhé"]),
        ("**[đây](https://a.vn)**", ["*<https://a.vn|đây>*"]),
        ("(xem https://a.vn/b?c=1.)", ["(xem <https://a.vn/b?c=1|https://a.vn/b?c=1>.)"]),
        ("xem “https://a.vn”，好", ["xem “<https://a.vn|https://a.vn>”，好"]),
        (r"\*\*không đậm\*\* \[x\](y)", ["**không đậm** [x](y)"]),
        ("[Tên] và [x] (y)", ["[Tên] và [x] (y)"]),
        ("# không # 1. hai\n> ba _bốn_ `năm` <b>", ["# không # 1. hai > ba _bốn_ `năm` <b>"]),
        (
            "{{ contact.x|default('**[a](b)**') }} **{{ y }}**",
            ["{{ contact.x|default('**[a](b)**') }} *{{ y }}*"],
        ),
        ("[x](https://a.vn/?c={{ contact.code }})", ["<https://a.vn/?c={{ contact.code }}|x>"]),
        ("a{# ghi chú\n\nriêng #}b", ["ab"]),
        ("{% if x %}\n\na\n\n{% endif %}", ["{% if x %}", "a", "{% endif %}"]),
    ],
)
def test_markup(source: str, shown: list[str]) -> None:
    assert _shown(parse_markup(source)) == shown


def test_breaks_are_kept_when_the_author_wants_them() -> None:
    (paragraph,) = parse_markup("Trân trọng,\nHà", keep_breaks=True)
    assert [piece.kind for piece in paragraph.pieces] == [PieceKind.TEXT, PieceKind.BREAK, PieceKind.TEXT]


def test_a_paragraph_knows_its_line_and_whether_it_is_only_tags() -> None:
    found = parse_markup("a\n\n{% if x %}\n- b\n- c\n{% endif %}")
    assert [(paragraph.line, paragraph.tags_only) for paragraph in found] == [
        (1, False), (3, True), (4, False), (5, False), (6, True),
    ]  # fmt: skip


def test_braces_that_do_not_pair_are_one_error() -> None:
    for source in ("{{ x", "{% if", "{{ '}} "):
        with pytest.raises(TemplateError):
            parse_markup(source)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=80)
    | st.text("*[]()\\ -\nah:/ps", max_size=60)
)
def test_no_word_is_lost_and_none_is_made(source: str) -> None:
    try:
        paragraphs = parse_markup(source)
    except TemplateError:
        return
    letters = [mark for paragraph in paragraphs for mark in plain(tuple(paragraph.pieces)) if mark.isalnum()]
    urls = [
        mark
        for p in paragraphs
        for s in p.spans
        if s.url and not s.bare
        for mark in plain(s.url)
        if mark.isalnum()
    ]
    if "{" not in source:
        assert sorted(letters + urls) == sorted(mark for mark in source if mark.isalnum())


@pytest.mark.parametrize(
    "seed", ["**", "[", "[a](", "[a](b", "https://", "\\", "- ", "**a", "](", "(((", "{{x}}"]
)
def test_hostile_repetition_stays_fast(seed: str) -> None:
    source = (seed * 20_000)[: 20_000 // len(seed) * len(seed)]
    start = time.process_time()
    parse_markup(source)
    assert time.process_time() - start < 10  # linear time


def test_a_line_has_no_markup() -> None:
    (span,) = parse_line("**{{ contact.x }}** - [a](b)").spans
    assert plain(span.pieces) == "**{{ contact.x }}** - [a](b)"
