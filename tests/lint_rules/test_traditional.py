"""Traditional characters: the lexicons hold simplified ones, and a text in either is read alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.parsing.normalise import _SIMPLIFIED, folded
from lint_rules.parsing.part import Part
from lint_rules.parsing.width import columns


def rules(text: str, subject: str = "", kind: str = "marketing", **context: object) -> set[str]:
    draft = Draft("zh", "email", kind, subject, text, context=Context.from_json(context))
    return {finding.rule for finding in check(draft)}


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("您說得對", "您说得对"),
        ("取消訂閱，優惠，訂購", "取消订阅,优惠,订购"),
        ("順頌商祺，敬啟", "顺颂商祺,敬启"),
        ("每罐減六十塊錢，滿兩萬圓", "每罐减六十块钱,满两万圆"),
        ("週五下午三點前", "周五下午三点前"),
        ("為您準備後續服務", "为您准备后续服务"),
        ("請妳回覆，瞭解詳情，看著辦", "请你回复,了解详情,看着办"),
        ("Yahoo!奇摩 與 LINE 官方帳號", "yahoo!奇摩 与 line 官方帐号"),
    ],
)
def test_a_text_for_comparing_is_simplified(traditional: str, simplified: str) -> None:
    assert folded(traditional) == simplified
    assert len(folded(traditional)) == len(traditional)


@pytest.mark.parametrize(
    "text",
    [
        "冷蔵庫を買うと五百円減ります。発売記念の優待",
        "お客様の声を聞かせてください",
        "giảm giá 20% cho khách hàng",
        "20% off winter coats",
        "복숭아 20% 할인",
        "什么样的象，看着远方",
        "优惠已到期",
    ],
)
def test_other_languages_and_simplified_texts_stay_as_they_are(text: str) -> None:
    assert folded(text) == text.lower().replace("，", ",")


def test_a_brand_with_one_sign_of_japanese_does_not_make_a_text_japanese() -> None:
    assert folded("優の良品優惠中") == "优の良品优惠中"


def test_what_is_shown_is_as_written() -> None:
    part = Part.plain("text", "我們的關鍵是閉環。您說得對")
    assert part.text == "我們的關鍵是閉環。您說得對"
    assert columns(part.text) == columns(part.folded)
    draft = Draft("zh", "email", "marketing", "減60元", "這個方案的閉環是關鍵。")
    shown = [finding.message for finding in check(draft) if finding.rule == "jargon"]
    assert len(shown) == 1
    assert "閉環" in shown[0]


OFFER = """親愛的顧客：

您現在訂購，電熱水壺減40元。壺身雙層防燙，三分鐘燒開一升水。

到手價129元，全台免運，三天內送達。請在6月18日前下單：
https://nuanjia.example/hu-129

順頌商祺

暖家電器
"""


def test_an_offer_in_traditional_characters_holds_all_it_needs() -> None:
    found = rules(OFFER, "電熱水壺減40元", today="2026-06-10", offer_type="goods")
    assert not found & {
        "price-missing",
        "delivery-missing",
        "deadline-missing",
        "no-call-to-action",
        "missing-closing",
        "missing-salutation",
        "no-benefit-in-the-first-two-sentences",
        "more-than-one-offer",
        "subject-shows-no-benefit",
        "subject-promise-not-in-the-body",
    }


@pytest.mark.parametrize(
    ("rule", "subject", "text", "kind"),
    [
        ("arguing-or-defensive", "", "包裹破損不是我們的責任，請聯絡快遞公司。", "reply"),
        ("writers-own-opinion", "", "我個人認為這個杯子沒有品質問題。", "reply"),
        ("jargon", "", "我們為您打造閉環，賦能業務。", "marketing"),
        ("greeting-or-mystery-subject", "您還記得我們嗎", "您好。", "marketing"),
        ("more-than-one-offer", "", "空氣淨化器立減300元。\n\n另外，羽絨服八折。", "marketing"),
        ("mixed-forms-of-address", "", "您訂購的茶已發出，你們可以查詢。", "marketing"),
        ("missing-closing", "", "王女士：\n\n淨水器八折。\n\n訂購：https://a.example/b", "marketing"),
    ],
)
def test_rules_find_in_traditional_characters_what_they_find_in_simplified(
    rule: str, subject: str, text: str, kind: str
) -> None:
    assert rule in rules(text, subject, kind)


@pytest.mark.parametrize(
    ("rule", "text", "kind", "context"),
    [
        ("complaint-reply-without-acknowledgement", "您說得對，鍋蓋有裂紋。", "reply", {"complaint": True}),
        ("complaint-reply-without-acknowledgement", "對此我們深感遺憾。", "reply", {"complaint": True}),
        (
            "complaint-reply-without-a-next-step",
            "很抱歉。我們會在三天內為您換新。",
            "reply",
            {"complaint": True},
        ),
        (
            "no-way-to-opt-out",
            "八折。\n\n若您想取消訂閱，請寄信至 a@b.example。",
            "marketing",
            {"pack": ["cn"]},
        ),
        ("no-way-to-opt-out", "八折。\n\n如需退訂，請回覆本郵件。", "marketing", {"pack": ["cn"]}),
        ("missing-closing", "王女士：\n\n淨水器八折。\n\n暖家電器敬啟", "marketing", {}),
        ("doubled-word", "您可以體驗體驗，也可以討論討論。", "marketing", {}),
        ("jargon", "這盞落地燈八折。", "marketing", {}),
    ],
)
def test_what_is_no_mistake_in_simplified_is_none_in_traditional(
    rule: str, text: str, kind: str, context: dict[str, object]
) -> None:
    assert rule not in rules(text, "", kind, **context)


QUALITY = Path(__file__).parents[2] / "benchmarks" / "lint_quality" / "first" / "zh.jsonl"
_IN_TRADITIONAL = {ord(simple): chr(code) for code, simple in _SIMPLIFIED.items()}


def _in_traditional(given: Any) -> Any:
    """All texts of a message in traditional characters, whichever of them a simplified one stands for."""
    if isinstance(given, str):
        return given.translate(_IN_TRADITIONAL)
    if isinstance(given, list):
        return [_in_traditional(item) for item in given]
    if isinstance(given, dict):
        return {key: _in_traditional(item) for key, item in given.items()}
    return given


def test_every_text_is_judged_alike_in_both_writings() -> None:
    for line in QUALITY.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        found = {finding.rule for finding in check(Draft.from_json(message))}
        again = {finding.rule for finding in check(Draft.from_json(_in_traditional(message)))}
        assert again == found, message["id"]


def test_long_texts_are_read_in_one_go() -> None:
    text = "您說得對，取消訂閱。" * 100_000
    assert folded(text).startswith("您说得对,取消订阅。")
