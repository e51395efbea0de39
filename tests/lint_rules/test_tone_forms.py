"""Rules on the form of words and marks: faces, capitals, exclamation marks, words written twice."""

from __future__ import annotations

import pytest

from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits


def findings(rule: str, lang: str, text: str) -> list[Finding]:
    found = check(Draft(lang, "email", "marketing", "10%", text))
    return [finding for finding in found if finding.rule == rule]


def shown(lang: str, text: str, rule: str) -> str:
    (finding,) = findings(rule, lang, text)
    assert finding.fix is not None
    return apply_edits("text", text, finding.fix.edits)


FACES = ":) :-) :( :-( ;) ;-) :D ;D =D xD =)) :)))) :3 <3 :P :'( :x ^^ ^_^ (^_^) T_T (T_T) O_o -_- (>_<) :v \\o/ @@ orz"


@pytest.mark.parametrize("face", FACES.split())
@pytest.mark.parametrize(("lang", "words"), [("vi", "Hẹn gặp chị"), ("en", "See you soon"), ("zh", "明天见")])
def test_emoticons(lang: str, words: str, face: str) -> None:
    assert shown(lang, f"{words} {face}\nABC", "emoticon") == f"{words}\nABC"


@pytest.mark.parametrize("text", ["谢谢您:)", "明天见^_^", "谢谢：）", "谢谢 ：））"])
def test_emoticons_behind_chinese(text: str) -> None:
    assert findings("emoticon", "zh", text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        # closing brackets
        ("vi", "Gồm: a) trà; b) cốc 8) ghế (xem thêm:)"),
        ("vi", "Mời chị ghé (nhớ mang thẻ ;)"),
        ("en", "As follows (in order :) tea, cups" + "\nNext line"),
        ("zh", "（详见：附件）地址：（上海）"),
        ("zh", "（安排如下：）"),
        # times, ratios, prices
        ("vi", "Mở cửa 8:00-17:00, tỷ lệ 16:9, 1:3), giá :3.000đ"),
        ("en", "Open 8:30) and 10:30; score 3:0"),
        # addresses
        ("en", "https://tea.example/:)x and http://tea.example/"),
        # less than
        ("vi", "Bán kính <3 km, dưới <3kg, 5 <3"),
        ("en", "under <3 lb in <3 days"),
        ("en", "sizes XD and XL, CD: 5, D: 3"),
        # pictures are no text emoticons
        ("vi", "Trà mới 🍵🎉"),
    ],
)
def test_no_emoticons(lang: str, text: str) -> None:
    assert not findings("emoticon", lang, text)


def test_a_face_within_brackets_is_one() -> None:
    assert findings("emoticon", "en", "Come by (and bring a friend :) as you like).")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Buy now!! Today.", "Buy now! Today."),
        ("Really!?! Yes.", "Really?! Yes."),
        ("八折！！！", "八折！"),
        ("八折!！", "八折！"),
        ("Now‼ Today.", "Now! Today."),
        ("Yahoo!!!", "Yahoo!"),
    ],
)
def test_a_run_of_marks_becomes_one(text: str, mended: str) -> None:
    assert shown("en", text, "too-many-exclamation-marks") == mended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Come! Free! Nice! More!", 1),
        ("One! Two! Three!", 0),
        ("a！b！c！d！", 1),
        ("What?! Now!? Here.", 0),
        ("Yahoo! E! Wham! Joomla! Jeopardy!", 0),
        ("Use `a !! b` and `!!`", 0),
        ("if (!a && !b && !c && !d)", 0),
        ("!important !important !important !important", 0),
        ("https://tea.example/a!!b", 0),
    ],
)
def test_marks_that_count(text: str, expected: int) -> None:
    assert len(findings("too-many-exclamation-marks", "en", text)) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Mời chị MUA 1 TẶNG 1 NGAY hôm nay."),
        ("vi", "Chị ơi, GIẢM GIÁ 50% HÔM NAY nhé."),
        ("en", "It is NEW! HOT! CHEAP! here."),
        ("zh", "春茶 BUY ONE TODAY 欢迎"),
    ],
)
def test_figures_and_marks_do_not_lower_the_voice(lang: str, text: str) -> None:
    assert findings("shouting-in-capitals", lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Xem trên VTV, SCTV, HTV và VOV."),
        ("vi", "Bảng A 1 B 2 C 3"),
        ("en", "BBC, ITV and NHS; JPEG PNG GIF; ISBN ISSN DOI"),
        ("en", "Use SEN20 TRA30 COM40."),
    ],
)
def test_abbreviations_do_not_shout(lang: str, text: str) -> None:
    assert not findings("shouting-in-capitals", lang, text)


DOUBLED = "doubled-word"


@pytest.mark.parametrize(
    ("lang", "text", "mended"),
    [
        ("vi", "Trà của của chúng tôi", "Trà của chúng tôi"),
        ("vi", "Mời các\ncác bạn ghé", "Mời các bạn ghé"),
        ("vi", "Và và trà sen", "Và trà sen"),
        ("vi", "Trà là là món quà", "Trà là món quà"),
        ("en", "This is the the cup", "This is the cup"),
        ("en", "The the cup", "The cup"),
        ("en", "We sell tea in in the shop", "We sell tea in the shop"),
        ("en", "The cup is\nis here", "The cup is here"),
        ("en", "> We are are here", "> We are here"),
        ("zh", "我们我们送货", "我们送货"),
        ("zh", "春茶的的味道", "春茶的味道"),
        ("zh", "您您好", "您好"),
    ],
)
def test_a_doubled_word_goes(lang: str, text: str, mended: str) -> None:
    assert shown(lang, text, DOUBLED).replace("\n", " ") == mended


def test_across_a_wrapped_chinese_line_only() -> None:
    line = "凡在本店周边二十公里以内居住的客户均可享受免费上门"
    assert findings(DOUBLED, "zh", f"{line}我们\n我们送货")
    assert not findings(DOUBLED, "zh", "最新春茶\n春茶八折")


VIETNAMESE = (
    "dần dần|xa xa|luôn luôn|từ từ|mãi mãi|đo đỏ|nhè nhẹ|cay cay|chua chua|giòn giòn|to to|nhanh nhanh|su su|chôm chôm"
    "|chuồn chuồn|cào cào|ngày ngày|đời đời|vân vân|bye bye|so so|ba ba|năm năm|ha ha|tầng tầng lớp lớp|Lê Lê|Vân Vân"
    # two words that share a syllable where they meet
    "|học sinh sinh viên|thiết bị bị lỗi|xác nhận nhận thư|sử dụng dụng cụ|liên hệ hệ thống|thông tin tin cậy"
    "|quà tặng tặng kèm|có thể thể hiện|đầu tư tư vấn|nhà hàng hàng đầu|chương trình trình diễn"
)
ENGLISH = (
    "that that|had had|bye bye|so so|very very|there there|New York, New York|Duran Duran|mahi mahi|ylang ylang|can can"
    "|agar agar|check in in time|go on on foot|what it is is tea|5 5|Walla Walla|big big|Lê Lê|{{ a }} {{ a }}"
)
CHINESE = (
    "爸爸|谢谢|看看|天天|妈妈|刚刚|高高兴兴|平平安安|研究研究|享受享受|欢迎欢迎|的的确确|是是非非|和和美美"
    # two words that share a character where they meet
    "|为了了解|现在在售|正在在线|实在在乎|首都都有|成就就是|目的的实现|您的的士|温和和甜|把把关|火把把|普及及时|参与与否"
    "|被被子|申请请示|还是是"
)


@pytest.mark.parametrize(
    ("lang", "words"),
    [(lang, words) for lang, all_words in (("vi", VIETNAMESE), ("en", ENGLISH), ("zh", CHINESE)) for words in all_words.split("|")],
)  # fmt: skip
def test_reduplication_names_and_words_that_meet(lang: str, words: str) -> None:
    assert not findings(DOUBLED, lang, words if lang == "zh" else f"Abc {words} xyz.")
    assert not findings(DOUBLED, lang, words)


def test_lines_of_their_own_and_addresses() -> None:
    assert not findings(DOUBLED, "en", "We sell tea\nTea is good for you.")
    assert not findings(DOUBLED, "zh", "https://tea.example/新茶新茶")


def test_what_is_shown_of_a_shout_begins_with_a_whole_word() -> None:
    text = "Kính gửi quý khách,\n\nGiảm 20% cho khách!!!\n\nTrân trọng"
    (said,) = [
        finding.message
        for finding in check(Draft("vi", "email", "marketing", "Trà sen giảm 20%", text))
        if finding.rule == "too-many-exclamation-marks"
    ]
    assert said == "Chỉ dùng một dấu chấm than: “cho khách!!!”."
