"""Images: what they say in words, and a message that is nothing else."""

from __future__ import annotations

import pytest

from tests.lint_rules.html_parts import found


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<img src="i">', 1),
        ("<IMG SRC=i>", 1),
        ('<img src="i"><img src="j">', 2),
        ('<img src="i" data-alt="Tin">', 1),
        ('<img src="i" title="alt=Tin">', 1),
        ('<img src="i" role="presentation">', 1),
        ('<a href="x"><img src="i" alt=""></a>', 1),
        ('<a href="x"><img src="i" alt=" "></a>', 1),
        ('<a href="x"><table><tr><td><img src="i" alt=""></td></tr></table></a>', 1),
        ('<map><area href="x"></map>', 1),
        ('<img src="i" width="1" height="300">', 1),
        ('<img src="i" alt="Tin">', 0),
        ('<img src="i" alt="">', 0),
        ("<img src=i alt>", 0),
        ("<img src=i alt='a > b'>", 0),
        ('<img src="i" alt="{{ name }}">', 0),
        ('<a href="x"><img src="i" alt=""> Order</a>', 0),
        ('<a href="x">Order<img src="i" alt=""></a>', 0),
        ('<a href="x"><img src="i" alt=""><img src="j" alt="Order"></a>', 0),
        ('<a href="x" aria-label="Order"><img src="i" alt=""></a>', 0),
        ('<a name="top"><img src="i" alt=""></a>', 0),
        ('<img src="o" width="1" height="1">', 0),
        ('<img src="o" style="width:1px;height:1px">', 0),
        ('<img src="o" style="display:none">', 0),
        ('<!-- <img src="i"> -->', 0),
        ('<!--[if mso]><img src="i"><![endif]-->', 0),
    ],
)
def test_alt_texts(html: str, count: int) -> None:
    assert len(found("image-without-alt-text", html)) == count


PICTURE = (
    '<img src="flyer.png" alt="Spring tea, 20% off until Sunday, free delivery to your door in two days">'
)


@pytest.mark.parametrize(
    ("lang", "html", "flagged"),
    [
        ("en", PICTURE, True),
        ("en", PICTURE + "<p>" + "word " * 19 + "</p>", True),
        ("en", PICTURE + "<p>" + "word " * 20 + "</p>", False),
        ("zh", PICTURE + "<p>今年的春茶比往年早到</p>", True),
        ("zh", PICTURE + "<p>今年的春茶比往年早到了十天第一批新茶已经封罐</p>", False),
        ("vi", PICTURE + '<p style="display:none">' + "chữ " * 30 + "</p>", True),
        ("vi", PICTURE + "<style>" + "chữ " * 30 + "</style>", True),
        ("vi", "<!DOCTYPE html>" + PICTURE, True),
        ("vi", "<p>Trà sen</p>", False),
        ("vi", '<img src="o" width="1" height="1"><p>Trà sen</p>', False),
        ("vi", '<img src="o" style="display:none"><p>Trà sen</p>', False),
    ],
)
def test_image_only(lang: str, html: str, flagged: bool) -> None:
    assert bool(found("image-only-message", html, lang=lang)) is flagged
    # the text part is no help to who sees the HTML
    assert bool(found("image-only-message", html, text="word " * 40, lang=lang)) is flagged
