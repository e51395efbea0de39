"""A message greets its reader and takes leave."""

from __future__ import annotations

import pytest

from tests.drafts import flagged

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
