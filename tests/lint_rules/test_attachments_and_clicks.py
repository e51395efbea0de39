"""What is said to be attached, and what paper cannot do."""

from __future__ import annotations

import pytest

from tests.drafts import findings, flagged

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
