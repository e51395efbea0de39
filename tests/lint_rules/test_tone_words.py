"""Rules on the words of a message: arguing, opinions, refusals, jargon. Near misses beside every hit."""

from __future__ import annotations

import pytest

from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.parsing.phrases import build, spelled_out, tokens


def findings(rule: str, lang: str, text: str, kind: str = "reply", channel: str = "email") -> list[Finding]:
    draft = Draft(lang, channel, kind, "" if channel == "letter" else "10%", text)
    return [finding for finding in check(draft) if finding.rule == rule]


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        ("giảm giá", ["giảm giá"]),
        ("lỗi (của|từ) shop # lời trách", ["lỗi của shop", "lỗi từ shop"]),
        ("không (phải|) lỗi", ["không phải lỗi", "không lỗi"]),
        ("!(a|b) (c|d)", ["!a c", "!a d", "!b c", "!b d"]),
        ("(no subject)", ["(no subject)"]),
        ("# (a|b)", []),
        ("  ", []),
    ],
)
def test_a_line_of_a_lexicon_may_hold_choices(line: str, phrases: list[str]) -> None:
    assert spelled_out(line) == phrases


def test_choices_are_found_and_silenced_as_if_written_out() -> None:
    lexicon = build(["(落地|抓手)", "!落地(窗|灯)"])
    assert lexicon.any_in(tokens("方案落地"), "方案落地")
    assert not lexicon.any_in(tokens("落地灯"), "落地灯")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Đây không phải lỗi của chúng tôi."),
        ("vi", "Đây không phải là lỗi của chúng tôi."),
        ("vi", "Việc giao chậm không phải do lỗi của bên em."),
        ("vi", "Lỗi này không phải của shop."),
        ("vi", "Chúng tôi hoàn toàn không có lỗi."),
        ("vi", "Lỗi hoàn toàn thuộc về anh."),
        ("vi", "Ấm hỏng do chị sử dụng sai cách."),
        ("vi", "Anh chị đã hiểu nhầm."),
        ("vi", "Lẽ ra quý khách phải gọi trước."),
        ("vi", "Việc này không thuộc trách nhiệm của cửa hàng."),
        ("en", "You failed to read the label."),
        ("en", "This isn’t our fault."),
        ("en", "None of this was our fault."),
        ("en", "You didn't follow the instructions."),
        ("en", "You should have called us."),
        ("en", "The fault lies with you."),
        ("en", "We can't be held responsible."),
        ("en", "As we already told you, the shop is closed."),
        ("zh", "这不是我们的责任。"),
        ("zh", "并非我方过错。"),
        ("zh", "责任不在我们。"),
        ("zh", "您没有按说明书操作。"),
        ("zh", "由于您的疏忽，杯子碎了。"),
        ("zh", "是您自己弄错了。"),
    ],
)
def test_arguing(lang: str, text: str) -> None:
    (finding, *_) = findings("arguing-or-defensive", lang, text)
    assert finding.severity == "error"
    (finding, *_) = findings("arguing-or-defensive", lang, text, kind="marketing")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        # admissions
        ("vi", "Đây hoàn toàn là lỗi của chúng tôi."),
        ("vi", "Đó là lỗi của anh giao hàng bên em."),
        ("en", "This is our fault: we failed to call you."),
        ("en", "You should have been told."),
        ("zh", "这都是我们的责任。"),
        ("zh", "难道不是我们的责任吗？"),
        # blame that is taken from the reader
        ("vi", "Không phải lỗi của anh chị, mà là lỗi của chúng tôi."),
        ("vi", "Lỗi không phải do quý khách."),
        ("en", "It is not your fault, and none of this was your mistake."),
        ("en", "It's not your fault that we failed to call."),
        ("en", "Please don't blame yourself."),
        ("zh", "这不是您的错，也不怪您。"),
        ("zh", "并不是您没有看清，是我们写得不清楚。"),
        # blame that is itself denied
        ("vi", "Chúng tôi không thể nói đây không phải lỗi của chúng tôi."),
        ("en", "We would never say that it is not our fault."),
        ("en", "We do not claim that you failed to do anything."),
        ("zh", "我们从不说这不是我们的责任。"),
        ("zh", "不管是不是我们的责任，我们都会换新。"),
        # conditions
        ("en", "If you have not read the manual, we will gladly send it."),
        ("en", "If you forgot to enclose the slip, just tell us."),
        ("zh", "如果您没有看清说明，请打电话。"),
        # quotations
        ("vi", "Anh viết rằng nhân viên đã nói “đây không phải lỗi của chúng tôi”."),
        ("en", '> It is not our fault.\nThat was a poor answer, and "you failed to call" was another.'),
        ("zh", "您说客服回答“不是我们的责任”，我们很抱歉。"),
    ],
)
def test_no_arguing(lang: str, text: str) -> None:
    assert not findings("arguing-or-defensive", lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Theo ý kiến cá nhân, mẫu này đẹp hơn."),
        ("vi", "Theo tôi, anh nên đổi."),
        ("vi", "Theo quan điểm của em, trà này ngon."),
        ("vi", "Tôi nghĩ anh nên đổi."),
        ("vi", "Cá nhân tôi thấy ổn."),
        ("en", "I personally think it is fine."),
        ("en", "In my opinion the cup is fine."),
        ("en", "I honestly believe the cup was whole."),
        ("en", "It seems to me that the cup was whole."),
        ("zh", "我个人认为没有问题。"),
        ("zh", "在我看来，杯子是好的。"),
        ("zh", "恕我直言，这很正常。"),
    ],
)
def test_opinions_in_letters_and_replies_only(lang: str, text: str) -> None:
    rule = "writers-own-opinion"
    assert findings(rule, lang, text)
    assert findings(rule, lang, text, kind="marketing", channel="letter")
    assert not findings(rule, lang, text, kind="marketing")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Chúng tôi tin rằng anh sẽ hài lòng."),
        ("vi", "Theo ý kiến của anh, chúng tôi đổi cách gói."),
        ("vi", "Theo tôi được biết, hàng đã gửi."),
        ("vi", "Ý kiến cá nhân của anh rất quý với chúng tôi."),
        ("vi", "Anh viết: “theo ý kiến cá nhân tôi, ấm quá nhỏ”."),
        ("en", "Your personal opinion matters to us."),
        ("en", "Do you think the larger one would suit you?"),
        ("en", "I will see to it personally."),
        ("zh", "欢迎您提出个人意见。"),
        ("zh", "您个人认为哪天合适？"),
        ("zh", "我觉得非常抱歉。"),
        ("zh", "请核对您的个人信息。"),
    ],
)
def test_no_opinions(lang: str, text: str) -> None:
    assert not findings("writers-own-opinion", lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Chúng tôi không thể giao. Chúng tôi không đổi. Chúng tôi không hoàn tiền."),
        ("vi", "Kính gửi chị,\n\nKhông nhận đổi trả, không hoàn tiền, không giải quyết.\n\nTrân trọng,\nLan"),
        ("vi", "Rất tiếc, hàng đã hết. Không nhận đặt trước. Không áp dụng cho chị."),
        ("en", "We can't deliver. We don't take cards. We won't refund."),
        ("en", "You cannot return it. You may not exchange it. No refunds."),
        ("zh", "不退款，不换货，不送货。"),
        ("zh", "我们无法退款，不接受换货，也不能送货。"),
    ],
)
def test_three_refusals(lang: str, text: str) -> None:
    (finding,) = findings("negative-wording", lang, text)
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Chúng tôi không thể giao. Chúng tôi không hoàn tiền."),
        ("vi", "Không cần đặt cọc, không mất phí, không lo giá, không thể bỏ lỡ."),
        ("vi", "Giá không đổi. Chúng tôi không thu phí, không nhận thêm phí, không dùng phẩm màu."),
        ("en", "We cannot deliver today. We do not take cards."),
        ("en", "No deposit, no fees, no exchange fee. You can't lose and cannot go wrong."),
        ("en", "Never bitter, never dull, never late. We will never sell your address."),
        ("zh", "我们无法送货，也不能退款。"),
        ("zh", "免押金，无需预约，不加价，不限购，不可错过，不满意就退。"),
        ("zh", "您能不能告诉我们？可不可以周五送？难以忘怀，好得不得了。"),
    ],
)
def test_good_news_and_two_refusals(lang: str, text: str) -> None:
    assert not findings("negative-wording", lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Giải pháp end-to-end giúp anh chị tối ưu hóa chi phí."),
        ("vi", "Sản phẩm hot trend, order ngay kẻo lỡ."),
        ("vi", "Nâng tầm trải nghiệm của chị."),
        ("en", "We leverage our synergies."),
        ("en", "A seamless, best-in-class experience."),
        ("en", "We beg to acknowledge receipt and enclose herewith the list."),
        ("zh", "我们为您赋能。"),
        ("zh", "找到抓手，形成闭环，让方案落地。"),
        ("zh", "对齐认知，沉淀用户。"),
    ],
)
def test_jargon(lang: str, text: str) -> None:
    assert findings("jargon", lang, text, kind="marketing")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Hệ sinh thái rừng ngập mặn, trải nghiệm một buổi làm gốm."),
        ("vi", "Chị nhận voucher qua email, mua online cũng được."),
        ("en", "Seamless stockings; the lake ecosystem; outside the box you find a card."),
        ("en", "The leverage of a long lever lifts the stone."),
        ("zh", "落地窗、落地灯、落地签、落地晾衣架都有。"),
        ("zh", "航班平稳落地，树叶落地。"),
        ("zh", "其中台湾茶八折，沙拉新品和硬核桃也有。"),
        ("zh", "请留存收据，放在密闭环境里，远离空调出风口。"),
        ("zh", "种草莓，修复盘子，抓手机，杯底有沉淀，用漏斗倒茶。"),
    ],
)
def test_no_jargon(lang: str, text: str) -> None:
    assert not findings("jargon", lang, text, kind="marketing")
