"""Drafts that share parts are told the same as drafts that have their own: nothing kept leaks from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.config import Config
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.parsing.part import Part

# what stands in each block of a message: the same words to everybody, or with something of one reader in them
BLOCKS = {
    "vi": (
        ("salutation", ["Kính gửi {name},", "Chào {name},", "{name} ơi!!", ""]),
        ("hook", ["Giảm 20% cho {name} đến hết 31/3.", "Kính thưa quý khách, {name} được tặng trà.", "HÀNG MỚI VỀ ĐÂY RỒI"]),
        ("body", ["Bạn mua 2 hộp giảm 10%, mua 5 hộp giảm 15%.", "Trà sen sen thơm, giá 390.000đ.\n\nGiao trong 3 ngày.", "{name}"]),
        ("action", ["Đặt trà\nhttps://tra.example/dat", "Gọi 024 3826 0808", "https://bit.ly/x?to={name}"]),
        ("closing", ["Trân trọng,\nThu Hà", "Thân,\n{name}"]),
        ("postscript", ["T.B.: Nhớ 20% đến hết 31/3.", "T.B. Giữ ấm nhé {name}.", ""]),
        ("footer", ["Công ty TNHH Trà Mộc An\n8 ngõ Hàng Bè\n\nTừ chối nhận thư: https://tra.example/x", ""]),
    ),
    "en": (
        ("salutation", ["Dear {name},", "Hi {name}", ""]),
        ("hook", ["{name}, you save 20% on every tin until March 31.", "I hope this finds you well.", "BUY THIS TEA NOW"]),
        ("body", ["The tin costs $12. You can can return it.", "We ship within 3 days, {name}.\n\nYou get a free cup."]),
        ("action", ["Order here:\nhttps://tea.example/order", "Call 555-123-4567", "Click here"]),
        ("closing", ["Kind regards,\nAnna", "Love,\n{name}"]),
        ("postscript", ["P.S. 20% until March 31.", "P.S. Stay warm, {name}.", ""]),
        ("footer", ["Tea Ltd, 4 Mill Lane, York\n\nUnsubscribe: https://tea.example/x", ""]),
    ),
    "zh": (
        ("salutation", ["尊敬的{name}：", "{name}，您好！", ""]),
        ("hook", ["{name}买一罐减20元，3月31日止。", "你好，新茶到店！！", "感谢您一直以来的支持。"]),
        ("body", ["每罐199元，顺丰包邮。", "买2罐打九折，{name}有礼。\n\n您满意再付款。"]),
        ("action", ["订购：https://cha.example/ding", "致电 0571-88000000"]),
        ("closing", ["此致\n敬礼", "祝好\n{name}"]),
        ("postscript", ["附言：减20元到3月31日。", ""]),
        ("footer", ["绿叶茶业有限公司\n杭州市西湖区龙井路18号\n\n退订：https://cha.example/x", ""]),
    ),
}  # fmt: skip
SUBJECTS = {
    "vi": ["[QC] Giảm 20% trà sen", "Chào {name}!!", "{name} ĐƯỢC GIẢM GIÁ RẤT NHIỀU HÔM NAY"],
    "en": ["20% off tea for {name}", "Hello", "YOU WILL LOVE THIS OFFER {name}"],
    "zh": ["【广告】新茶减20元", "{name}，您好", "快来！！"],
}
NAMES = st.one_of(
    st.sampled_from(["Lan", "Nguyễn Thị Thu", "Anna", "陈美玲", "T.B.", "50%", "31/2", "https://a.example", "!", " "]),
    st.text(max_size=12).filter(lambda text: "\n" not in text and "\r" not in text),
)  # fmt: skip
CONTEXT = Context(today=date(2026, 3, 10), sender='"Trà Mộc An" <thu@tra.example>', packs=frozenset({"vn"}))


@st.composite
def audiences(draw: st.DrawFn) -> tuple[str, list[tuple[str, list[tuple[str, str]], str, str]]]:
    """A language, and some renderings: subject, blocks by name, kind and channel."""
    lang = draw(st.sampled_from(sorted(BLOCKS)))
    templates = [(name, draw(st.sampled_from(texts))) for name, texts in BLOCKS[lang]]
    subject = draw(st.sampled_from(SUBJECTS[lang]))
    kind = draw(st.sampled_from(["marketing", "greeting", "request", "reply"]))
    made = []
    for name in draw(st.lists(NAMES, min_size=2, max_size=5)):
        blocks = [(block, text.replace("{name}", name)) for block, text in templates]
        made.append(
            (subject.replace("{name}", name), blocks, kind, draw(st.sampled_from(["email", "letter"])))
        )
    return lang, made


class Pool:
    """Parts by name and words, as an audience shares them."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Part] = {}

    def __call__(self, name: str, text: str) -> Part:
        return self.known.setdefault((name, text), Part.plain(name, text))


def told(
    lang: str, rendering: tuple[str, list[tuple[str, str]], str, str], make: Pool, config: Config
) -> list[Finding]:
    subject, blocks, kind, channel = rendering
    parts = [make(name, text) for name, text in blocks]
    draft = Draft(
        lang, channel, kind, make("subject", subject), context=CONTEXT, blocks=parts, as_sent={name for name, _ in blocks}
    )  # fmt: skip
    return check(draft, config)


@settings(max_examples=60)
@given(audiences())
def test_shared_parts_are_told_as_parts_of_their_own(
    audience: tuple[str, list[tuple[str, list[tuple[str, str]], str, str]]],
) -> None:
    lang, renderings = audience
    shared, config = Pool(), Config()
    for rendering in renderings:
        assert told(lang, rendering, shared, config) == told(lang, rendering, Pool(), config)


@pytest.mark.parametrize("lang", sorted(BLOCKS))
def test_another_configuration_is_read_anew(lang: str) -> None:
    rendering = (
        "x" * 50,
        [(name, texts[0].replace("{name}", "Lan")) for name, texts in BLOCKS[lang]],
        "marketing",
        "email",
    )
    shared, plain = Pool(), Config()
    strict = replace(plain, max_words={lang: 3})
    for config in (plain, strict, plain):
        assert told(lang, rendering, shared, config) == told(lang, rendering, Pool(), config)
    assert "word-limit" in {finding.rule for finding in told(lang, rendering, shared, strict)}
