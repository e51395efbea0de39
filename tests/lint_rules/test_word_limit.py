"""Counting words: what counts in which language, and where the limit lies."""

from __future__ import annotations

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding

FOOTERS = {
    "vi": "\n\n--\nCông ty TNHH Trà Xanh\nĐịa chỉ: 12 Lê Lợi, TP. Huế. Điện thoại: 0234 123 456\n"
    "Nếu không muốn nhận thư nữa, quý khách bấm vào đây để hủy đăng ký tất cả thư quảng cáo:\nhttps://tra.example/huy",
    "en": "\n\n--\nTea House Ltd, 12 High Street, York\nPhone 555 0100\n"
    "If you no longer wish to receive our letters you can unsubscribe here:\nhttps://tea.example/unsubscribe",
    "zh": "\n\n--\n绿茶有限公司\n地址：杭州市西湖路12号 电话：0571-1234567\n如不想再收到我们的邮件，请点击退订：\nhttps://tea.example/tuiding",
}
WORD = {"vi": "trà ", "en": "tea ", "zh": "茶"}


def found(
    lang: str, text: str, kind: str = "marketing", channel: str = "email", **context: object
) -> list[Finding]:
    draft = Draft(lang, channel, kind, "Giảm 10%", text, context=Context.from_json(context))
    return [finding for finding in check(draft) if finding.rule == "word-limit"]


@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
@pytest.mark.parametrize("channel", ["email", "letter"])
def test_under_250_means_249(lang: str, channel: str) -> None:
    assert not found(lang, WORD[lang] * 249, channel=channel)
    (finding,) = found(lang, WORD[lang] * 250, channel=channel)
    assert finding.severity == "error"
    assert "250" in finding.message


@pytest.mark.parametrize("lang", ["vi", "en", "zh"])
def test_footer_and_addresses_do_not_count(lang: str) -> None:
    text = WORD[lang] * 249 + "\nhttps://tea.example/a-b-c?d=e www.tea.example/x" + FOOTERS[lang]
    assert not found(lang, text)
    assert found(lang, WORD[lang] * 250 + FOOTERS[lang])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_signs_between_words_do_not_count(lang: str) -> None:
    assert not found(lang, (WORD[lang] * 3 + "– * … & ") * 83)


def test_chinese_counts_characters_and_runs() -> None:
    assert not found("zh", "茶，" * 249)
    assert found("zh", "茶" * 240 + " CD iPhone 15 A4 USB 3 MP3 DVD VIP TV")
    assert not found("zh", "茶" * 240 + "。！？、（）《》“”")


def test_a_field_counts_as_its_fallback() -> None:
    assert not found("vi", "trà " * 247 + "{{ name|default('quý khách') }}")
    assert found("vi", "trà " * 248 + "{{ name | default('quý khách') }}")
    assert found("en", "tea " * 249 + "{{ name }}")
    assert not found("en", "tea " * 249 + "{% if vip %} {% endif %}")


def test_a_body_that_speaks_of_unsubscribing_is_no_footer() -> None:
    text = "You can unsubscribe at any time. " + "tea " * 245
    assert found("en", text)
    assert found("en", "tea " * 240 + "and you may unsubscribe whenever you like, " + "tea " * 30)


def test_the_html_part_is_counted_too() -> None:
    html = "<style>p { color: red }</style><p>" + "tea " * 250 + "</p><!-- tea -->"
    (finding,) = [
        f
        for f in check(Draft("en", "email", "marketing", "10% off", "Short.", html))
        if f.rule == "word-limit"
    ]
    assert finding.part == "html"
    assert not [
        f
        for f in check(Draft("en", "email", "marketing", "10% off", "", html.replace("tea ", "", 2)))
        if f.rule == "word-limit"
    ]


def test_limit_by_language_from_the_message_and_severity_by_kind() -> None:
    assert not found("zh", "茶" * 399, config={"max_words": {"zh": 400}})
    assert found("zh", "茶" * 400, config={"max_words": {"zh": 400}})
    (finding,) = found("en", "tea " * 250, kind="reply")
    assert finding.severity == "warning"
    assert not found("en", "tea " * 200 + "\n" + "> quoted words of the customer\n" * 20, kind="reply")


def test_invisible_characters_and_decomposed_text_make_no_words() -> None:
    assert not found("vi", "tra\u0300 \u200b \ufeff " * 249)
    (finding,) = found("vi", "tra\u0300\r\n" * 250)
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (250, 1, 250, 5)
