"""Layout: broken links, long paragraphs and sentences, missing empty lines, lists in prose."""

from __future__ import annotations

import pytest

from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits


def findings(rule: str, lang: str, text: str = "", html: str = "", channel: str = "email") -> list[Finding]:
    draft = Draft(lang, channel, "marketing", "" if channel == "letter" else "10%", text, html)
    return [finding for finding in check(draft) if finding.rule == rule]


BROKEN = "link-broken-across-lines"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("https://a.example/x\n/y", "https://a.example/x/y"),
        ("https://a.example/x\r\n/y", "https://a.example/x/y"),
        ("https://a.example/x  \n  /y", "https://a.example/x/y"),
        ("> https://a.example/x\n> /y", "> https://a.example/x/y"),
        ("<https://a.example/x\n/y>", "<https://a.example/x/y>"),
        ("www.a.example/x\n/y", "www.a.example/x/y"),
        ("https://a.example/x\n?ref=1", "https://a.example/x?ref=1"),
        ("https://a.example/x?\nref=1", "https://a.example/x?ref=1"),
        ("https://a.example/x?a=1\n&b=2", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?a=1&\nb=2", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?a\n=1", "https://a.example/x?a=1"),
        ("https://a.example/x?a=\nsen", "https://a.example/x?a=sen"),
        ("https://a.example/x?utm_\nsource=a", "https://a.example/x?utm_source=a"),
        ("https://a.example/x\n%20y", "https://a.example/x%20y"),
        ("https://a.example/x%\n20y", "https://a.example/x%20y"),
        ("https://a.example/x-\nspring-tea", "https://a.example/x-spring-tea"),
        ("https://a.example/x\n-spring-tea", "https://a.example/x-spring-tea"),
        ("https://a.example/spr\ning?ref=1", "https://a.example/spring?ref=1"),
        ("https://a.example/x/\nspring/tea.html", "https://a.example/x/spring/tea.html"),
        ("https://a.example/x/\nspring.html", "https://a.example/x/spring.html"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
def test_broken_links_are_joined(lang: str, text: str, joined: str) -> None:
    (finding,) = findings(BROKEN, lang, text + "\n")
    assert finding.severity == "error"
    assert finding.fix is not None
    assert finding.fix.safe
    mended = apply_edits("text", text + "\n", finding.fix.edits)
    assert mended == joined + "\n"
    assert not findings(BROKEN, lang, mended)


@pytest.mark.parametrize(
    "below",
    [
        # prose
        "before Sunday",
        "and/or by phone",
        "Tea/cups and more",
        "well-known tea",
        "20% off",
        "50%",
        "& cups",
        "/ or call",
        "24/7 hotline",
        "1/3 off",
        "F&B",
        "Q&A",
        "P/S: call us",
        "9h-17h",
        "0909 123 456",
        "2026",
        "#tea #cups",
        "- tea",
        "-- ",
        "=====",
        "____",
        "{{ contact.given_name|default('Anna') }}",
        # brackets
        "(and/or call)",
        "(/map)",
        # a second address
        "https://b.example/y?a=1",
        "www.b.example/y",
        "b.example/y",
        "ftp://b.example/y",
        "hello@a.example",
        # another paragraph
        "\n/y",
    ],
)
@pytest.mark.parametrize("above", ["https://a.example/x", "https://a.example/x/"])
def test_what_stands_under_a_link(above: str, below: str) -> None:
    assert not findings(BROKEN, "en", f"{above}\n{below}\n")


def test_a_sentence_that_ends_in_a_link_and_its_mark() -> None:
    assert not findings(BROKEN, "en", "Seen https://a.example/x?\nCall us.\n")
    assert not findings(BROKEN, "en", "Seen https://a.example/x.\n/y\n")
    assert not findings(BROKEN, "zh", "https://a.example/x\n截至3月31日。\n")


PARAGRAPH = "paragraph-longer-than-four-lines"
LINE = "word " * 12 + "worded"  # 66 columns


@pytest.mark.parametrize("channel", ["email", "letter"])
def test_four_lines_and_five(channel: str) -> None:
    assert not findings(PARAGRAPH, "en", f"{LINE}\n" * 4, channel=channel)
    assert findings(PARAGRAPH, "en", f"{LINE}\n" * 5, channel=channel)
    assert findings(PARAGRAPH, "en", f"{LINE} " * 5, channel=channel)
    assert not findings(PARAGRAPH, "en", f"{LINE}\n{LINE}\n\n" * 4, channel=channel)


def test_chinese_lines_hold_33_characters() -> None:
    assert not findings(PARAGRAPH, "zh", "茶" * 132)
    assert findings(PARAGRAPH, "zh", "茶" * 133)


@pytest.mark.parametrize(
    "text",
    [
        f"- {LINE[:60]}\n" * 7,
        "You get:\n" + f"* {LINE[:60]}\n" * 7,
        "".join(f"{number}. {LINE[:60]}\n" for number in range(1, 8)),
        "Yours,\nTom Smith\nSales manager\nTea House\n12 Long Street\nYork YO1 7HH\n01904 555 0100",
        f"> {LINE[:60]}\n" * 7,
    ],
)
def test_lists_signatures_and_quotations_are_no_paragraphs(text: str) -> None:
    assert not findings(PARAGRAPH, "en", text)


def test_paragraphs_of_html() -> None:
    assert findings(PARAGRAPH, "en", html=f"<p>{LINE * 5}</p>")
    assert not findings(PARAGRAPH, "en", html=f"<p>{LINE * 3}</p><p>{LINE * 3}</p>")
    items = f"<li>{LINE}</li>" * 7
    assert not findings(PARAGRAPH, "en", html=f"<p>You get:</p><ul>{items}</ul>")


BLANK = "no-blank-line-between-paragraphs"
SHORT = "The tea is here."
PROSE = "The tea was picked last week and waits for you in our shop in York."


@pytest.mark.parametrize(
    ("lang", "text", "line"),
    [
        ("en", f"Dear Anna,\n{SHORT}\n\nYours,\nTom", 2),
        ("en", f"Dear Anna\n{PROSE}\n\nYours,\nTom", 2),
        ("en", f"Dear Anna,\n\n{SHORT}\nYours sincerely,\nTom", 4),
        ("en", f"Dear Anna,\n\n{PROSE}\nBring a friend along.\n{PROSE}\n\nYours,\nTom", 5),
        ("vi", "Kính gửi chị Lan,\nTrà đã về.\n\nTrân trọng,\nNam", 2),
        ("vi", "Kính gửi chị Lan,\n\nTrà đã về.\nTrân trọng,\nNam", 4),
        ("zh", "尊敬的王女士：\n新茶到了，欢迎您来品尝。\n\n此致\n敬礼\n茶庄", 2),
        ("zh", "尊敬的王女士：\n\n新茶到了，欢迎您来品尝。\n此致\n敬礼\n茶庄", 4),
    ],
)
def test_an_empty_line_is_missing(lang: str, text: str, line: int) -> None:
    (finding,) = findings(BLANK, lang, text)
    assert finding.line == line
    assert finding.fix is not None
    assert finding.fix.safe
    assert not findings(BLANK, lang, apply_edits("text", text, finding.fix.edits))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", f"Dear Anna,\n\n{PROSE}\nBring a friend along.\n\nYours,\nTom\nManager\n01904 555 0100"),
        ("en", f"Tea House\n12 Mill Lane\nYork\n\nDear Anna,\n\n{SHORT}\n\nYours,\nTom"),
        ("en", f"Dear Anna,\n\n{PROSE}\n- a tin\n- a cup\n\nYours,\nTom"),
        ("vi", "Kính gửi chị Lan,\n\nTrà đã về.\n\nTrân trọng,\nNam"),
        ("zh", "尊敬的王女士：\n\n新茶到了。\n\n此致\n敬礼\n茶庄"),
    ],
)
def test_no_empty_line_is_missing(lang: str, text: str) -> None:
    assert not findings(BLANK, lang, text)


def test_letters_on_paper_are_typeset() -> None:
    assert not findings(BLANK, "en", f"Dear Anna,\n{SHORT}\n\nYours,\nTom", channel="letter")


@pytest.mark.parametrize(
    ("html", "tight"),
    [
        ('<p style="line-height:1.39">x</p>', True),
        ('<p style="line-height:1.4">x</p>', False),
        ('<p style="LINE-HEIGHT: 1.2;">x</p>', True),
        ('<p style="line-height:120%">x</p>', True),
        ('<p style="line-height:1.2em">x</p>', True),
        ('<p style="font-size:16px;line-height:18px">x</p>', True),
        ('<p style="line-height:24px;font-size:16px">x</p>', False),
        ('<p style="font-size:10pt;line-height:12pt">x</p>', True),
        ('<p style="line-height:20px">x</p>', False),
        ('<p style="font:16px/1.2 Arial">x</p>', True),
        ('<p style="font:16px/1.5 Arial">x</p>', False),
        ("<style>body{line-height:1.1}</style><p>x</p>", True),
        ("<style>p{line-height:1.5}</style><p>x</p>", False),
        ("<style>h1, .card h2 { margin:0; line-height:1.2 }</style><p>x</p>", False),
        ("<style>h1, p { line-height:1.2 }</style><p>x</p>", True),
        ('<h1 style="line-height:1.2">x</h1><p style="line-height:1.5">x</p>', False),
        ('<td style="font-size:0;line-height:0">&nbsp;</td>', False),
        ('<td style="font-size:1px;line-height:1px">&nbsp;</td>', False),
        ('<!-- <p style="line-height:1.2"> --><p>x</p>', False),
        ("<p>We set line-height:1.2 in the sheet.</p>", False),
        ("<p>x</p>", False),
    ],
)
def test_the_line_height_of_html(html: str, tight: bool) -> None:
    assert bool(findings(BLANK, "en", f"Dear Anna,\n\n{SHORT}\n", html)) == tight


LISTED = "list-buried-in-prose"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "You get (1) tea, (2) cups, (3) a pot, (4) a card."),
        ("en", "You get 1) tea, 2) cups, 3) a pot, 4) a card."),
        ("en", "You get 1. tea, 2. cups, 3. a pot, 4. a card."),
        ("en", "You get a) tea, b) cups, c) a pot, d) a card."),
        ("en", "You get (i) tea, (ii) cups, (iii) a pot, (iv) a card."),
        ("en", "First, boil. Second, pour. Third, wait. Fourth, drink."),
        ("en", "Firstly boil, secondly pour, thirdly wait, lastly drink."),
        ("en", "You get: - tea - cups - a pot - a card"),
        ("en", "• tea • cups • a pot • a card"),
        ("vi", "Quà gồm: (1) trà, (2) ấm, (3) chén, (4) thiệp."),
        ("vi", "Quà gồm: 1/ trà, 2/ ấm, 3/ chén, 4/ thiệp."),
        ("vi", "Quà gồm: a. trà, b. ấm, c. chén, d. thiệp."),
        ("vi", "Thứ nhất là đun, thứ hai là rót, thứ ba là chờ, cuối cùng là uống."),
        ("zh", "包括：（1）茶，（2）杯，（3）壶，（4）卡。"),
        ("zh", "包括：1、茶，2、杯，3、壶，4、卡。"),
        ("zh", "包括：1.茶，2.杯，3.壶，4.卡。"),
        ("zh", "一、茶；二、杯；三、壶；四、卡。"),
        ("zh", "（一）茶，（二）杯，（三）壶，（四）卡。"),
        ("zh", "首先烧水，其次倒水，再次等待，最后喝茶。"),
        ("zh", "第一，烧水；第二，倒水；第三，等待；第四，喝茶。"),
    ],
)
@pytest.mark.parametrize("channel", ["email", "letter"])
def test_a_list_in_prose(lang: str, text: str, channel: str) -> None:
    (finding,) = findings(LISTED, lang, text, channel=channel)
    assert finding.severity == "information"
    assert finding.fix is not None
    assert not finding.fix.safe


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "You get (1) tea, (2) cups, (3) a pot."),
        ("en", "1. tea\n2. cups\n3. a pot\n4. a card"),
        ("en", "- tea\n- cups\n- a pot\n- a card"),
        ("en", "Version 1.2.3.4, at 1:00, 2:00, 3:00, 4:00."),
        ("en", "The train runs York - Leeds - Hull - Selby - Goole."),
        ("en", "5 * 3 * 2 * 4 * 6"),
        ("vi", "Mở cửa thứ hai, thứ ba, thứ tư, thứ năm và thứ sáu."),
        ("vi", "Mở cửa thứ Hai, thứ Ba, thứ Tư, thứ Năm."),
        ("zh", "1、2、3、4号楼都送货。"),
        ("zh", "周一、二、三、四都营业。"),
    ],
)
def test_no_list_in_prose(lang: str, text: str) -> None:
    assert not findings(LISTED, lang, text)


ZH_LISTS = [
    "套装包括（1）20厘米汤锅，（2）24厘米炒锅，（3）16厘米奶\n锅，（4）玻璃锅盖。",
    "请带好(1)身份证，(2)户口本，(3)2张照片，(4)申请表。",
    "材料有：①合同，②发票，③回执，④收据。",
    "1）“春芽”茶，2）“夏荷”茶，3）“秋桂”茶，4）“冬梅”茶。",
]

ZH_NO_LISTS = [
    "（1）汤锅，（2）炒锅，（3）奶锅。",
    "（1）汤锅\n（2）炒锅\n（3）奶锅\n（4）锅盖",
    "电话(1)555、(2)556。",
    "根据第（1）项和第（3）项，您可以退货。",
    "比例为（1）：（2）：（3）",
    "共有（3）人、（4）人、（5）人、（2）人",
]


@pytest.mark.parametrize("text", ZH_LISTS)
def test_chinese_lists(text: str) -> None:
    assert findings(LISTED, "zh", f"您好：\n\n{text}\n\n此致\n敬礼")


@pytest.mark.parametrize("text", ZH_NO_LISTS)
def test_chinese_no_lists(text: str) -> None:
    assert not findings(LISTED, "zh", f"您好：\n\n{text}\n\n此致\n敬礼")


SENTENCE = "sentence-too-long"


@pytest.mark.parametrize(("lang", "word", "most"), [("en", "word ", 30), ("vi", "từ ", 40), ("zh", "茶", 60)])
def test_the_longest_sentence(lang: str, word: str, most: int) -> None:
    end = "。" if lang == "zh" else "."
    assert not findings(SENTENCE, lang, (word * most).strip() + end)
    assert findings(SENTENCE, lang, (word * (most + 1)).strip() + end)


@pytest.mark.parametrize(
    ("lang", "middle"),
    [
        ("vi", "TP. Huế"),
        ("vi", "ThS. Lan"),
        ("vi", "1.990.000 đồng"),
        ("en", "Mr. Smith"),
        ("en", "e.g. tea"),
        ("en", "tea.example"),
        ("en", "J. Smith"),
    ],
)
def test_no_sentence_ends_there(lang: str, middle: str) -> None:
    assert findings(SENTENCE, lang, f"{'word ' * 25}{middle} {'word ' * 20}.")


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    assert not findings(SENTENCE, "en", ("- " + "word " * 12 + "\n") * 4)
