"""Links: where they lead, what they show, what they say in words."""

from __future__ import annotations

import pytest

from lint_rules.finding import apply_edits
from lint_rules.rule import Severity
from tests.lint_rules.html_parts import found, link

# -- http-link -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        link("http://tea.example/order"),
        link("HTTP://tea.example"),
        link(" http://tea.example"),
        link("ht&#116;p://tea.example"),
        link("http&colon;//tea.example"),
        link("http://localhost.example.com/"),
        link("http://10.example.com/"),
        link("http://172.32.0.1/"),
        link("http://{{ host }}/x"),
        "<a href=http://tea.example>Order</a>",
        '<map><area href="http://tea.example" alt="Order"></map>',
        '<form action="http://tea.example"></form>',
        "<p>Open at http://tea.example/hours today</p>",
    ],
)
def test_http_in_html(html: str) -> None:
    assert len(found("http-link", html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        link("https://tea.example"),
        link("https://tea.example/?back=http://tea.example"),
        link("http://localhost:5000/view"),
        link("http://127.0.0.1/"),
        link("http://10.1.2.3/"),
        link("http://192.168.1.4/"),
        link("http://172.16.0.9/"),
        link("http://[::1]:8025/"),
        link("{{ view_url }}"),
        link("mailto:tea@tea.example"),
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd"><p>Tea</p>',
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="http://schemas.example/vml"><p>Tea</p></html>',
        '<!-- <a href="http://tea.example">Order</a> --><p>Tea</p>',
        '<p title="href=http://tea.example">Tea</p>',
        '<p data-href="http://tea.example">Tea</p>',
        '<img src="http://tea.example/tin.png" alt="Tin">',
        "<style>@namespace url(http://www.w3.org/1999/xhtml);</style><p>Tea</p>",
    ],
)
def test_no_http_link(html: str) -> None:
    assert not found("http-link", html)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Order: http://tea.example/a.", 1),
        ("http://tea.example/a or http://tea.example/b", 2),
        ("https://tea.example/?u=http://tea.example", 0),
        ("tea.example and www.tea.example", 0),
    ],
)
def test_http_in_text(text: str, count: int) -> None:
    assert len(found("http-link", text=text)) == count


def test_the_fix_mends_an_address_wherever_it_stands() -> None:
    html = link("http://tea.example/a", "http://tea.example/a") + link("http://tea.example/b")
    text = "Order: http://tea.example/a"
    findings = found("http-link", html, text)
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    assert all(finding.fix and finding.fix.safe for finding in findings)
    assert apply_edits("text", text, edits) == "Order: https://tea.example/a"
    mended = apply_edits("html", html, edits)
    assert mended == html.replace("http://", "https://")
    assert not found("http-link", mended, apply_edits("text", text, edits))


# -- link-shortener ------------------------------------------------------------------------------

SHORT = [
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "is.gd",
    "v.gd",
    "buff.ly",
    "rebrand.ly",
    "cutt.ly",
    "shorturl.at",
    "rb.gy",
    "tiny.cc",
    "t.ly",
    "s.id",
    "lnkd.in",
    "fb.me",
    "adf.ly",
    "bl.ink",
    "bom.so",
    "shope.ee",
    "by.com.vn",
    "t.cn",
    "url.cn",
    "dwz.cn",
    "suo.im",
    "amzn.to",
]


@pytest.mark.parametrize("host", SHORT)
def test_shorteners(host: str) -> None:
    assert found("link-shortener", link(f"https://{host}/3abc"))
    assert found("link-shortener", text=f"Order: {host}/3abc now")
    assert not found("link-shortener", link(f"https://{host}.example.com/3abc"))
    assert not found("link-shortener", link(f"https://or{host}/3abc"))


@pytest.mark.parametrize(
    ("href", "flagged"),
    [
        ("https://BIT.LY/a", True),
        ("https://www.bit.ly/a", True),
        ("https://bit.ly:443/a", True),
        ("https://tea@bit.ly/a", True),
        ("//bit.ly/a", True),
        ("https://tea.example/bit.ly", False),
        ("https://tea.example/?to=https://bit.ly/a", False),
        ("https://bit.ly@tea.example/a", False),
        ("https://reddit.co/a", False),
        ("mailto:tea@bit.ly", False),
        ("{{ url }}", False),
    ],
)
def test_the_whole_host_is_compared(href: str, flagged: bool) -> None:
    assert bool(found("link-shortener", link(href))) is flagged


@pytest.mark.parametrize(
    "text", ["Write to tea@bit.ly", "https://tea.example/bit.ly/a", "và/hoặc", "habit.ly/a"]
)
def test_no_shortener_in_text(text: str) -> None:
    assert not found("link-shortener", text=text)


# -- link-text-does-not-match-target -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("www.bank.com", "https://evil.net"),
        ("https://bank.com/login", "https://evil.net"),
        ("bank.com", "https://evil.net"),
        ("BANK.COM", "https://evil.net"),
        ("tra.vn", "https://evil.net"),
        ("Visit www.bank.com", "https://evil.net"),
        ("<b>www.bank</b>.com", "https://evil.net"),
        ("https&#58;//bank.com", "https://evil.net"),
        ("x.co.uk", "https://y.co.uk"),
        ("x.com.vn", "https://y.com.vn"),
        ("www.chashe.com.cn", "https://guanggao.com.cn"),
        ("网址：www.chashe.com.cn", "https://guanggao.com"),
        ("bank.com", "https://bank.com.evil.net"),
        ("bank.com", "https://bank.com@evil.net/"),
        ("bank.com", "https://notbank.com"),
        ("a.github.io", "https://b.github.io"),
        ("www.bank.com", "https://203.0.113.9/x"),
        ("https://203.0.113.9", "https://198.51.113.9"),
        ("buecher.example", "https://xn--bcher-kva.example"),
        ("茶舍.com", "https://chashe.net"),
    ],
)
def test_shown_and_target_differ(words: str, href: str) -> None:
    (finding,) = found("link-text-does-not-match-target", link(href, words))
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("bank.com", "https://shop.bank.com/a?utm_source=mail"),
        ("www.bank.com/offers", "https://bank.com"),
        ("https://BANK.com", "https://bank.com:8443"),
        ("shop.x.co.uk", "https://x.co.uk"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("https://203.0.113.9/a", "https://203.0.113.9/b"),
        ("Learn ASP.NET", "https://evil.net"),
        ("ASP.NET", "https://evil.net"),
        ("VB.NET", "https://evil.net"),
        ("ADO.NET", "https://evil.net"),
        ("Node.js", "https://evil.net"),
        ("Vue.js, Next.js", "https://evil.net"),
        ("Socket.io", "https://evil.net"),
        ("v2.0", "https://evil.net"),
        ("TP.HCM", "https://evil.net"),
        ("Q.1, TP.HCM", "https://evil.net"),
        ("1.990.000đ", "https://evil.net"),
        ("31.12.2026", "https://evil.net"),
        ("bảng-giá.pdf", "https://evil.net"),
        ("price-list.pdf", "https://evil.net"),
        ("U.S.A.", "https://evil.net"),
        ("Order.Now", "https://evil.net"),
        ("tea@bank.com", "https://evil.net"),
        ("tea@bank.com", "mailto:tea@bank.com"),
        ("www.bank.com", "mailto:tea@bank.com"),
        ("www.bank.com", "tel:0901234567"),
        ("www.bank.com", "#top"),
        ("www.bank.com", "{{ click_url }}"),
        ("www.bank.com", "https://{{ host }}/a"),
        ("www.bank.com", "{% if vip %}https://a.example{% endif %}"),
        ("Order your tea", "https://evil.net"),
    ],
)
def test_shown_and_target_agree(words: str, href: str) -> None:
    assert not found("link-text-does-not-match-target", link(href, words))


# -- dead-or-unsafe-link -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "href",
    [
        "", " ", "#", "&#35;", "#!", "#&nbsp;", "http://", "https://", "mailto:", "javascript:void(0)",
        "JavaScript:alert(1)", " java\tscript:x", "java\nscript:x", "\x01javascript:x", "&#106;avascript:x",
        "javascript&colon;x", "java&Tab;script:x", "java&#10;script:x", "java\u200bscript:x",
        "data:text/html,x", "DATA:text/html;base64,eA==", "vbscript:x", "about:blank",
    ],
)  # fmt: skip
def test_dead_and_unsafe(href: str) -> None:
    (finding,) = found("dead-or-unsafe-link", link(href))
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "html",
    [
        "<a href>Order</a>",
        "<a href=#>Order</a>",
        '<a href="#">Order',
        '<map><area href="#" alt="Order"></map>',
        '<a href="#"><img src="tin.png" alt="Order"></a>',
    ],
)
def test_dead_in_other_spellings(html: str) -> None:
    assert len(found("dead-or-unsafe-link", html)) == 1


@pytest.mark.parametrize(
    "href",
    [
        "https://tea.example/#prices", "#prices", "mailto:tea@tea.example", "tel:+84901234567", "sms:8088",
        "{{ unsubscribe_url }}", "{{ url|default('') }}", "https://example.com/", "https://example.com/a",
        "https://tea.example/javascript:", "https://tea.example/?a=#", "https://tea.example/data:x", "?a=1",
        "zalo://tea",
    ],
)  # fmt: skip
def test_links_that_live(href: str) -> None:
    assert not found("dead-or-unsafe-link", link(href))


@pytest.mark.parametrize(
    "html",
    [
        '<a name="top"></a>',
        '<!-- <a href="#">x</a> -->',
        '<p>Write href="#" here</p>',
        "<p title='href=\"#\"'>x</p>",
    ],
)
def test_what_is_no_link(html: str) -> None:
    assert not found("dead-or-unsafe-link", html)


# -- vague-link-text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words", "flagged"),
    [
        ("vi", "tại đây", True),
        ("vi", "TẠI ĐÂY!", True),
        ("vi", "Bấm vào đây", True),
        ("vi", "» nhấn vào đây", True),
        ("vi", "xem thêm…", True),
        ("vi", "Đặt trà tại đây", False),
        ("vi", "Xem bảng giá", False),
        ("vi", "Tải bảng giá", False),
        ("en", "here", True),
        ("en", "Click here!", True),
        ("en", "[here]", True),
        ("en", "<b>Read more</b>", True),
        ("en", '<img src="i.png" alt="here">', True),
        ("en", "Order your tea here", False),
        ("en", "Read more about tea", False),
        ("en", "heretic", False),
        ("en", '<img src="i.png" alt="Order">', False),
        ("zh", "这里", True),
        ("zh", "点击这里", True),
        ("zh", "点此 >", True),
        ("zh", "查看详情", True),
        ("zh", "点击这里订购春茶", False),
        ("zh", "这里有茶", False),
    ],
)
def test_vague_words(lang: str, words: str, flagged: bool) -> None:
    assert bool(found("vague-link-text", link("https://tea.example", words), lang=lang)) is flagged
