"""Who sends it: named, with an address and what each country asks beside."""

from __future__ import annotations

import pytest

from lint_rules.engine import check
from tests.lint_rules.law import LAW, found, made

VI_FULL = "Trà.\n\n--\nCông ty TNHH Trà Mộc An\n15 Nguyễn Huệ, TP. Huế\nĐT: 0234 123 456 · thu@tra.example"


@pytest.mark.parametrize(
    ("lang", "text", "pack", "flagged"),
    [
        ("vi", VI_FULL, "vn", False),
        ("vi", VI_FULL.replace("ĐT: 0234 123 456 · ", ""), "vn", True),
        ("vi", VI_FULL.replace(" · thu@tra.example", ""), "vn", True),
        ("vi", VI_FULL.replace("15 Nguyễn Huệ, TP. Huế\n", ""), "vn", True),
        (
            "vi",
            VI_FULL.replace("15 Nguyễn Huệ, TP. Huế", "Số 68 phố Tô Ngọc Vân, Phường Tây Hồ, Hà Nội"),
            "vn",
            False,
        ),
        ("vi", VI_FULL.replace("ĐT: 0234 123 456", "Hotline 1900 6750"), "vn", False),
        ("vi", VI_FULL.replace("ĐT: 0234 123 456", "MST 0101234567"), "vn", True),
        ("vi", "Trà giảm 20%, 12 hộp, còn 5 ngày.\n\nTrân trọng,\nLan", "us", True),
        ("en", "Tea.\n\n--\nLotus House, 218 Cedar Street, Portland, OR 97205", "us", False),
        ("en", "Tea.\n\n--\nLotus House, PO Box 123, Austin, TX 78701", "us", False),
        ("en", "Tea. Order by Friday, 30 August, and save.\n\nKind regards,\nAnna", "us", True),
        ("en", "Tea.\n\n--\nLotus House Ltd, 4 Mill Lane, York YO1 7PR, hello@tea.example", "ca", False),
        ("en", "Tea.\n\n--\nLotus House Ltd, hello@tea.example", "ca", True),
        ("en", "Tea.\n\n--\nLotus House Ltd, 4 Mill Lane, York YO1 7PR", "ca", True),
        ("en", "Tea.\n\n--\nLotus House Ltd, hello@tea.example", "eu", False),
        ("en", "Tea is 20% off.", "eu", True),
        ("zh", "茶。\n\n--\n杭州绿叶茶业有限公司，电话0571-8888888", "cn", True),
        ("zh", "茶。\n\n--\n杭州绿叶茶业有限公司，杭州市西湖区龙坞路8号，电话0571-8888888", "cn", False),
        ("zh", "茶。\n\n--\n绿叶茶庄，龙坞路8号，邮箱 a@cha.example", "cn", False),
        ("zh", "茶。\n\n--\n绿叶茶庄，大理市古城人民路中段33号，电话 0872-267 1234", "cn", False),
        ("zh", "茶。\n\n--\n绿叶茶庄，深圳市南山区科技园南区，邮箱 a@cha.example", "cn", False),
        ("zh", "茶。\n\n--\n绿叶茶庄，全市5区都有门店，邮箱 a@cha.example", "cn", True),
        ("zh", "茶。\n\n--\n绿葉茶莊，臺北市中山區南京東路二段8號3樓，電話 02-2345-6789", "cn", False),
        ("zh", "茶。\n\n--\n绿叶茶庄，邮箱 a@cha.example，https://cha.example", "cn", True),
        ("zh", "茶。\n\n--\n绿叶茶庄，杭州市西湖区龙坞路8号，https://cha.example", "cn", True),
        ("zh", "茶。\n\n--\n绿叶茶业有限公司，杭州市西湖区龙坞路8号", "us", False),
        ("zh", "莲花茶八折，周五止。", "cn", True),
        ("en", "It takes 20 minutes all the way, by 5 pm.\n\nKind regards,\nAnna", "us", True),
        ("en", "Our e-mail address: anna2@tea.example", "us", True),
        ("vi", "Pha 500g đường phèn với 3 tổ yến, giao 24 giờ.", "us", True),
        ("vi", "Ghé 12 Hàng Bạc, Hà Nội", "us", False),
    ],
)
def test_sender(lang: str, text: str, pack: str, flagged: bool) -> None:
    assert bool(found("sender-not-identified", made(lang, text, pack=[pack]))) is flagged


WHOLE = [
    (
        "vi",
        "vn",
        "[QC] Giảm 20% máy lọc nước",
        "Công ty CP Nước Sạch Việt, 25 Lê Lợi, Quận 1, TP. Hồ Chí Minh\nĐiện thoại: 028 3822 1234 - Email: cskh@nuoc.example\n"
        "Quý khách có quyền từ chối nhận quảng cáo của tất cả sản phẩm. Để từ chối, bấm vào https://nuoc.example/tc",
    ),
    (
        "vi",
        "vn",
        "[QC] Giảm 20% máy lọc nước",
        "Công ty TNHH ABC. Địa chỉ: 12 Trần Phú, Hà Nội. Hotline: 1900 1234. Email: abc@abc.example\n\n"
        "Nếu không muốn nhận bất kỳ email quảng cáo nào nữa, vui lòng gửi email tới huy@abc.example hoặc gọi 1900 1234.",
    ),
    (
        "vi",
        "vn",
        "[AD] Giảm 20% pate",
        "Shop Mèo Con | 45/3 đường Lý Thường Kiệt, P.7, Q.10, TPHCM | 0909.123.456 | meo@meocon.example\n"
        "Từ chối nhận toàn bộ quảng cáo của Shop Mèo Con: https://meocon.example/huy",
    ),
    (
        "en",
        "us",
        "20% off tea",
        "Don't want these emails? Opt out here: https://tea.example/u\nTea Co., P.O. Box 55, Reno NV 89501",
    ),
    (
        "en",
        "eu",
        "20% off tuning",
        "Key & String, Hauptstraße 5, 10115 Berlin, hello@tuners.example, +49 30 123456\n"
        "You can unsubscribe at any time: {{ unsubscribe_url }}",
    ),
    (
        "en",
        "ca",
        "20% off tuning",
        "Maple Pianos Inc., 200 King Street West, Toronto, ON M5H 3T4\n416-555-0199\n"
        "To stop getting these messages, reply with UNSUBSCRIBE.",
    ),
    (
        "zh",
        "cn",
        "广告：春茶八折",
        "杭州绿叶茶业有限公司\n地址：杭州市西湖区龙井路12号\n电话：0571-87654321\n如需退订，请发送邮件至 td@lvye.example",
    ),
    (
        "zh",
        "cn",
        "AD: 春茶八折",
        "绿叶茶业 | 上海市南京东路100号 | 021-55556666 | info@lvye.example\n不想再收到此类邮件？点击退订：https://lvye.example/t",
    ),
]


@pytest.mark.parametrize(("lang", "pack", "subject", "footer"), WHOLE)
@pytest.mark.parametrize("as_html", [False, True])
def test_a_footer_that_says_everything(
    lang: str, pack: str, subject: str, footer: str, as_html: bool
) -> None:
    text = f"Chào bạn,\n\nTrà sen còn 20 hộp.\n\nTrân trọng,\nLan\n\n{footer}\n"
    html = "".join(f"<p>{block}</p>".replace("\n", "<br>") for block in text.split("\n\n"))
    draft = made(lang, "" if as_html else text, subject, html if as_html else "", pack=[pack], evidence=[])
    assert [f"{item.rule}: {item.message}" for item in check(draft, rules=LAW)] == []


def test_what_is_missing_is_named_in_the_language_of_the_message() -> None:
    for lang, word in (("vi", "địa chỉ bưu điện"), ("en", "postal address"), ("zh", "通讯地址")):
        (finding,) = found("sender-not-identified", made(lang, "Trà.", pack=["us"]))
        assert word in finding.message


def test_the_from_gives_name_and_address() -> None:
    text = "Trà.\n\n15 Nguyễn Huệ, TP. Huế, ĐT 0234 123 456"
    draft = made("vi", text, pack=["vn"], **{"from": "Trà Mộc An <thu@tra.example>"})
    assert not found("sender-not-identified", draft)
