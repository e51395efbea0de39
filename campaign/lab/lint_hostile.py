"""Texts written to tire the linter, a megabyte each: what leads on the patterns and loops of its rules.

A rule that is linear ends within a second on each of them; one that is not takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.rule import Channel, Kind, Rule

# bytes of UTF-8
SIZE = 1_000_000
TEXT, HTML, SUBJECT = "text", "html", "subject"
# bytes of a style sheet that are read, and some more
_SHEET = 49_000

# everything that a rule may ask is known, so that none keeps silent
CONTEXT: dict[str, Any] = {
    "today": "2026-03-10",
    "pack": ["vn", "us", "eu", "ca", "cn"],
    "from": "Tea <letters@tea.example>",
    "reply_to": "letters@tea.example",
    "headers": {},
    "parts": ["text/plain"],
    "fields": ["first_name"],
    "system_fields": [],
    "attachments": [],
    "cc": ["anna@tea.example"],
    "complaint": True,
    "offer_type": "goods",
    "issues": [{"id": "1", "keywords": ["giao hàng", "delivery", "发货"]}],
    "evidence": [{"claim": "trà ngon nhất", "document": "2026"}],
    "clients": ["gmail", "apple-mail", "outlook"],
    "recipients": 10_000,
    "recipients_without_consent": 0,
    "max_sends_last_24h": 0,
}

# repeated until the text is full; by language and place
_PIECES: dict[tuple[str, str], tuple[str, ...]] = {
    ("vi", TEXT): (
        "a ",
        "a\n",
        "a\n\n",
        "\n",
        " \n",
        " ",
        "x",
        ".",
        "A b. ",
        "!",
        "a!",
        "-",
        "a-",
        "(",
        "[",
        "“",
        '"',
        "`",
        "*",
        ":",
        "000 ",
        "1.000.",
        "1 ",
        "1) a ",
        "- a\n",
        "31/3-",
        "1/3 ",
        "1.990.000đ ",
        "giảm 10% ",
        "mua 1 ",
        "mã ABC1 ",
        "{{",
        "{% ",
        "{{ a }} ",
        "{% if a %}{{ b }} ",
        "{{ a }} " + "x" * 30 + "\n",
        "[tên ",
        "@",
        "a@b.vn ",
        "http://",
        "https://a.vn/x ",
        "a.vn ",
        "www.",
        "a.",
        "https://a.vn/x\na=b\n",
        "e\u0301\u0323",
        "a\u200b",
        "İ ",
        "😀",
        ":) ",
        "AB CD EF\n",
        "AB CD EF gh ",
        "GIẢM NGAY HÔM nay ",
        "của của ",
        "“a” chúng tôi ",
        "“a” không phải là lỗi của chúng tôi ",
        "không có đính kèm ",
        "Thân a. ",
        "T.B.: a\n",
        "PS: a\n\n",
        "Trân trọng,\n",
        "Chào,\n",
        "Nhờ chị gửi a. ",
        "Gọi 0912345678 đặt. ",
        "Mua a. ",
        "ngày mai ",
        "thứ hai ",
        "tốt nhất ",
        "Từ chối nhận mọi quảng cáo: https://a.example/tu-choi\n",
        "Công ty TNHH A, 12 Hàng Điếu, Hà Nội\n",
        ("a " * 9_900)[:19_900] + "\n",
    ),
    ("en", TEXT): (
        "a ",
        "A b. ",
        "“a” we ",
        "Please send it. ",
        "Please call 0912 345 678. ",
        "Best, a. ",
        "Buy a b. ",
        "$1,000 ",
        "March 1-",
        "1:00 ",
        "twenty-",
        "not attached ",
        "number one ",
        "P.S. a\n",
        "Dear a,\n",
        "the the ",
        "we are ",
        "Unsubscribe https://a.example/u\n\n",
    ),
    ("zh", TEXT): (
        "中",
        "中，",
        "中。",
        "中\n",
        "、",
        "，",
        "。",
        "“a”我们",
        "八折",
        "满300减",
        "3月1日至",
        "周一",
        "请致电0912345678。",
        "九",
        "的的",
        "没有附件",
        "最好",
        "附言：a\n",
        "您好，\n",
        "此致敬礼\n",
        "中" * 6_600 + "\n",
    ),
    ("vi", HTML): (
        "a ",
        "<",
        "<a ",
        "<a b=\"'",
        "</",
        "<!--",
        "<!---->",
        "&amp",
        "&nbsp;a",
        "<p>a",
        "<li>a",
        "a<br>",
        "<td>a</td>",
        "<div>",
        "<b>a</b>",
        "<div style='display:none'>",
        "<p hidden>a</p>",
        "<script></script>",
        "<style>.a{color:#fff}</style><p class=a>x",
        "<style>",
        "<a href='http://a.vn'>x",
        "<a href='#'></a>",
        "<a href='http://a.vn'></a>x ",
        "<area href=a>",
        "<a href='b'><img src=a alt=''></a>",
        "<td style='color:#fff'>x",
        "<p style='font:9px/1.1 a;line-height:1px'>x",
        "<!--[if !mso]><!--><p>a<!--<![endif]-->",
    ),
    ("vi", SUBJECT): ("a ", "AB CD ", "!", "giảm 10% ", "mã ABC1 ", "31/3 ", "RE: ", "[QC] ", " ", "😀"),
    ("en", SUBJECT): ("a b ", "$1 ", "Mon-"),
    ("zh", SUBJECT): ("中", "八折", "【广告】"),
}
# answers quote what they answer
_ANSWERS = (("vi", "> bạn\n"), ("vi", "> a b c.\n"), ("en", "> you we\n"), ("zh", "> 您\n"))


@dataclass(frozen=True, slots=True)
class Hostile:
    """One text, where it stands in the message, and the kind of message if the rule looks at that."""

    name: str
    lang: str
    place: str
    text: str
    kind: Kind = Kind.MARKETING

    def draft(self, rule: Rule | None = None) -> Draft:
        """A message with it; the rule's channel and kind when it does not look at this one's."""
        kind, channel = self.kind, Channel.EMAIL
        if rule is not None and kind not in rule.kinds:
            kind = min(rule.kinds)
        if rule is not None and channel not in rule.channels:
            channel = min(rule.channels)
        subject = self.text if self.place == SUBJECT else "Trà"
        text = {TEXT: self.text, SUBJECT: "Trà sen."}.get(self.place, "")
        html = self.text if self.place == HTML else ""
        return Draft(self.lang, channel, kind, subject, text, html, Context.from_json(CONTEXT))


def texts(size: int = SIZE) -> Iterator[Hostile]:
    """All of them, each of about so many bytes."""
    for (lang, place), pieces in _PIECES.items():
        for piece in pieces:
            yield Hostile(_name(lang, place, piece), lang, place, _filled(piece, size))
    for lang, piece in _ANSWERS:
        yield Hostile(_name(lang, "reply", piece), lang, TEXT, _filled(piece, size), Kind.REPLY)
    for name, text in _whole(size):
        place = HTML if "<" in text[:10] else TEXT
        yield Hostile(f"vi {place} {name}", "vi", place, text)


def _name(lang: str, place: str, piece: str) -> str:
    shown = piece if len(piece) <= _SHOWN else f"{piece[:_SHOWN]}…"
    return f"{lang} {place} {shown!r}"


_SHOWN = 60


def _filled(piece: str, size: int) -> str:
    return piece * max(1, size // len(piece.encode()))


def _whole(size: int) -> Iterator[tuple[str, str]]:
    """Those that are more than one piece again and again."""
    sheets = max(1, size // (_SHEET + 20))
    for name, piece in {
        "blank sheets": " ",
        "braces in sheets": "{",
        "rules without an end": "a{b",
        "comments in sheets": "/*a",
        "figures in sheets": "1",
        "at-rules": "@a{",
        "selectors of commas": ",",
    }.items():
        yield name, f"<style>{(piece * _SHEET)[:_SHEET]}</style>x" * sheets
    yield "rules for headings", f"<style>{_filled('h1{line-height:1;', size)}</style>x"
    yield "long selectors", f"<style>{_filled('a' * 395 + '>{' + 'line-height:1;' * 25 + '}', size)}</style>x"
    yield "figures in a style", f'<p style="width:{"1" * size}v">x'
    yield "marks in a link", f'<a href="http://a.vn">a{"!" * size}a</a>'
    yield "query of an address", f'<a href="http://a.vn/?{"a=b&" * (size // 4)}">x</a>'
    yield "an attribute left open", '<a b="' + _filled("<p>", size)
    yield "nested and closed", "<div>" * (size // 11) + "</div>" * (size // 11)
    yield "opened and never closed", "<b>" * (size // 7) + "</i>" * (size // 7)
    yield "a sheet for everything", f"<style>{'*{color:#fff}' * 3_500}</style>" + _filled("<i>x", size)
    yield (
        "a nested sheet for everything",
        f"<style>{'* *{color:#fff}' * 3_000}</style>" + _filled("<div>x", size),
    )
    yield (
        "links of every host",
        "<p>" + "".join(f"<a href='http://a{i}.vn/{i}'>x{i}</a> " for i in range(size // 40)),
    )
    yield "styles of every kind", "".join(f'<p style="font-size:{i}px">x' for i in range(size // 32))
    yield "address with brackets", "https://a.vn/" + ")" * size
    yield "address with marks", "https://a.vn/(" + ")." * (size // 2)
    yield "links below the way out", "Từ chối nhận quảng cáo\n\n" + _filled("https://a.vn/x\n\n", size)
    yield "codes of every kind", " ".join(f"mã AB{i}" for i in range(size // 11))
    yield "prices of every kind", " ".join(f"{i}.001đ" for i in range(size // 11))
    yield "fields of every name", " ".join(f"{{{{ a{i} }}}}" for i in range(size // 13))
    yield "one quotation", "“" + "a " * (size // 2)
    yield "one field", "{{ " + "a " * (size // 2)
    yield "dates, then steps", "1/3 " * 400 + _filled("Chúng tôi sẽ gửi. ", size)
