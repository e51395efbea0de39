"""The reading of HTML: what is seen, where it stands in the source, where links lead."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.document import Draft
from lint_rules.parsing import css
from lint_rules.parsing.domains import registrable
from lint_rules.parsing.html_parts import is_pixel, read_html
from lint_rules.parsing.links import find_urls, host_of


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ("", ""),
        ("Trà sen", "Trà sen"),
        ("<p>Trà</p><p>sen</p>", "Trà\n\nsen"),
        ("<P>Trà</P>", "Trà"),
        ("Trà<br>sen<BR/>Huế", "Trà\nsen\nHuế"),
        ("<b>tr</b><i>à</i>", "trà"),
        ("trà \n  sen", "trà sen"),
        ("1 &lt; 2 &amp; 3 &#60; 4 &#x3c; 5", "1 < 2 & 3 < 4 < 5"),
        ("Tr&agrave; sen", "Trà sen"),
        ("Q&A, AT&T, a&b", "Q&A, AT&T, a&b"),
        ("a &nosuchthing; b", "a &nosuchthing; b"),
        ("2 < 3 và 4 > 1", "2 < 3 và 4 > 1"),
        ("<table><tr><td>Giá</td><td>9</td></tr><tr><td>Hạn</td></tr></table>", "Giá 9 \nHạn"),
        ("<table><tr><td><table><tr><td>trong</td></tr></table></td></tr></table>", "trong"),
        ("trước<!-- <b>bình</b> -->sau", "trướcsau"),
        ("trước<!-->sau", "trướcsau"),
        ("trước<!-- mở mãi <p>x</p>", "trước"),
        ("<!--[if mso]><p>Outlook</p><![endif]--><p>mọi nơi</p>", "mọi nơi"),
        ("<!--[if !mso]><!--><p>mọi nơi</p><!--<![endif]-->", "mọi nơi"),
        ("<![if !mso]><p>mọi nơi</p><![endif]>", "mọi nơi"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD" "http://www.w3.org/x.dtd"><p>trà</p>', "trà"),
        ("<!doctype html>trà", "trà"),
        ('<?xml version="1.0"?><p>trà</p>', "trà"),
        ("<head><title>Thư</title><style>p{color:red}</style></head><body>trà</body>", "trà"),
        ("<head><title>Thư</title><body>trà", "trà"),
        ("<style>a > b { } </style>trà", "trà"),
        ("<script>if (1<b) { x = '<script>' }</script>trà", "trà"),
        ("<title>a <b> c</title>trà", "trà"),
        ("<style>p{}", ""),
        ('<div style="display:none">ẩn</div>trà', "trà"),
        ('<div STYLE="DISPLAY : NONE">ẩn</div>trà', "trà"),
        ("<div hidden>ẩn <div>sâu</div> ẩn</div>trà", "trà"),
        ('<p style="display:none">ẩn<p>trà', "trà"),
        ('<img style="display:none">trà', "trà"),
        ('<br style="display:none">trà', "trà"),
        ('<p title="a > b">trà</p>', "trà"),
        ("<p title='\"'>trà</p>", "trà"),
        ('<p title="it\'s">trà</p>', "trà"),
        ('<p title="mở>trà</p>', "trà"),
        ("<p class=x>trà", "trà"),
        ("trà<", "trà<"),
        ("trà<p", "trà"),
        ("trà</", "trà</"),
    ],
)
def test_visible_text(source: str, visible: str) -> None:
    assert read_html(source).visible.strip() == visible


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<a href="https://t.example">Trà</a>', [("https://t.example", "Trà", "")]),
        ("<A HREF=https://t.example/a/>Trà</A>", [("https://t.example/a/", "Trà", "")]),
        ("<a href='x'>Tr<b>à</b></a>", [("x", "Trà", "")]),
        ('<a href="?a=1&amp;b=2">x</a>', [("?a=1&b=2", "x", "")]),
        ('<a href="?a=1&copy=2&reg=3">x</a>', [("?a=1&copy=2&reg=3", "x", "")]),
        ('<a href="java&#115;cript&colon;x">x</a>', [("javascript:x", "x", "")]),
        ("<a href>x</a>", [("", "x", "")]),
        ('<a name="top"></a>', []),
        ('<a href="x">một<a href="y">hai</a>', [("x", "một", ""), ("y", "hai", "")]),
        ('<p><a href="x">mở mãi</p>', [("x", "mở mãi\n\n", "")]),
        ('<a href="x"><img src="i" alt="Hộp trà"></a>', [("x", "", "Hộp trà")]),
        ('<a href="x"><img alt="Hộp"> trà <img alt="sen"></a>', [("x", "trà ", "Hộp sen")]),
        ('<map><area href="x" alt="Giá"></map>', [("x", "", "Giá")]),
        ('<!-- <a href="x">x</a> -->', []),
        ('<div style="display:none"><a href="x">x</a></div>', []),
        ('<a title="href=y" href="x">x</a>', [("x", "x", "")]),
        ('<a href="x" href="y">x</a>', [("x", "x", "")]),
    ],
)
def test_anchors(source: str, found: list[tuple[str, str, str]]) -> None:
    html = read_html(source)
    assert [
        (anchor.href, html.visible[anchor.span.start : anchor.span.end], anchor.alt)
        for anchor in html.anchors
    ] == found


def test_the_place_of_a_value_is_exact() -> None:
    source = "Trà <a title=\"href=https://no.example\" HREF = 'https://yes.example'>x</a>"
    (tag,) = read_html(source).every_tag
    place = tag.place_of("href")
    assert place is not None
    assert source[place.start : place.end] == "https://yes.example"
    assert tag.place_of("class") is None


@pytest.mark.parametrize(
    ("image", "counts"),
    [
        ('<img src="o" width="1" height="1">', True),
        ('<img src="o" width="1px" height="0">', True),
        ('<img src="o" width="1">', True),
        ('<img src="o" style="width:1px; height: 1px !important">', True),
        ('<img src="o" style="display:none">', True),
        ('<img src="o" width="1" height="300">', False),
        ('<img src="o" width="600" height="1">', False),
        ('<img src="o" width="100%">', False),
        ('<img src="o" style="max-width:1px">', False),
        ('<img src="o">', False),
    ],
)
def test_pixels(image: str, counts: bool) -> None:
    (tag,) = read_html(image).every_tag
    assert is_pixel(tag) is counts


PIECES = [
    "Trà", "sen ", "<p>", "</p>", "<br>", "&nbsp;", "&amp;", "&", "<", ">", "\n", "<!--", "-->", '"', "'",
    "<a href='x'>", "</a>", "<div hidden>", "</div>", "<style>", "</style>", "<td>", "<table>", "e\u0301",
    "\u200b", "<!DOCTYPE html>", "&#7879;", "<img alt='é'>", "👨\u200d👩",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(SOURCES)
def test_visible_characters_stand_where_their_places_say(source: str) -> None:
    html = read_html(source)
    assert len(html.places) == len(html.visible)
    assert list(html.places) == sorted(html.places)
    for char, place in zip(html.visible, html.places, strict=True):
        there = source[place]
        assert there == char or there == "&" or (char in " \n" and (there.isspace() or there == "<"))


@given(SOURCES)
def test_spans_lie_within_the_source(source: str) -> None:
    draft = Draft("vi", "email", "marketing", "Trà", "", source)
    assert [source[tag.start] for tag in draft.html.every_tag] == ["<"] * len(draft.html.every_tag)
    opening = [mark[0] for mark in draft.html.marks if mark[2] and not mark[2].closing]
    assert [tag.start for tag in draft.html.every_tag] == opening
    for link in draft.html_links:
        assert 0 <= link.span.start <= link.span.end <= len(link.part.text)


@given(SOURCES)
def test_tags_asked_for_by_kind_are_those_of_all_that_are_seen(source: str) -> None:
    html = read_html(source)
    seen = [tag for tag in html.every_tag if tag.start not in html.unseen]
    names = {tag.name for tag in seen}
    assert [tag.start for tag in html.named(*names)] == [tag.start for tag in seen]
    kinds = {tag.kind for tag in html.every_tag}
    firsts = {kind: next((tag.start for tag in seen if tag.kind is kind), None) for kind in kinds}
    assert {tag.kind: tag.start for tag in html.first_seen(kinds)} == {
        kind: start for kind, start in firsts.items() if start is not None
    }
    assert {tag.kind for tag in html.first_tags} == kinds


def test_what_stands_within_a_hidden_element_is_not_seen() -> None:
    html = read_html('<div hidden><img src="a"><p>x</p></div><p>y</p><img src="a">')
    assert [tag.start for tag in html.named("img")] == [html.every_tag[-1].start]
    assert [tag.start for tag in html.first_seen({html.every_tag[1].kind})] == [html.every_tag[-1].start]
    assert html.visible == "y\n\n"


@pytest.mark.parametrize("piece", ["<a ", "<p '", '<p "', "<!--", "<style>", "<title>", "</", "<a href='x'>"])
def test_hostile_html_is_read_in_time_that_grows_with_its_size(piece: str) -> None:
    start = time.process_time()
    read_html(piece * (400_000 // len(piece)))
    assert time.process_time() - start < 10.0  # linear time; how long exactly, the bench says


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("color:#FFF; Font-Size : 12PX", {"color": "#fff", "font-size": "12px"}),
        ("color:red;color:blue!important", {"color": "blue"}),
        ("background:url(https://t.example/a.png) #fff", {"background": "url(https://t.example/a.png) #fff"}),
        ("", {}),
        ("color", {}),
    ],
)
def test_declarations(style: str, found: dict[str, str]) -> None:
    assert css.declarations(style) == found


def test_rules_for_some_screens_are_left_out() -> None:
    sheet = (
        "@import url(x);/* .c{color:red} */.a, .b{color:red}@media (x){.d{color:red}@media y{.f{}}}.e{top:0}"
    )
    assert [selector for selector, _ in css.plain_rules(sheet)] == [".a", ".b", ".e"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("#FFF", "ffffff"),
        ("#FfFfFf", "ffffff"),
        ("white", "ffffff"),
        ("rgb(255, 255,255)", "ffffff"),
        ("red", "ff0000"),
        ("#fff url(a.png)", "ffffff"),
        ("var(--x)", ""),
        ("none", ""),
    ],
)
def test_colours(value: str, found: str) -> None:
    assert css.colour(value) == found


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("shop.tea.co.uk", "tea.co.uk"),
        ("tea.com.vn", "tea.com.vn"),
        ("a.b.tea.com.cn", "tea.com.cn"),
        ("TEA.example.", "tea.example"),
        ("tea.example:8443", "tea.example"),
        ("www.bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:80", "203.0.113.9"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("co.uk", None),
        ("", None),
    ],
)
def test_registrable(host: str, domain: str | None) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("https://www.Tea.example/a", "tea.example"),
        ("//tea.example", "tea.example"),
        ("https://u:p@tea.example:80/", "tea.example"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("https://tea.example./", "tea.example"),
        ("tea.example/a", "tea.example"),
        ("mailto:a@tea.example", ""),
        ("tel:+8490", ""),
        ("#a.b", ""),
        ("/a.html", ""),
        ("{{ view_url }}", ""),
        ("", ""),
    ],
)
def test_host_of(href: str, host: str) -> None:
    assert host_of(href) == host


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xem https://t.example/a.", ["https://t.example/a"]),
        ("bücher.example và cháo.vn", []),
        ("请访问cha.example/ding。", ["cha.example/ding"]),
        ("viết cho an@t.example", []),
    ],
)
def test_addresses_written_out(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_urls(text)] == found
