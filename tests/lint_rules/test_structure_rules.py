"""Structure: purpose, attachments, paper, issues answered, copies, forms of address, acknowledgement."""

from __future__ import annotations

import pytest

from lint_rules.rule import Severity
from tests.drafts import findings, flagged

ISSUE = "customers-issue-not-answered"


@pytest.mark.parametrize(
    ("lang", "keywords", "text", "answered"),
    [
        ("vi", ["giao hàng"], "Về việc GIAO HÀNG chậm, chúng tôi xin lỗi.", True),
        ("vi", ["giao hàng"], "Về việc giao\nhàng chậm, chúng tôi xin lỗi.", True),
        ("vi", ["hoà tiền"], "Chúng tôi hòa tiền ngay.", True),
        ("vi", ["rơm"], "Máy lọc ROM đã thay.", False),
        ("vi", ["ấm"], "Tấm lòng của chị làm chúng tôi thấm thía.", False),
        ("vi", ["ấm", "nứt"], "Chiếc bị nứt đã đổi.", True),
        ("en", ["noise", "loud"], "The fan is now quieter: the NOISE is gone.", True),
        ("en", ["refund"], "Two refunds left us today.", True),
        ("en", ["fan"], "We sell fancy things.", False),
        ("en", ["money back"], "You get your money  back today.", True),
        ("en", ["noise", "loud"], "We moved your table.", False),
        ("zh", ["发货"], "您的包裹今天发货。", True),
        ("zh", ["WiFi"], "我们的wifi已修好。", True),
        ("zh", ["物流", "发货"], "我们已换新壶。", False),
        ("zh", ["A4纸"], "ａ４纸已补寄。", True),
    ],
)
def test_issues(lang: str, keywords: list[str], text: str, answered: bool) -> None:
    issues = [{"id": "one", "keywords": keywords}]
    assert flagged(ISSUE, lang, text, kind="reply", issues=issues) is not answered


def test_each_issue_has_its_finding() -> None:
    issues = [
        {"id": "noise", "keywords": ["noise", "loud"]},
        {"id": "price", "keywords": ["price"]},
        {"id": "smell", "keywords": ["smell"]},
    ]
    found = findings(ISSUE, "en", "The price is right.", kind="reply", issues=issues)
    assert ["noise" in item.message and "loud" in item.message for item in found] == [True, False]
    assert "smell" in found[1].message
    assert not findings(ISSUE, "en", "Hello.", kind="reply", issues=[])
    assert not findings(ISSUE, "en", "Hello.", kind="reply")
    assert not findings(ISSUE, "en", "Hello.", kind="marketing", issues=issues)


def test_the_customers_own_words_answer_nothing() -> None:
    issues = [{"id": "noise", "keywords": ["noise"]}, {"id": "re", "keywords": ["10%"]}]
    text = "We will call you on Monday.\n\n> The noise is terrible.\n"
    assert len(findings(ISSUE, "en", text, kind="reply", issues=issues)) == 2


CC = "too-many-cc"
PEOPLE = [f"{name}@a.example" for name in "abcdefg"]


@pytest.mark.parametrize(
    ("kind", "copies", "context", "expected"),
    [
        ("reply", 3, {}, None),
        ("reply", 4, {}, Severity.WARNING),
        ("request", 4, {"recipients": 1}, Severity.WARNING),
        ("transactional", 1, {}, None),
        ("reply", 1, {"bulk_per_day": 9000}, None),
        ("marketing", 1, {"recipients": 500}, Severity.ERROR),
        ("marketing", 1, {"bulk_per_day": 3000}, Severity.ERROR),
        ("marketing", 1, {}, Severity.ERROR),
        ("greeting", 1, {"recipients": 20}, Severity.ERROR),
        ("request", 1, {"recipients": 20}, Severity.ERROR),
        ("request", 1, {"bulk_per_day": 100}, Severity.ERROR),
        ("marketing", 1, {"recipients": 1}, None),
        ("marketing", 3, {"recipients": 1, "bulk_per_day": 0}, None),
        ("marketing", 3, {"bulk_per_day": 0}, None),
        ("marketing", 0, {"recipients": 500}, None),
    ],
)
def test_copies(kind: str, copies: int, context: dict[str, int], expected: Severity | None) -> None:
    found = findings(CC, "en", "Hello", kind=kind, cc=PEOPLE[:copies], **context)
    assert [item.severity for item in found] == ([expected] if expected else [])


def test_copies_unknown() -> None:
    assert not findings(CC, "en", "Hello", recipients=500)


MIXED = "mixed-forms-of-address"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Kính gửi Quý khách,\n\nMời bạn ghé cửa hàng."),
        ("vi", "Chào bạn,\n\nMời anh/chị ghé cửa hàng."),
        ("vi", "Chào bạn,\n\nQuý khách được giảm 20%."),
        ("vi", "Kính gửi quý khách,\n\nAnh chị được giảm 20%."),
        ("vi", "Anh chị thân mến,\n\nBạn được giảm 20%."),
        ("vi", "Chào anh Nam,\n\nTrà sen đã về. Bạn ghé nhận nhé."),
        ("vi", "Chị Lan thân mến,\n\nTrà sen đã về, mời bạn ghé."),
        ("vi", "Chào các bạn,\n\nMời Anh/Chị ghé cửa hàng."),
        ("vi", "Mời Anh ghé cửa hàng. Bạn sẽ thích."),
        ("vi", "Quý vị thân mến, mời các bạn nếm trà."),
        ("zh", "感谢您的支持，欢迎你来。"),
        ("zh", "你好！\n\n我们为您准备了新茶。"),
        ("zh", "尊敬的您：\n\n你们的订单已发货。"),
        ("en", "Dear Sir,\n\nHey guys, tea is here."),
        ("en", "Dear Sir or Madam,\n\nHi there guys, you guys will love it."),
    ],
)
def test_mixed(lang: str, text: str) -> None:
    assert len(findings(MIXED, lang, text)) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Kính gửi Quý khách,\n\nQuý khách có thể mời bạn bè, bạn hàng cùng đi."),
        ("vi", "Kính gửi Quý khách,\n\nHoa anh đào nở, chị em phụ nữ và em bé đều vui."),
        ("vi", "Kính gửi Quý khách,\n\nCác bạn của quý khách cũng được giảm 10%."),
        ("vi", "Kính gửi Quý khách,\n\nQuý khách rủ thêm bạn, cả hai cùng được giảm."),
        ("vi", "Kính gửi Quý khách,\n\nChị Hoa ở cửa hàng sẽ gọi; anh ấy là thợ giỏi."),
        ("vi", "Kính gửi Quý khách,\n\nAnh Tuấn, kỹ thuật viên, sẽ tới lúc 9h."),
        ("vi", "Kính gửi quý khách,\n\nTrà hoàng gia từ nước Anh, sách tiếng Anh, hàng nhập từ Anh."),
        ("vi", "Chào bạn,\n\nCô Minh Anh dạy lớp Anh văn; bạn thích Lan Anh chứ?"),
        ("vi", "Chào bạn,\n\nCùng anh em, bạn bè dự hội nhé bạn."),
        ("vi", "Chào bạn,\n\nKhách viết: “Anh chị phục vụ rất tốt.” Bạn cũng sẽ thích."),
        ("vi", "Kính gửi Quý anh chị,\n\nMời anh chị ghé cửa hàng."),
        ("vi", "Kính gửi Quý Anh/Chị,\n\nMời Anh/Chị ghé cửa hàng."),
        ("vi", "Kính gửi anh chị,\n\nAnh hoặc chị ghé đều được."),
        ("vi", "Chào chị {{ first_name|default('bạn') }},\n\nMời chị ghé cửa hàng."),
        ("vi", "Chào {{ first_name|default('bạn') }},\n\nMời anh chị ghé cửa hàng."),
        ("vi", "Chào bạn,\n\nBạn đọc thân thiết nhận quà; người bạn lớn của bé."),
        ("vi", "Kính gửi Quý công ty,\n\nMời anh chị dự buổi nếm trà."),
        ("vi", "Chào bạn,\n\nCác anh chị nhân viên luôn chờ bạn."),
        ("zh", "感谢您的支持。歌名叫《你好》，有人说“你好”。"),
        ("zh", "欢迎您选购迷你茶具。"),
        ("zh", "您好！您的订单已发货。顾客说：“你们的茶真香。”"),
        ("zh", "你好，你的订单到了。"),
        ("en", "Dear Mr Smith,\n\nYour tea is here. See you soon."),
        ("en", "Hi guys,\n\nYou guys asked for it."),
        ("en", "Dear Sir,\n\nThe Guys and Dolls show starts at 8."),
    ],
)
def test_not_mixed(lang: str, text: str) -> None:
    assert not findings(MIXED, lang, text)


def test_the_footer_and_quoted_lines_have_their_own_address() -> None:
    words = "Chào bạn,\n\nTrà sen giảm 20%.\n\nThân mến,\nTrà Sen\n\n"
    footer = "--\nCông ty TNHH Trà Sen, 15 Nguyễn Huệ\nQuý khách không muốn nhận thư? Hủy đăng ký: https://a.example/u\n"
    assert not findings(MIXED, "vi", words + footer)
    assert not findings(MIXED, "vi", "Chào bạn,\n\nẤm mới đã gửi.\n\n> Anh chị xem lại giúp.", kind="reply")


ACKNOWLEDGED = "complaint-reply-without-acknowledgement"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Chúng tôi xin lỗi chị về chiếc ấm bị nứt."),
        ("vi", "Xin thành thật cáo lỗi cùng quý khách."),
        ("vi", "Phản ánh của anh hoàn toàn có cơ sở."),
        ("vi", "Ý kiến của chị là hoàn toàn đúng."),
        ("vi", "Chúng tôi rất tiếc về sự cố này."),
        ("vi", "Anh nói đúng, chúng tôi đã giao trễ."),
        ("vi", "Đây là lỗi của chúng tôi."),
        ("en", "We are sorry about the noise."),
        ("en", "We apologise for the delay."),
        ("en", "Please accept our apologies."),
        ("en", "You are right: the cup was chipped."),
        ("en", "You're quite right to complain."),
        ("en", "I understand how annoying this was."),
        ("en", "This is our mistake."),
        ("zh", "非常抱歉给您带来不便。"),
        ("zh", "对不起，壶已换新。"),
        ("zh", "您说得对，是我们疏忽了。"),
        ("zh", "我们深表歉意。"),
        ("zh", "向您致歉。"),
    ],
)
def test_acknowledged(lang: str, text: str) -> None:
    assert not flagged(ACKNOWLEDGED, lang, text, kind="reply", complaint=True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Cảm ơn chị đã phản ánh. Chúng tôi đã chuyển cho kho."),
        ("vi", "Đơn hàng được giao hoàn toàn đúng hạn."),
        ("vi", "Chúng tôi có cơ sở tại Hà Nội và Huế."),
        ("vi", "Không có lý do để đổi hàng. Chúng tôi hiểu rằng chị đã đọc quy định."),
        ("vi", "Chúng tôi không có gì phải xin lỗi."),
        ("vi", "Xin nhận quà tại quầy."),
        ("vi", "Rất tiếc, chúng tôi không thể hoàn tiền."),
        ("en", "Thank you for your message. We have passed it on."),
        ("en", "We understand that the parcel was delivered on Monday."),
        ("en", "We regret that we cannot refund you."),
        ("en", "We see no reason to apologise."),
        ("en", "We do not apologise for our prices."),
        ("zh", "感谢您的反馈，我们已转交仓库。"),
        ("zh", "很遗憾，我们无法退款。"),
        ("zh", "我们没有必要道歉。"),
        ("zh", "对此我们不需要道歉。"),
    ],
)
def test_not_acknowledged(lang: str, text: str) -> None:
    assert flagged(ACKNOWLEDGED, lang, text, kind="reply", complaint=True)
    assert not flagged(ACKNOWLEDGED, lang, text, kind="reply", complaint=False)
    assert not flagged(ACKNOWLEDGED, lang, text, kind="reply")


def test_the_customers_sorry_is_not_ours() -> None:
    text = "The fan was checked.\n\n> I am sorry to say that the fan is loud.\n"
    assert flagged(ACKNOWLEDGED, "en", text, kind="reply", complaint=True)


PURPOSE = "purpose-not-stated-at-the-start"


@pytest.mark.parametrize(
    ("lang", "kind", "text"),
    [
        ("vi", "marketing", "Kính gửi chị Lan,\n\nChúng tôi xin mời chị dự buổi nếm trà sen."),
        ("vi", "marketing", "Kính gửi chị Lan,\n\nTrà sen giảm 20% cho chị đến hết 31/3."),
        ("vi", "reply", "Kính gửi chị Lan,\n\nChúng tôi đã nhận được thư ngày 3/3 của chị về chiếc ấm."),
        ("vi", "reply", "Kính gửi chị Lan,\n\nVề thư của chị hôm 3/3, chúng tôi xin trả lời như sau."),
        ("vi", "request", "Kính gửi ông Nam,\n\nKính đề nghị ông gửi lại phiếu trả lời."),
        ("vi", "request", "Kính gửi ông Nam,\n\nXin ông cho biết ý kiến về dịch vụ vừa qua."),
        ("vi", "transactional", "Kính gửi ông Nam,\n\nĐơn hàng 4711 của ông đã giao."),
        ("en", "marketing", "Dear Anna,\n\nI am writing to invite you to our tea tasting."),
        ("en", "marketing", "Dear Anna,\n\nSave 20% on winter coats until Friday."),
        ("en", "reply", "Dear Anna,\n\nThank you for your letter of 3 March about the cup."),
        ("en", "reply", "Dear Anna,\n\nYou wrote to us on 3 March about the cup."),
        ("en", "request", "Dear Anna,\n\nCould you send us the signed card?"),
        ("en", "request", "Dear Anna,\n\nPlease return the card to us."),
        ("zh", "marketing", "尊敬的王女士：\n\n特此致函，邀请您参加品鉴会。"),
        ("zh", "marketing", "尊敬的王女士：\n\n春茶八折，3月31日止。"),
        ("zh", "reply", "尊敬的王女士：\n\n您3月3日的来信收到了。"),
        ("zh", "request", "尊敬的王女士：\n\n请您填写回执并寄回。"),
    ],
)
def test_purpose(lang: str, kind: str, text: str) -> None:
    assert not flagged(PURPOSE, lang, text, channel="letter", kind=kind)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Kính gửi chị Lan,\n\nMùa thu Hà Nội năm nay thật đẹp. Lá vàng rơi đầy phố.\n\nTrà giảm 20%."),
        ("vi", "Kính gửi chị Lan,\n\nCông ty chúng tôi thành lập năm 1998, có 20 cửa hàng.\n\nTrà giảm 20%."),
        ("vi", "Kính gửi chị Lan,\n\nThời gian trôi nhanh quá, mới đó mà đã hết năm rồi.\n\nXin mời chị."),
        ("en", "Dear Anna,\n\nAutumn has come, and the leaves are turning gold.\n\nWe invite you."),
        ("en", "Dear Anna,\n\nOur company was founded in 1987 and has 20 shops.\n\nTea is 20% off."),
        ("en", "Dear Anna,\n\nTime flies, does it not? The year is nearly over.\n\nTea is 20% off."),
        ("zh", "尊敬的王女士：\n\n秋天的江南格外美丽，金黄的树叶铺满小路。\n\n诚邀您来。"),
        ("zh", "尊敬的王女士：\n\n本公司成立于1998年，拥有20家门店。\n\n春茶八折。"),
    ],
)
def test_no_purpose(lang: str, text: str) -> None:
    assert flagged(PURPOSE, lang, text, channel="letter")
    assert not flagged(PURPOSE, lang, text, channel="email")


ZH_NO_PURPOSES = [
    "秋天的江南格外美丽，金黄的树叶铺满了每一条熟悉的小路。",
    "我的孩子现就读于城南小学，每天早上走过那条熟悉的小巷。",
    "窗外下着雨，街上的人都撑起了伞，\n茶馆里坐满了人。",
]

ZH_PURPOSES = [
    "您的设备保养合同将于2026年6月30日到期，特此致函，请您在6月25日前续\n签。",
    "现就秋季研学活动一事致函贵校，请您告知人数。",
    "兹就租约变更一事函告如下。",
    "谨此函复贵司六月二日来函。",
    "现将六月账单寄上，请查收。",
    "本函旨在说明租约变更，自七月一日起\n执行。",
    "为商洽合作事宜，特函贵司。",
    "特此函告：会议改期。",
]


@pytest.mark.parametrize("text", ZH_NO_PURPOSES)
def test_chinese_openings_without_a_purpose(text: str) -> None:
    assert flagged(PURPOSE, "zh", f"尊敬的赵先生：\n\n{text}\n\n此致\n敬礼", channel="letter", kind="request")


@pytest.mark.parametrize("text", ZH_PURPOSES)
def test_chinese_purposes(text: str) -> None:
    assert not flagged(
        PURPOSE, "zh", f"尊敬的赵先生：\n\n{text}\n\n此致\n敬礼", channel="letter", kind="request"
    )


def test_the_purpose_stands_below_address_date_and_heading() -> None:
    head = "Trà Sen\n15 Nguyễn Huệ, Huế\n\nHuế, ngày 9 tháng 3 năm 2026\n\nBà Lê Thị Lan\n1 Lê Lợi, Huế\n\n"
    idle = "Kính gửi bà Lan,\n\nMùa xuân năm nay đến sớm, hoa nở khắp vườn nhà.\n\nKính thư,\nSen"
    clear = "Kính gửi bà Lan,\n\nTôi viết thư này để mời bà dự buổi nếm trà.\n\nKính thư,\nSen"
    assert flagged(PURPOSE, "vi", head + idle, channel="letter")
    assert not flagged(PURPOSE, "vi", head + clear, channel="letter")
