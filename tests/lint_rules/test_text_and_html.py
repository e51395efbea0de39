"""The two parts of a mail say the same."""

from __future__ import annotations

import pytest

from tests.drafts import found

TEXT_AND_HTML_DISAGREE_FOUND = [
    ("vi", "Trà sen 390.000đ.", "<p>Trà sen 380.000đ.</p>"),
    ("vi", "Đến hết 31/3.", "<p>Đến hết 30/3.</p>"),
    ("vi", "Đặt: https://a.example/x", "<p>Đặt: <a href='https://a.example/y'>đây</a></p>"),
    ("vi", "Trà sen 390.000đ, đến 31/3.", "<p>Trà sen 390.000đ.</p>"),
    ("en", "Tea $20.", "<p>Tea $25.</p>"),
    ("en", "By March 31.", "<p>By March 30.</p>"),
    ("en", "Order: https://a.example/x", "<a href='https://b.example/x'>Order</a>"),
    ("zh", "春茶99元。", "<p>春茶199元。</p>"),
    ("zh", "3月31日前。", "<p>3月30日前。</p>"),
    ("en", "Tea $20.", "<p>Tea.</p>"),
    ("en", "Take 20% off.", "<p>Take 30% off.</p>"),
    ("vi", "Giảm 20% đến 31/3/2026.", "<p>Giảm 20% đến 31/3/2027.</p>"),
    ("vi", "Trà 390k: https://a.example/tra", "<p>Trà 390k: <a href='https://a.example/ca-phe'>Đặt</a></p>"),
    (
        "en",
        "Order by 5 May: https://a.example/x?id=1",
        "<p>Order by 5 May: <a href='https://a.example/x?id=2'>order</a></p>",
    ),
    ("zh", "打八折", "<p>打七折</p>"),
]

TEXT_AND_HTML_DISAGREE_CLEAN = [
    ("vi", "Trà sen 390k.", "<p>Trà sen 390.000đ.</p>"),
    ("vi", "Đến hết 31/3.", "<p>Đến hết ngày 31 tháng 3.</p>"),
    (
        "vi",
        "Đặt: https://a.example/x",
        "<p><a href='https://a.example/x?utm_source=mail&utm_medium=email'>Đặt</a></p>",
    ),
    ("vi", "Đặt: https://a.example/x", "<p><a href='https://a.example/x/'>Đặt</a></p>"),
    (
        "en",
        "Order: https://a.example/x\n\n--\nUnsubscribe: https://a.example/u",
        "<p><a href='https://a.example/x'>Order</a></p><p>You get this because you asked. <a href='https://a.example/unsub?id=3'>Unsubscribe</a></p>",
    ),
    (
        "en",
        "Order: https://a.example/x",
        "<p><a href='{{ view_url }}'>View in browser</a></p><p><a href='https://a.example/x'>Order</a></p>",
    ),
    ("en", "Order: https://a.example/x?id=1&amp=2", "<a href='https://a.example/x?id=1&amp;amp=2'>Order</a>"),
    ("en", "Call us.", "<p>Call <a href='tel:+441234'>us</a>.</p>"),
    ("en", "Order: https://A.example/x", "<a href='https://a.example/x'>Order</a>"),
    ("en", "Order: a.example/x", "<a href='https://a.example/x'>Order</a>"),
    ("en", "Tea $20.", "<p>Tea <b>$</b>20.</p>"),
    ("en", "Tea $20.", ""),
    ("zh", "春茶99元，3月31日前。", "<p>春茶¥99，三月三十一日前。</p>"),
    (
        "vi",
        "Trà sen 390.000đ.\n\nĐặt: {{ shop_url }}",
        "<p>Trà sen 390.000đ.</p><p><a href='{{ shop_url }}'>Đặt</a></p>",
    ),
    (
        "vi",
        "Trà sen 390.000đ.\nĐặt: https://a.example/x",
        "<a href='https://a.example/'><img src='l.png' alt='Trà'></a><p>Trà sen 390.000đ.</p><a href='https://a.example/x'>Đặt</a>",
    ),
    (
        "en",
        "Tea $20: https://a.example/x",
        "<p><a href='https://a.example/v/abc'>View in browser</a></p><p>Tea $20: <a href='https://a.example/x'>order</a></p>",
    ),
    ("en", "Tea $20: https://a.example/x", "<p>Tea $20: https://a.example/x</p>"),
    ("en", "Tea $20: https://www.a.example/x", "<p>Tea $20: <a href='http://a.example/x'>order</a></p>"),
    ("en", "Was $40, half price.", "<p>Was $40, 50% off.</p>"),
    ("en", "Open 9-5, by 31 March.", "<p>Open 9-5, by March 31, 2026.</p>"),
    ("en", "Tea $20. Follow us", "<p>Tea $20.</p><a href='https://facebook.com/tea'>Facebook</a>"),
    ("zh", "打八折，99元", "<p>八折</p><p>¥99</p>"),
]


@pytest.mark.parametrize(("lang", "text", "html"), TEXT_AND_HTML_DISAGREE_FOUND)
def test_text_and_html_disagree_is_found(lang: str, text: str, html: str) -> None:
    assert found("text-and-html-disagree", lang, text, html=html)


@pytest.mark.parametrize(("lang", "text", "html"), TEXT_AND_HTML_DISAGREE_CLEAN)
def test_text_and_html_disagree_is_not_found(lang: str, text: str, html: str) -> None:
    assert not found("text-and-html-disagree", lang, text, html=html)
