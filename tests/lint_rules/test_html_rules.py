"""The HTML part: what mail programs drop, how heavy it is, what it hides, what stands beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import lint_rules
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits
from lint_rules.registry import rule_named
from lint_rules.rule import Severity


def found(
    rule_id: str, html: str = "", text: str = "", context: dict[str, Any] | None = None
) -> list[Finding]:
    rule = rule_named(rule_id)
    assert rule is not None
    given = Context.from_json(context or {})
    return check(Draft("en", "email", "marketing", "Tea", text, html, given), rules=[rule])


# -- html-not-supported-by-mail-clients ----------------------------------------------------------

UNSUPPORTED = "html-not-supported-by-mail-clients"
TEA = "<p>Tea</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>", "<SCRIPT src=x></SCRIPT>", "<form action=x></form>", "<iframe src=x></iframe>",
        "<object data=x></object>", "<embed src=x>", '<div style="display:none"><script>x()</script></div>',
    ],
)  # fmt: skip
def test_forbidden_whatever_the_clients(html: str) -> None:
    for context in ({}, {"clients": []}, {"clients": ["apple-mail"]}):
        assert [finding.severity for finding in found(UNSUPPORTED, html, context=context)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;script&gt;</p>", "<!-- <script></script> --><p>x</p>", "<p>a form to fill in</p>",
        "<style>form { top: 0 }</style><p>x</p>", '<p title="<script>">x</p>',
    ],
)  # fmt: skip
def test_words_are_no_scripts(html: str) -> None:
    assert not found(UNSUPPORTED, html)


@pytest.mark.parametrize(
    ("html", "clients", "flagged"),
    [
        ('<div style="display:flex">x</div>', ["outlook-windows"], True),
        ('<div style="display:flex">x</div>', ["Outlook-Windows"], True),
        ('<div style="display:inline-flex">x</div>', ["outlook-windows"], True),
        ('<div style="display:flex">x</div>', ["outlook"], True),
        ('<div style="display:flex">x</div>', ["apple-mail"], False),
        ('<div style="display:flex">x</div>', [], False),
        ('<div style="display:flex">x</div>', ["nonsense"], False),
        ("<div style=display:flex>x</div>", ["outlook-windows"], True),
        ("<div STYLE='DISPLAY : FLEX'>x</div>", ["outlook-windows"], True),
        ("<style>.a{display:flex}</style><p>x</p>", ["outlook-windows"], True),
        ("<style>@media (x){.a{display:flex}}</style><p>x</p>", ["outlook-windows"], False),
        ("<p>display:flex</p>", ["outlook-windows"], False),
        ("<p title=\"style='display:flex'\">x</p>", ["outlook-windows"], False),
        ('<!--[if !mso]><!--><div style="display:flex">x</div><!--<![endif]-->', ["outlook-windows"], False),
        (
            '<!--[if !mso]><!--><p>x</p><!--<![endif]--><div style="display:flex">y</div>',
            ["outlook-windows"],
            True,
        ),
        ('<div style="display:grid">x</div>', ["outlook-windows"], True),
        ('<div style="position:absolute">x</div>', ["gmail"], True),
        ('<div style="border-radius:4px">x</div>', ["outlook-windows"], True),
        ('<div style="border-radius:4px">x</div>', ["outlook"], False),
        ('<div style="border-radius:4px">x</div>', ["gmail", "apple-mail"], False),
        ('<div style="background-image:url(x.png)">x</div>', ["outlook-windows"], True),
        ('<div style="background:#fff url(x.png)">x</div>', ["outlook-windows"], True),
        ('<div style="background:#fff">x</div>', ["outlook-windows"], False),
        ('<p style="width:calc(100% - 2px)">x</p>', ["outlook-windows"], True),
        ('<video src="x"></video>', ["gmail"], True),
        ('<video src="x"></video>', ["apple-mail"], False),
        ("<svg></svg>", ["gmail"], True),
        ('<link rel="stylesheet" href="x">', ["gmail"], True),
        ('<link rel="preload" href="x">', ["gmail"], False),
        ("<style>@import url(x);</style><p>x</p>", ["gmail"], True),
        ("<style>@font-face{font-family:x;src:url(y)}</style><p>x</p>", ["gmail"], True),
        ('<img src="a.webp" alt="x">', ["outlook-windows"], True),
        ('<img src="a.svg?v=1" alt="x">', ["gmail"], True),
        ('<img src="a.png" alt="x">', ["gmail", "outlook-windows"], False),
        ('<input type="text">', ["outlook-windows"], True),
        ('<img src="a.png" alt="x" style="height:auto">', ["yahoo"], False),
        ('<div style="display:none;opacity:0;overflow:hidden">x</div>', ["outlook-windows"], False),
    ],
)
def test_what_clients_support(html: str, clients: list[str], flagged: bool) -> None:
    assert bool(found(UNSUPPORTED, html, context={"clients": clients})) is flagged


def test_clients_that_nobody_named_are_not_judged() -> None:
    assert not found(UNSUPPORTED, '<div style="display:flex;position:absolute">x</div><svg></svg>')


def test_a_plain_mail_of_tables_is_supported_everywhere() -> None:
    html = (
        "<html><head><style>.a{color:#333}@media (max-width:600px){.a{width:100%!important}}</style></head>"
        '<body style="margin:0;background-color:#f4f4f4"><table role="presentation" width="600" border="0">'
        '<tr><td align="left" style="padding:12px 24px;font-family:Arial,sans-serif;font-size:16px;line-height:24px">'
        '<p style="margin:0 0 16px;color:#333"><a href="https://t.example" style="color:#8a2b1f">Tea</a></p>'
        '<img src="t.png" width="200" alt="Tin" style="display:block;max-width:100%;height:auto"></td></tr>'
        "</table></body></html>"
    )
    assert not found(
        UNSUPPORTED, html, context={"clients": ["gmail", "outlook-windows", "apple-mail", "yahoo"]}
    )


def test_the_data_says_where_it_comes_from() -> None:
    folder = Path(lint_rules.__file__).parent / "html"
    data = json.loads((folder / "caniemail.json").read_text(encoding="utf-8"))
    assert data["version"]
    assert len(data["sha256"]) == len(hashlib.sha256().hexdigest())
    assert "MIT" in (folder / "LICENSE.caniemail").read_text(encoding="utf-8")
    platforms = set(data["platforms"])
    assert all(set(item["unsupported"]) <= platforms for item in data["features"].values())


# -- html-over-102-kb ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "flagged"),
    [
        ("<p>" + "a" * (104_448 - 7) + "</p>", False),
        ("<p>" + "a" * (104_449 - 7) + "</p>", True),
        ("<p>" + "ệ" * ((104_448 - 7) // 3) + "</p>", False),
        ("<p>" + "ệ" * ((104_448 - 7) // 3 + 1) + "</p>", True),
    ],
)
def test_weight_in_bytes(html: str, flagged: bool) -> None:
    assert bool(found("html-over-102-kb", html)) is flagged


# -- hidden-text ---------------------------------------------------------------------------------

WORDS = "cheap words that nobody sees"


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        'style="DISPLAY : NONE !important"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size:1px"',
        'style="opacity:0"',
        'style="max-height:0;overflow:hidden"',
        'style="height:0;overflow:hidden"',
        'style="mso-hide:all"',
        'style="position:absolute;left:-9999px"',
        'style="text-indent:-9999px"',
        'style="position:absolute;clip:rect(0,0,0,0)"',
        'style="color:#fff"',
        'style="color:white"',
        'style="color:rgb(255, 255, 255)"',
        'style="color:#fefefe"',
        'style="color:transparent"',
        'style="background:#000;color:black"',
        'style="background:red;color:#ff0000"',
        "hidden",
        'class="gone"',
        'class="note gone"',
        'class="white"',
        'id="gone"',
    ],
)
def test_hidden(hiding: str) -> None:
    sheet = "<style>.gone, #gone{display:none} .white{color:#fff}</style>"
    (finding,) = found("hidden-text", f"{sheet}<p>Tea</p><div {hiding}>{WORDS}</div><p>More</p>")
    assert "24" in finding.message


@pytest.mark.parametrize(
    "html",
    [
        f'<p>Tea</p><font color="#ffffff">{WORDS}</font>',
        f'<p>Tea</p><table bgcolor="#336699"><tr><td style="color:#336699">{WORDS}</td></tr></table>',
        f'<p>Tea</p><div style="color:#fff"><p>{WORDS}</p></div>',
        f'<p>Tea</p><div style="font-size:0"><p style="font-size:2em">{WORDS}</p></div>',
        f'<style>td.x p{{display:none}}</style><p>Tea</p><table><tr><td class="x"><p>{WORDS}</p></td></tr></table>',
        f'<p>Tea</p><div style="display:none"><div>{WORDS}</div></div><p>More</p>',
        f'<div style="display:none">Preheader</div><p>Tea</p><div style="display:none">{WORDS}</div>',
    ],
)
def test_hidden_within(html: str) -> None:
    assert len(found("hidden-text", html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        f'<div style="background:#000"><p style="color:#fff">{WORDS}</p></div>',
        f'<body bgcolor="#222"><p style="color:#fff">{WORDS}</p></body>',
        f'<div style="background:url(x.jpg)"><p style="color:#fff">{WORDS}</p></div>',
        f'<div style="background:linear-gradient(#000,#111)"><p style="color:#fff">{WORDS}</p></div>',
        f'<table background="x.jpg"><tr><td style="color:#fff">{WORDS}</td></tr></table>',
        f'<div style="background:var(--house)"><p style="color:#fff">{WORDS}</p></div>',
        f'<style>.btn{{background:#800}}</style><a class="btn" style="color:#fff" href="x">{WORDS}</a>',
        f'<style>.card{{background:#000}}</style><table class="card"><tr><td style="color:#fff">{WORDS}</td></tr></table>',
        f"<style>td.x p{{display:none}}</style><p>Tea</p><p>{WORDS}</p>",
        f'<style>.x:hover{{display:none}}</style><p>Tea</p><p class="x">{WORDS}</p>',
        f'<style>@media (max-width:600px){{.x{{display:none}}}}</style><p>Tea</p><div class="x">{WORDS}</div>',
        f'<p>Tea</p><table style="font-size:0"><tr><td style="font-size:16px">{WORDS}</td></tr></table>',
        f'<p>Tea</p><div style="visibility:hidden"><p style="visibility:visible">{WORDS}</p></div>',
        f'<p>Tea</p><td style="color:#fff"><a href="x">{WORDS}</a></td>',
        '<p>Tea</p><td style="font-size:0;line-height:0">&nbsp;</td>',
        '<p>Tea</p><div style="font-size:0"><img src="i" alt="Tin"></div>',
        '<p>Tea</p><div style="display:none"></div>',
        '<p>Tea</p><img style="display:none" src="o" alt="">',
        f'<p>Tea</p><br style="display:none"><p>{WORDS}</p>',
        f'<p>Tea</p><!--[if mso]><p style="display:none">{WORDS}</p><![endif]-->',
        f'<!--[if mso]><v:roundrect href="x">Order</v:roundrect><![endif]--><p>Tea</p><a href="x" style="mso-hide:all">{WORDS}</a>',
        f'<p>Tea</p><p style="opacity:0.5;max-height:0.5em;margin-left:-20px">{WORDS}</p>',
        f'<p>Tea</p><a style="text-decoration:none;display:block" href="x">{WORDS}</a>',
        f'<p style="display:none"><p>{WORDS}</p>',
        f"<style>{WORDS}</style><script>{WORDS}</script><p>Tea</p>",
    ],
)
def test_nothing_hidden(html: str) -> None:
    assert not found("hidden-text", html)


PADDING = "&zwnj;&nbsp;" * 200


@pytest.mark.parametrize(
    ("html", "flagged"),
    [
        ('<div style="display:none">' + "x" * 150 + "</div><p>Tea</p>", False),
        ('<div style="display:none">' + "x" * 151 + "</div><p>Tea</p>", True),
        (f'<div style="display:none">Tea is here{PADDING}</div><p>Tea</p>', False),
        (f'<div style="display:none">Tea</div><div style="display:none">{PADDING}</div><p>Tea</p>', False),
        (
            '<div style="display:none">' + "x" * 100 + '</div><div style="opacity:0">' + "y" * 51 + "</div>",
            True,
        ),
        (
            '<!DOCTYPE html><html><head><title>T</title></head><body><span style="color:#fff">Tea</span><p>x</p>',
            False,
        ),
        (
            '<table><tr><td><div style="max-height:0;overflow:hidden">Tea</div></td></tr></table><p>x</p>',
            False,
        ),
        ('<p>Tea</p><div style="display:none">Tea</div>', True),
    ],
)
def test_preheader(html: str, flagged: bool) -> None:
    assert bool(found("hidden-text", html)) is flagged


# -- no-plain-text-part --------------------------------------------------------------------------

BOTH = ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("html", "text", "parts", "flagged"),
    [
        (TEA, "", None, True),
        (TEA, " \n\u200b", None, True),
        (TEA, "Tea", None, False),
        (TEA, "Tea", ["text/html"], True),
        (TEA, "Tea", [], True),
        (TEA, "Tea", BOTH, False),
        ("", "Tea", None, False),
        ("", "Tea", ["text/plain"], False),
        ("", "", None, False),
    ],
)
def test_plain_text_part(html: str, text: str, parts: list[str] | None, flagged: bool) -> None:
    context = {} if parts is None else {"parts": parts}
    assert bool(found("no-plain-text-part", html, text, context)) is flagged


def test_the_text_is_made_from_the_html() -> None:
    html = '<h1>Spring tea</h1><p>Picked in March. <a href="https://t.example/o">Order a tin</a></p>'
    (finding,) = found("no-plain-text-part", html)
    assert finding.fix is not None
    assert finding.fix.safe
    made = apply_edits("text", "", finding.fix.edits)
    assert made == "Spring tea\n\nPicked in March. Order a tin (https://t.example/o)\n"
    assert not found("no-plain-text-part", html, made)
