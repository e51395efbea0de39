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


def test_a_chinese_phrase_is_found_across_the_end_of_a_full_line() -> None:
    wrapped = "包裹在运输途中破损，快递公司已经确认，这件事不是我们的\n责任，请联系快递公司。"
    assert findings("arguing-or-defensive", "zh", wrapped)
    assert findings("jargon", "zh", "我们用三个月的时间和十二位同事一起，为您的门店打造闭\n环。")


@pytest.mark.parametrize(
    "text",
    [
        # short lines end by themselves
        "不是我们的\n责任编辑：李明",
        "今天的菜单上有闭\n环形面包",
        # a near miss is one across the end as well
        "我们用三个月的时间和十二位同事一起挑选了这一盏落地\n灯，放在沙发旁边正好。",
        # and an empty line parts
        "我们用三个月的时间和十二位同事一起，为您的门店打造闭\n\n环形面包",
    ],
)
def test_chinese_lines_that_end_by_themselves(text: str) -> None:
    assert not findings("arguing-or-defensive", "zh", text)
    assert not findings("jargon", "zh", text)


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


ZH_ARGUING = [
    "如果您仔细看过说明书，就不会有这样的问题。",
    "要是您当初听了客服的建议，杯子就不会裂。",
    "您要是早点联系我们，也不至于拖到现在。",
    "若您收货时检查过包装，就不会到今天才发现。",
    "假如您事先确认了尺寸，就不会买错。",
    "如果您好好保管小票，就不会有这个麻烦。",
    "您为什么不早说？",
    "您当初怎么没有核对地址？",
    "商品页上明明写着不支持退货。",
    "说明书里写得清清楚楚。",
    "我们当初就提醒过您。",
    "合同中早就写明了这一点。",
    "倘若您看清了尺码表，怎么会买小一号？",
    "如果您仔细看过说\n明书，就不会这样。",
]

ZH_NO_ARGUING = [
    "如果您提前预订，就不会错过名额。",
    "如果您仔细看，会发现壶底有一枚印章。",
    "如果您按说明操作后仍不行，请联系我们。",
    "如果我们早点检查过包装，就不会给您添麻烦。",
    "要是我们当初听了您的意见，就不会这样。",
    "如果您看过样品后不满意，我们不会收费。",
    "如果您事先没有收到短信，也不会影响使用。",
    "如果您确认过地址无误，我们今天就发货。",
    "说明书里写得不清楚，是我们的疏忽。",
    "说明书写得很清楚，新手也能看懂。",
    "您为什么没有收到短信：系统漏发了，这是我们的错。",
    "若您早些到店，可以先喝一杯茶。",
    "如果您注意到裂纹，请拍照发给我们，我们会换新。",
    "您如果仔细看过合同，还有疑问，请告诉我们。",
    "我们明明白白承认，这是我们的错。",
]


@pytest.mark.parametrize("text", ZH_ARGUING)
def test_chinese_arguing(text: str) -> None:
    assert findings("arguing-or-defensive", "zh", text)


@pytest.mark.parametrize("text", ZH_NO_ARGUING)
def test_chinese_no_arguing(text: str) -> None:
    assert not findings("arguing-or-defensive", "zh", text)


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


ZH_OPINIONS = [
    "依我个人之见，您的孩子应该继续学。",
    "据我个人的经验，这款茶放两年更好。",
    "以我个人的看法，换新没有必要。",
    "我个人建议您再等一等。",
    "本人不赞成退货。",
    "窃以为此事不必追究。",
    "照我个人的理解，条款并无问题。",
    "依本人之见，应当和解。",
    "我怀疑您没有通电。",
    "在本人看来，赔偿已经足够。",
    "个人浅见，仅供参考。",
]

ZH_NO_OPINIONS = [
    "您的个人看法我们已记下。",
    "欢迎您提出个人意见。",
    "我个人向您道歉。",
    "请提供本人身份证。",
    "须由本人签字。",
    "我们建议您再等一等。",
    "请您本人到店。",
    "我相信您很失望，很抱歉。",
    "本人签收后请核对。",
    "个人信息不会外传。",
    "您自以为填错的那一栏其实没错。",
    "依您个人之见，哪个颜色好？",
    "据您的经验，哪款更好？",
]


@pytest.mark.parametrize("text", ZH_OPINIONS)
def test_chinese_opinions(text: str) -> None:
    assert findings("writers-own-opinion", "zh", text)


@pytest.mark.parametrize("text", ZH_NO_OPINIONS)
def test_chinese_no_opinions(text: str) -> None:
    assert not findings("writers-own-opinion", "zh", text)


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
