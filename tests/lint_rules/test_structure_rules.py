"""Structure: purpose, attachments, paper, issues answered, copies, forms of address, acknowledgement."""

from __future__ import annotations

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.registry import rule_named
from lint_rules.rule import Severity


def findings(
    rule: str, lang: str, text: str, channel: str = "email", kind: str = "marketing", **context: object
) -> list[Finding]:
    only = rule_named(rule)
    assert only is not None
    draft = Draft(lang, channel, kind, "Re: 10%", text, context=Context.from_json(context))
    return check(draft, rules=[only])


def flagged(rule: str, lang: str, text: str, **given: object) -> bool:
    return bool(findings(rule, lang, text, **given))  # type: ignore[arg-type]


ATTACHMENT = "attachment-mentioned-but-not-attached"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Anh xem bảng giá đính kèm nhé."),
        ("vi", "Chúng tôi xin đính kèm hợp đồng để chị ký."),
        ("vi", "Đính kèm là hóa đơn tháng 3."),
        ("vi", "Vui lòng xem tệp đính kèm."),
        ("vi", "Chi tiết trong file đính kèm."),
        ("vi", "Tôi gửi kèm báo giá để anh tham khảo."),
        ("vi", "Chúng tôi gửi kèm thư này một phiếu trả lời."),
        ("vi", "Kèm theo là danh sách sản phẩm."),
        ("vi", "Kèm theo thư là phiếu trả lời."),
        ("vi", "Anh chị điền vào phiếu kèm theo rồi gửi lại."),
        ("vi", "Mời chị xem bảng giá kèm theo."),
        ("vi", "Hợp đồng (đính kèm) có hai bản."),
        ("vi", "Chị không cần in, chỉ cần đọc tệp đính kèm."),
        ("vi", "Em gửi anh đính kèm báo giá tháng 3."),
        ("vi", "Anh sẽ thấy giá mới trong bảng giá đính kèm."),
        ("en", "Please find attached our price list."),
        ("en", "I've attached the contract."),
        ("en", "The contract is attached."),
        ("en", "See the attached file for details."),
        ("en", "Attached is our price list."),
        ("en", "We attach our price list."),
        ("en", "I am attaching the invoice."),
        ("en", "Details are in the attachment."),
        ("en", "I enclose a reply card."),
        ("en", "Enclosed is a card; post it free."),
        ("en", "Please fill in the enclosed form."),
        ("en", "We are enclosing two tickets."),
        ("en", "Encl.: price list"),
        ("en", "Don't worry about paper: everything is in the attached file."),
        ("zh", "价目表请见附件。"),
        ("zh", "详情见附件。"),
        ("zh", "合同已作为附件发送给您。"),
        ("zh", "随信附上回执卡一张。"),
        ("zh", "随函附上报价单。"),
        ("zh", "内附回邮信封。"),
        ("zh", "现附上报价单，请查收。"),
        ("zh", "请查收附件中的合同。"),
        ("zh", "附上最新价目表供您参考。"),
        ("zh", "请将附件打印后签字寄回。"),
        ("en", "Do not lose the enclosed card."),
        ("en", "You will find our price list attached."),
        ("en", "The invoice is attached to this e-mail."),
    ],
)
def test_attachment_mentioned(lang: str, text: str) -> None:
    assert flagged(ATTACHMENT, lang, text, attachments=[])
    assert not flagged(ATTACHMENT, lang, text, attachments=["a.pdf"])
    assert not flagged(ATTACHMENT, lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Thư này không đính kèm tệp nào."),
        ("vi", "Không có tệp nào được đính kèm."),
        ("vi", "Chúng tôi không gửi kèm hóa đơn giấy."),
        ("vi", "Chưa đính kèm hợp đồng ở thư này, chúng tôi gửi sau khi chị đồng ý."),
        ("vi", "Hợp đồng đính kèm sẽ gửi sau trong thư riêng."),
        ("vi", "Ngày mai chúng tôi sẽ đính kèm hóa đơn vào thư sau."),
        ("vi", "Khi trả lời, anh vui lòng đính kèm ảnh sản phẩm."),
        ("vi", "Chị nhớ đính kèm hóa đơn khi gửi trả hàng."),
        ("vi", "Nếu có ảnh, anh chị đính kèm vào thư trả lời giúp em."),
        ("vi", "Đừng mở tệp đính kèm từ người lạ."),
        ("vi", "Ưu đãi đi kèm: miễn phí giao hàng."),
        ("vi", "Máy có sách hướng dẫn kèm theo trong hộp."),
        ("vi", "Mua ấm được tặng kèm hai chén."),
        ("vi", "Quà tặng kèm theo mỗi đơn hàng."),
        ("vi", "Chúng tôi gửi kèm mỗi đơn hàng một gói trà thử."),
        ("vi", "Khách hàng viết: “Tệp đính kèm mở không được.”"),
        ("en", "Nothing is attached to this e-mail."),
        ("en", "There is no attachment."),
        ("en", "No files are attached to this message."),
        ("en", "We have not attached the invoice."),
        ("en", "We never send attachments."),
        ("en", "We don't send attachments by e-mail."),
        ("en", "We attach great importance to freshness."),
        ("en", "We attach importance to your opinion."),
        ("en", "The importance attached to service grows."),
        ("en", "The shelf is attached to the wall with two screws."),
        ("en", "A free trial with no strings attached."),
        ("en", "Dogs become attached to their owners."),
        ("en", "The house has an attached garage."),
        ("en", "A semi-detached house with an enclosed garden."),
        ("en", "The invoice will be attached to our next mail."),
        ("en", "We will attach the invoice to our next e-mail."),
        ("en", "Please attach a photo of the damage to your reply."),
        ("en", "The vacuum comes with a brush attachment."),
        ("en", "A filter attachment for your tap costs £9."),
        ("en", "We cannot open the attachment you sent."),
        ("en", "A gift card is enclosed with every order."),
        ("zh", "本邮件没有附件。"),
        ("zh", "本邮件不含任何附件。"),
        ("zh", "未附上发票。"),
        ("zh", "请勿打开陌生人发来的附件。"),
        ("zh", "回复时请附上照片。"),
        ("zh", "发票将在下一封邮件中附上。"),
        ("zh", "稍后我们会把合同作为附件发给您。"),
        ("zh", "附近的门店都有新茶。"),
        ("zh", "吸尘器附件齐全。"),
        ("zh", "每盒内附茶匙一把。"),
        ("zh", "请附上您的意见。"),
    ],
)
def test_no_attachment_mentioned(lang: str, text: str) -> None:
    assert not flagged(ATTACHMENT, lang, text, attachments=[])


def test_attachment_is_said_once() -> None:
    text = "Bảng giá đính kèm.\n\nHợp đồng đính kèm."
    (finding,) = findings(ATTACHMENT, "vi", text, attachments=[])
    assert (finding.line, finding.column) == (1, 10)


def test_what_others_attached_is_not_asked_for() -> None:
    text = "Thank you for your letter.\n\n> I enclose the receipt. Please find attached a photo.\n"
    assert not flagged(ATTACHMENT, "en", text, kind="reply", attachments=[])


CLICK = "paper-letter-tells-the-reader-to-click"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Nhấn vào đây để đặt chỗ."),
        ("vi", "Nhấp chuột vào đây để đăng ký."),
        ("vi", "Nhấp tại đây."),
        ("vi", "Bấm vào đường dẫn dưới đây."),
        ("vi", "Bấm đây để xem thêm."),
        ("vi", "Hãy bấm “Đặt ngay”."),
        ("vi", "Bấm nút Đăng ký để giữ chỗ."),
        ("vi", "Nhấn link để nhận quà."),
        ("vi", "Click vào link để xem."),
        ("vi", "Click ngay!"),
        ("vi", "Chạm vào nút bên dưới."),
        ("vi", "Kích chuột vào hình."),
        ("vi", "Nháy chuột vào ảnh."),
        ("vi", "Ấn vào đây để xem giá."),
        ("en", "Click here to book."),
        ("en", "Just click the button."),
        ("en", "Tap here to see the menu."),
        ("en", "Tap the link below."),
        ("en", "By clicking below you accept."),
        ("en", "Double-click the picture."),
        ("en", "Press the button below to order."),
        ("zh", "请点击这里预订。"),
        ("zh", "点击下方链接。"),
        ("zh", "请点此报名。"),
        ("zh", "单击按钮即可。"),
        ("zh", "轻点这里查看。"),
        ("zh", "戳这里了解更多。"),
    ],
)
def test_paper_is_clicked(lang: str, text: str) -> None:
    assert flagged(CLICK, lang, text, channel="letter")
    assert not flagged(CLICK, lang, text, channel="email")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Xin nhấn mạnh: giá chưa gồm thuế."),
        ("vi", "Đến nơi, anh bấm chuông giúp."),
        ("vi", "Gọi 1900 6750, bấm phím 1 để gặp nhân viên."),
        ("vi", "Gọi tổng đài rồi nhấn số 0."),
        ("vi", "Anh chỉ cần bấm máy gọi 0903 000 111."),
        ("vi", "Pha xong, nhấp một ngụm để thấy vị sen."),
        ("vi", "Bấm huyệt và xoa bóp tại nhà."),
        ("vi", "Bộ kìm bấm móng giá 45.000đ."),
        ("vi", "Điểm nhấn của căn phòng là chiếc đèn."),
        ("vi", "Nhấn nút nguồn trên máy ba giây."),
        ("vi", "Ấn phẩm mới, ấn bản đặc biệt."),
        ("vi", "Giai điệu chạm vào trái tim."),
        ("vi", "Mời xem tại www.trasen.example hoặc quét mã QR."),
        ("vi", "Địa chỉ web dưới đây có thêm hình: trasen.example."),
        ("en", "Press the bell and we will open."),
        ("en", "One click of your pen and the card is signed."),
        ("en", "The lid closes with a click."),
        ("en", "The parts click into place."),
        ("en", "Fresh from the tap: tap water filters."),
        ("en", "Press 1 to speak to us."),
        ("en", "Scan the code or visit tea.example."),
        ("en", "Click & collect is open on Sundays."),
        ("zh", "请按门铃。"),
        ("zh", "扫描二维码即可预订。"),
        ("zh", "重点击破难题。"),
        ("zh", "茶点此时刚出炉。"),
        ("zh", "拨打热线后按1。"),
    ],
)
def test_paper_is_not_clicked(lang: str, text: str) -> None:
    assert not flagged(CLICK, lang, text, channel="letter")


ZH_CLICKING = [
    "请点击下方链接订购。",
    "点击报名即可。",
    "单击“订购”。",
    "在网页上点击图片。",
    "请双击打开。",
]

ZH_NO_CLICKING = [
    "鼠标几乎没有点击声。",
    "这则广告的点击率提高了两成。",
    "点击音很轻。",
    "点击次数达一百万。",
    "点击手感柔软，点击寿命一千万次。",
    "点击时没有声音。",
    "双击声音也很轻。",
    "每月点击量五万。",
    "按键点击力只有40克。",
]


@pytest.mark.parametrize("text", ZH_CLICKING)
def test_chinese_clicking(text: str) -> None:
    assert flagged(CLICK, "zh", text, channel="letter")


@pytest.mark.parametrize("text", ZH_NO_CLICKING)
def test_chinese_no_clicking(text: str) -> None:
    assert not flagged(CLICK, "zh", text, channel="letter")


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


SALUTATION = "missing-salutation"


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("vi", "Kính gửi Quý khách,"),
        ("vi", "Kính thưa ông Nam,"),
        ("vi", "Kính chào Quý khách!"),
        ("vi", "Thưa bà,"),
        ("vi", "Chào chị Lan,"),
        ("vi", "Xin chào anh Nam!"),
        ("vi", "Chào mừng chị Lan đến với Trà Sen!"),
        ("vi", "Anh Nam thân mến,"),
        ("vi", "Gửi bạn,"),
        ("vi", "Gửi anh {{ first_name|default('Nam') }},"),
        ("vi", "Thân gửi các bạn,"),
        ("vi", "Mến chào cả nhà,"),
        ("vi", "Quý khách thân mến,"),
        ("vi", "Lan ơi,"),
        ("vi", "Hello chị,"),
        ("vi", "{{ first_name|default('Anh/Chị') }} thân mến,"),
        ("vi", "Bạn Lan,"),
        ("en", "Dear Anna,"),
        ("en", "Dear {{ first_name|default('friend') }},"),
        ("en", "Hello Anna"),
        ("en", "Hi there!"),
        ("en", "Hi {{ first_name|default('there') }} -"),
        ("en", "Good morning, Anna."),
        ("en", "To whom it may concern:"),
        ("en", "To our friends in York,"),
        ("en", "Welcome back, Anna!"),
        ("en", "Ladies and gentlemen,"),
        ("en", "Ms Smith:"),
        ("zh", "尊敬的王女士："),
        ("zh", "亲爱的会员："),
        ("zh", "您好！"),
        ("zh", "李先生，您好："),
        ("zh", "各位茶友："),
        ("zh", "王总："),
        ("zh", "{{ first_name|default('茶友') }}，您好！"),
        ("zh", "致每一位爱茶的您："),
    ],
)
def test_salutation(lang: str, first: str) -> None:
    prose = {"vi": "Trà sen Tây Hồ mới hái đã về.", "en": "The tea has come.", "zh": "春茶到店了。"}[lang]
    assert not flagged(SALUTATION, lang, f"{first}\n\n{prose}\n")
    assert flagged(SALUTATION, lang, f"{prose}\n\n{prose}\n")


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("vi", "Chào hè, giảm 20% trà sen cho mọi đơn hàng!"),
        ("vi", "Xin giới thiệu bộ trà sen mới hái từ Tây Hồ."),
        ("vi", "Quý khách được giảm 20% trà sen đến hết tháng."),
        ("vi", "Gửi hàng toàn quốc miễn phí cho đơn từ 300.000đ."),
        ("vi", "Thân bình bằng gốm Bát Tràng, nắp gỗ tự nhiên."),
        ("vi", "Ưu đãi tháng 3:"),
        ("en", "Welcome to our spring sale."),
        ("en", "Hi-tech kettles are 20% off until Sunday."),
        ("en", "To save 20%, order before Sunday evening."),
        ("en", "Our spring offer:"),
        ("zh", "致力于好茶二十年，春茶八折。"),
        ("zh", "春茶到店，全场八折，欢迎选购。"),
    ],
)
def test_no_salutation(lang: str, first: str) -> None:
    more = {
        "vi": "Trà sen Tây Hồ mới hái đã về cửa hàng chúng tôi từ hôm qua.",
        "en": "The first-flush tea has come, and it is better than ever before.",
        "zh": "明前龙井已经到店，每盒一百克，顺丰包邮，三天之内送到。",
    }[lang]
    assert flagged(SALUTATION, lang, f"{first}\n\n{more}\n\n{more}\n")


CLOSING = "missing-closing"


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("vi", "Trân trọng,\nNguyễn Lan"),
        ("vi", "Trân trọng kính chào!\nTrà Sen"),
        ("vi", "Kính thư,\nLan"),
        ("vi", "Kính chào,\nLan"),
        ("vi", "Thân ái,\nLan"),
        ("vi", "Thân mến\nLan"),
        ("vi", "Thân,\nLan"),
        ("vi", "Kính chúc Quý khách sức khỏe và thành công!\nTrà Sen"),
        ("vi", "Chúc chị một ngày vui!\nLan"),
        ("vi", "Xin cảm ơn và trân trọng,\nLan"),
        ("vi", "Xin trân trọng cảm ơn.\nLan"),
        ("vi", "Một lần nữa xin chân thành cảm ơn chị.\nLan"),
        ("vi", "Cảm ơn chị,\nLan"),
        ("vi", "Hẹn gặp chị tại cửa hàng!\nLan"),
        ("vi", "Thay mặt cửa hàng,\nLan"),
        ("vi", "Best regards,\nLan"),
        ("en", "Kind regards,\nTom"),
        ("en", "With kind regards\nTom"),
        ("en", "Best wishes,\nTom"),
        ("en", "Best,\nTom"),
        ("en", "Sincerely,\nTom"),
        ("en", "Yours faithfully,\nTom"),
        ("en", "Yours truly,\nTom"),
        ("en", "Warmly,\nTom"),
        ("en", "Cheers,\nTom and the team"),
        ("en", "Cheers, Tom"),
        ("en", "Love,\nMaya"),
        ("en", "With love from Hue,\nMaya"),
        ("en", "Many thanks,\nTom"),
        ("en", "Thanks again!\nTom"),
        ("en", "See you soon,\nTom"),
        ("en", "All the best from York\nTom"),
        ("zh", "此致\n敬礼\n李茶师"),
        ("zh", "此致敬礼"),
        ("zh", "顺祝商祺\n洁家"),
        ("zh", "顺颂春祺！"),
        ("zh", "祝好\n小麦"),
        ("zh", "祝您周末愉快！\n小麦"),
        ("zh", "茶舍 敬上"),
        ("zh", "茶舍谨启"),
        ("zh", "谢谢！\n小麦"),
    ],
)
def test_closing(lang: str, last: str) -> None:
    prose = {
        "vi": "Chào chị Lan,\n\nTrà sen mới hái đã về.\n\nChị đặt trước thứ Sáu nhé.",
        "en": "Dear Anna,\n\nThe tea has come.\n\nOrder before Friday.",
        "zh": "王女士：\n\n春茶到店了。\n\n周五前订购。",
    }[lang]
    postscript = {"vi": "T.B.: Chỉ đến thứ Sáu.", "en": "P.S. Only until Friday.", "zh": "附言：周五止。"}
    assert not flagged(CLOSING, lang, f"{prose}\n\n{last}\n")
    assert not flagged(CLOSING, lang, f"{prose}\n\n{last}\n\n{postscript[lang]}\n")
    assert flagged(CLOSING, lang, f"{prose}\n\n{postscript[lang]}\n")
    assert flagged(CLOSING, lang, f"{last}\n\n{prose}\n\n{prose}\n\n{prose}\n")


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("vi", "Trân trọng thông báo: trà sen giảm 20% đến hết tháng."),
        ("vi", "Trà sen giữ được vị thân thuộc của Hà Nội."),
        ("vi", "Cảm ơn chị đã mua ấm hôm trước, và xem thêm tại cửa hàng nhé."),
        ("en", "Best tea in town, all the way from Hue."),
        ("en", "Thanks to the rain the harvest was rich."),
        ("en", "Nobody has yours in stock as long as we do."),
        ("en", "You will love it, and it is the best."),
        ("zh", "感谢信已经寄出，请您留意查收邮箱里的消息。"),
        ("zh", "茶叶是最好的礼物，适合送给长辈。"),
    ],
)
def test_no_closing(lang: str, last: str) -> None:
    prose = {
        "vi": "Chào chị Lan,\n\nTrà sen đã về.",
        "en": "Dear Anna,\n\nTea is here.",
        "zh": "王女士：\n\n茶到了。",
    }
    assert flagged(CLOSING, lang, f"{prose[lang]}\n\n{last}\n")


@pytest.mark.parametrize(
    ("kind", "expected"), [("greeting", True), ("reply", True), ("transactional", False)]
)
def test_who_greets(kind: str, expected: bool) -> None:
    text = "Wherever you are, we think of you on this day.\n\nThe house is full of flowers again.\n"
    assert flagged(SALUTATION, "en", text, kind=kind) is expected
    assert flagged(CLOSING, "en", text, kind=kind) is expected
