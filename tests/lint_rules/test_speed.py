"""Time: a usual message in a few milliseconds; malice in time that grows no faster than its size."""

from __future__ import annotations

import time

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.registry import all_rules, rule_named

# a part of the megabyte for which `campaign bench lint --hostile` asks a second on an idle machine. What is not
# linear takes minutes, here too; the bound is wide, for other work on the machine is no fault of a rule
SIZE = 60_000
GENEROUS_SECONDS = 4.0

HOSTILE = {
    "letters": "a",
    "words": "giảm ",
    "percents": "giảm 10% trà ",
    "percents-joined": "10% và ",
    "prices": "1.990.000đ ",
    "digits": "1",
    "grouped": "1.000.",
    "braces": "{",
    "open-tags": "{{ ",
    "tags": "{{ a|default('b') }}",
    "statements": "{% ",
    "marks": "\u0301\u0323",
    "marked": "e\u0301\u0323 ",
    "urls": "https://a.vn/x ",
    "one-url": "https://a.vn/" + "b",
    "hosts": "a.",
    "dots": ".",
    "breaks": "\n",
    "crs": "\r",
    "brackets": "(",
    "quotes": "\"'",
    "chinese": "八折",
    "numerals": "九",
    "traditional": "優惠減",
    "wishes": "祝您\n",
    "wished": "祝",
    "had-you": "如果您仔细看过",
    "had-you-commas": "如果您看过，",
    "points-in-brackets": "（1）2",
    "shares": "三分之一",
    "restated": "减20元相当于",
    "months": "xx月",
    "shouted-urls": "https://a.vn/x?y!!",
    "full-lines": "请您寄回合同原件并且在回执上签字盖章以后再寄\n",
    "commas": "，",
    "tags-html": "<a ",
    "quotes-html": "<a b=\"'",
    "comments": "<!--",
    "nested": "<div style='display:none'>",
    "entities": "&amp",
    "anchors-html": "<a href='http://a.vn'>x",
    "images-html": "<a href='x'><img alt=''>",
    "coloured-html": "<td style='color:#fff'>x",
    "not-outlook-html": "<!--[if !mso]><!--><p style='display:flex'>x",
    "sheet-html": "<style>.a .b{color:#fff}@media{",
    "sheets-html": "<style>.a .b{color:#fff}</style><p class='a b'>x",
    "at-rules-html": "<style>@a;@b{c}",
    "shorteners": "bit.ly/",
    "family": "👨\u200d",
    "flags": "🇻",
    "invisible": "\u200b",
    "blanks": " ",
    "list": "- giảm 10%\n",
    "unsubscribe": "unsubscribe\n\n",
    "buy": "mua 1 ",
    "code": "mã ",
    "wide-lines": "word " * 20 + "\n",
    "capitals": "AB CD EF\n",
    "exclamations": "https://a.vn/x ! ",
    "placeholders": "[tên ",
    "salutations": "Chào,\n",
    "faces": "(:) <3 ",
    "open-faces": "( ; ) ",
    "backticks": "`!",
    "mixed-marks": "!?",
    "doubled": "của của https://a.vn/x ",
    "doubled-lines": "của\n",
    "broken-links": "https://a.vn/x?\na=b\n",
    "cut-links": "https://a.vn/x-\na-b/",
    "points": "1) a 2) b ",
    "signs": "* a - b ",
    "first-of-many": "thứ nhất thứ hai ",
    "items-html": "<li>giảm ",
    "heights-html": "<p style='font:9px/1.1 a;line-height:1px'>x",
    "heights-sheet-html": "<style>h1,{font:1px a;line-height:1px;",
    "blame": "không phải là lỗi của ",
    "figures": "MUA 1 ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_malice_ends_soon(name: str) -> None:
    piece = HOSTILE[name]
    lang = "zh" if name in ("chinese", "numerals", "commas") else "vi"
    text = piece * (SIZE // len(piece.encode()))
    html = text if "html" in name or name in ("comments", "nested", "entities", "letters") else ""
    context = Context.from_json({"fields": ["first_name"], "system_fields": []})
    draft = Draft(lang, "email", "marketing", text[: SIZE // 10], "" if html else text, html, context)
    for rule in all_rules():
        start = time.process_time()
        found = check(draft, rules=[rule])
        took = time.process_time() - start
        assert took < GENEROUS_SECONDS, (rule.id, took)
        assert not any("Error:" in finding.message for finding in found)


# what looks for dates, prices and promises is led on by these
TIMES = [
    ("vi", "31/3-"),
    ("vi", "1/3 - "),
    ("vi", "đến ngày "),
    ("vi", "đến hết 31/3 "),
    ("vi", "ngày "),
    ("vi", "mùng 1 tháng "),
    ("vi", "thứ hai "),
    ("vi", "T2-"),
    ("vi", "trong 3 ngày "),
    ("vi", "hai trăm "),
    ("vi", "giá chỉ còn "),
    ("vi", "1 triệu "),
    ("vi", "000 "),
    ("vi", "chúng tôi a "),
    ("vi", "mã ABC12 "),
    ("vi", "hôm nay 1k "),
    ("vi", "sau 1/3 a "),
    ("en", "31 March "),
    ("en", "March 1-"),
    ("en", "from 1 to "),
    ("en", "by the 1st of "),
    ("en", "mon-"),
    ("en", "sun "),
    ("en", "after 3 days "),
    ("en", "within the next "),
    ("en", "twenty-"),
    ("en", "a hundred "),
    ("en", "$1,000"),
    ("en", "code ABC "),
    ("en", "we are "),
    ("en", "our a a "),
    ("en", "until "),
    ("en", "1:00 "),
    ("zh", "3月"),
    ("zh", "三十"),
    ("zh", "3月1日至"),
    ("zh", "周一"),
    ("zh", "1，"),
    ("zh", "满300减"),
    ("zh", "我们的"),
    ("zh", "31日后"),
    ("zh", "截至（"),
    ("zh", "十天"),
]


# the rules that read times, by the kind in which they speak
TIME_RULES = {
    "marketing": (
        "subject-promise-not-in-the-body",
        "price-missing",
        "delivery-missing",
        "deadline-missing",
        "impossible-or-past-date",
        "text-and-html-disagree",
        "more-than-one-offer",
    ),
    "request": ("request-without-a-time-frame",),
    "reply": ("complaint-reply-without-a-next-step",),
}


@pytest.mark.parametrize(("lang", "piece"), TIMES)
def test_malice_with_dates_ends_soon(lang: str, piece: str) -> None:
    text = piece * (SIZE // len(piece.encode()))
    context = Context.from_json({"today": "2026-03-10", "complaint": True, "offer_type": "event"})
    for kind, names in TIME_RULES.items():
        draft = Draft(lang, "email", kind, text[: SIZE // 10], text, f"<p>{text}</p>", context)
        for rule in filter(None, map(rule_named, names)):
            start = time.process_time()
            found = check(draft, rules=[rule])
            took = time.process_time() - start
            assert took < GENEROUS_SECONDS, (rule.id, took)
            assert not any("Error:" in finding.message for finding in found)


def test_a_usual_message_takes_a_moment() -> None:
    text = (
        "Trà sen Tây Hồ giảm 20% đến hết 31/3, chỉ còn 232.000đ một hộp.\n" * 16
    ) + "https://tra.example/sen\n"
    times = []
    for number in range(20):
        start = time.process_time()
        check(Draft("vi", "email", "marketing", "Giảm 20% trà sen", text + str(number)))
        times.append(time.process_time() - start)
    # about 0.005 s on a quiet machine; how long exactly, the bench says
    assert min(times) < 0.1
