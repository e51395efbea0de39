"""Near misses of the rules on tone, structure and placeholders."""

from __future__ import annotations

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import apply_edits


def hit(
    rule: str, lang: str, text: str = "", subject: str = "10%", kind: str = "marketing", **context: object
) -> int:
    draft = Draft(lang, "email", kind, subject, text, context=Context.from_json(context))
    return sum(finding.rule == rule for finding in check(draft))


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("vi", "RE: Giảm 10%"),
        ("vi", "Re : Giảm 10%"),
        ("vi", "Re[2]: Giảm 10%"),
        ("vi", "Tr: Giảm 10%"),
        ("vi", "Chuyển tiếp: Giảm 10%"),
        ("en", "Fwd: Re: 10% off"),
        ("zh", "回复：九折"),
        ("zh", "转发: 九折"),
        ("zh", "Re：九折"),
    ],
)
def test_fake_replies(lang: str, subject: str) -> None:
    rule = "fake-reply-or-forward-subject"
    assert hit(rule, lang, subject=subject) == 1
    assert hit(rule, lang, subject=subject, headers={"references": "<1@a.example>"}) == 0
    assert hit(rule, lang, subject=subject, kind="reply") == 0
    assert hit(rule, lang, subject=subject, kind="reply", headers={}) == 1


@pytest.mark.parametrize(
    "subject", ["Renewal: 10%", "Rẻ: 10%", "Trả góp: 0%", "Tre: 10%", "Fwd-Kit 10%", "Trả lời nhanh: 10%"]
)
def test_no_fake_replies(subject: str) -> None:
    assert hit("fake-reply-or-forward-subject", "vi", subject=subject) == 0


def test_the_prefix_goes_by_one_click() -> None:
    (finding,) = [
        item
        for item in check(Draft("vi", "email", "marketing", "[QC] Re: Giảm 10%"))
        if item.rule.startswith("fake")
    ]
    assert finding.fix is not None
    assert apply_edits("subject", "[QC] Re: Giảm 10%", finding.fix.edits) == "[QC] Giảm 10%"


@pytest.mark.parametrize(
    "text",
    [
        "{{ first_name }",
        "{ first_name }}",
        "{{ first_name",
        "{ { first_name } }",
        "{{ }}",
        "{{ first name }}",
        "{{ first_name|default('x }}",
        "{{ first_name|default('x' }}",
        "{% if first_name",
        "{{ first_name| }}",
    ],
)
def test_malformed(text: str) -> None:
    assert hit("malformed-merge-field", "en", f"Dear {text}, hello")


@pytest.mark.parametrize(
    "text",
    [
        "{{ first_name }}",
        "{{first_name|default('my \"dear\" friend')|upper}}",
        "{{ a ~ ', ' ~ b }}",
        "{{ 'Ms ' ~ a if a else 'friend' }}",
        "{{ orders[0].total }}",
        "{{ a|replace('x', 'y') }}",
        "{{- a -}}",
        "10% to 20%} :} {smile} {1}",
        "p { color: red; }",
        "{# note #}{% if a and not b %}x{% endif %}",
        "{{ total * 2 }} {{ -1 }}",
    ],
)
def test_well_formed(text: str) -> None:
    assert not hit("malformed-merge-field", "en", f"Dear {text}, hello")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "Kính gửi [Tên khách hàng],"),
        ("vi", "Kính gửi <họ và tên>,"),
        ("vi", "Đến hết ngày xx/xx/2026"),
        ("vi", "Giảm XX% cho quý khách"),
        ("vi", "Hẹn năm 20XX"),
        ("vi", "[chèn link]"),
        ("en", "Dear [Your Name],"),
        ("en", "Dear {first_name},"),
        ("en", "Dear *|FNAME|*,"),
        ("en", "Price: TBD"),
        ("en", "TODO check"),
        ("en", "<insert link here>"),
        ("zh", "尊敬的【姓名】："),
        ("zh", "时间：XX月XX日"),
        ("zh", "[此处插入图片]"),
    ],
)
def test_placeholders(lang: str, text: str) -> None:
    assert hit("leftover-placeholder", lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "[QC] [Tin nóng] [Hà Nội] [1] [Ngày 5/4] cỡ XXL, thế kỷ XX, phim xXx"),
        ("vi", "Danh sách trúng thưởng: 0909xxx123"),
        ("vi", "Tên khách hàng in trên thẻ. Điền phiếu và gửi lại."),
        ("en", "[AD] [Video] [a] [1] sizes XS/XL, a todo list, Mr <b>bold</b>"),
        ("en", "<https://a.example/name> your name here? Add to cart."),
        ("zh", "【广告】【新品上市】【限时】[1] 填写问卷"),
    ],
)
def test_no_placeholders(lang: str, text: str) -> None:
    assert not hit("leftover-placeholder", lang, text)


ZH_PLACEHOLDERS = [
    "请在2026年XX月XX日前预订。",
    "截至X月X日。",
    "2026年xx月20日",
    "6月XX日止",
    "××月××日开课。",
    "尊敬的XX先生：",
    "尊敬的XXX女士：",
    "本次XX活动八折。",
    "（此处插入图片）",
    "（待补充）",
    "【此处填写价格】",
    "现价XX元。",
    "20XX年开业",
    "XX公司敬上",
]

ZH_NO_PLACEHOLDERS = [
    "XXL码和XXXL码都有货。",
    "第XX届艺术节",
    "二〇二六年六月二十日",
    "某年某月某日",
    "姓名：______ 日期：____年__月__日",
    "王○明先生",
    "（请填写回执后寄回）",
    "X光机",
    "5月10日 X 6折",
    "Xbox游戏机降价",
    "尺码：XS、S、M",
    "A4纸×2",
    "iPhone XS",
    "XX染色体",
    "长×宽×高：3×4×5",
    "（待定）",
    "LXX系列",
    "3X3日课",
]


@pytest.mark.parametrize("text", ZH_PLACEHOLDERS)
def test_chinese_placeholders(text: str) -> None:
    assert hit("leftover-placeholder", "zh", text)


@pytest.mark.parametrize("text", ZH_NO_PLACEHOLDERS)
def test_chinese_no_placeholders(text: str) -> None:
    assert not hit("leftover-placeholder", "zh", text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "SẢN PHẨM MỚI đã về"),
        ("vi", "Hôm nay GIẢM GIÁ CỰC SỐC 50% nhé"),
        ("en", "This is YOUR LAST CHANCE, Anna."),
        ("en", "FREE TRIAL - SIGN UP NOW"),
    ],
)
def test_shouting(lang: str, text: str) -> None:
    assert hit("shouting-in-capitals", lang, text + "\n\n" + "Câu thường nối tiếp theo sau đó.\n" * 8) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "VNPT, FPT, VIP và ATM"),
        ("vi", "Mã SEN20 KG100 A4B5 cho TP.HCM"),
        ("vi", "Louis XIV, XV, XVI, II, III"),
        ("vi", "Bên bán: CÔNG TY CỔ PHẦN TRÀ VIỆT NAM"),
        ("vi", "Chào anh Nam,\n\nTrà đã về.\n\nTrân trọng,\nNGUYỄN THỊ LAN"),
        ("en", "USB, CD, DVD, USA and UK"),
        ("en", "MUGS ON sale"),
    ],
)
def test_no_shouting(lang: str, text: str) -> None:
    assert hit("shouting-in-capitals", lang, text) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a!! b", 1),
        ("a！！", 1),
        ("a! !", 1),
        ("a! b! c!", 0),
        ("a! b! c! d!", 1),
        ("Yahoo! and Joomla! a! b! c!", 0),
        ("https://a.example/x!!y a != b", 0),
        ("a!! b!!!", 2),
    ],
)
def test_exclamation_marks(text: str, expected: int) -> None:
    assert hit("too-many-exclamation-marks", "en", text) == expected


ZH_SHOUTS = [
    "快来https://a.example!!",
    "太好了!!",
    "欢迎光临！！",
    "Yahoo!!!奇摩",
    "下单请到 a.example/x 快!!!",
]

ZH_NO_SHOUTS = [
    "评语见：\nhttps://nuanjia.example/ping?q=hao!!\n\n谢谢！",
    "Yahoo!奇摩的编辑试用过！",
    "见 https://a.example/a?b=c!!",
    "https://a.example/!!x",
    "https://a.example/ping!!\n下单",
    "评语：https://a.example/x?q=!!!",
]


@pytest.mark.parametrize("text", ZH_SHOUTS)
def test_chinese_shouts(text: str) -> None:
    assert hit("too-many-exclamation-marks", "zh", text)


@pytest.mark.parametrize("text", ZH_NO_SHOUTS)
def test_chinese_no_shouts(text: str) -> None:
    assert not hit("too-many-exclamation-marks", "zh", text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "{{ contact.given_name }} ơi,\n\nTrà đã về."),
        ("vi", "Kính thưa quý khách,\nTrà đã về."),
        ("vi", "Chào anh Nam, trà sen Tây Hồ đã về cửa hàng từ sáng nay."),
        ("vi", "Huế, ngày 9 tháng 3\n\nÔng Nguyễn Văn Nam\n1 Lê Lợi\n\nThưa ông,\nTrà đã về."),
        ("vi", "Ưu đãi mùa hè: trà sen giảm 20% đến hết tháng\n\nChị Lan thân mến,\nTrà đã về."),
        ("en", "Good morning Anna\n\nThe tea is here."),
        ("en", "Tom,\n\nThe tea is here."),
        ("zh", "各位朋友：\n新茶到了。"),
        ("zh", "王经理，\n新茶到了。"),
    ],
)
def test_salutations(lang: str, text: str) -> None:
    assert hit("missing-salutation", lang, text) == 0


def test_a_closing_is_no_salutation() -> None:
    assert hit("missing-salutation", "vi", "Trà sen Tây Hồ đã về cửa hàng sáng nay.\n\nThân mến,\nLan")
    assert hit("missing-salutation", "en", "The first-flush tea is in the shop.\n\nYours,\nTom")


def test_a_long_footer_does_not_hide_the_closing() -> None:
    words = "Kính gửi anh Nam,\n\nTrà nhài đã về.\n\nTrân trọng,\nNguyễn Thị Sen\n\n"
    small_print = (
        "---\nCông ty TNHH Trà Sen\nSố 68 phố Tô Ngọc Vân, Hà Nội\n024 3718 6868\nhttps://trasen.example.com\n\n"
        "Quý khách nhận thư này vì đã đồng ý nhận tin.\nQuý khách có quyền từ chối nhận mọi thư\nbất cứ lúc nào.\n"
        "Từ chối nhận thư:\nhttps://a.example/u\nĐọc thư trên trình duyệt:\nhttps://a.example/v\n"
    )
    assert hit("missing-closing", "vi", words + small_print) == 0
    assert hit("missing-closing", "vi", words.replace("Trân trọng,\n", "") + small_print) == 1


ZH_NO_CLOSINGS = [
    "祝贺王女士中奖",
    "客服 祝小梅",
    "祝小梅",
    "祝寿蛋糕已到货",
    "预祝活动的海报已贴出",
    "净水器客服部",
    "祝福卡每张减2元",
    "顺丰包邮",
    "敬请关注",
    "请您放心",
    "即日起有效",
    "祝融号模型到货",
]

ZH_CLOSINGS = [
    "祝学习进步\n\n墨池书院 周老师",
    "祝\n工作顺利！\n\n票通软件",
    "顺颂商祺",
    "祝您阖家安康",
    "谨祝夏安",
    "敬颂\n教祺",
    "此颂\n文安",
    "即颂近安",
    "恭祝生意兴隆",
    "顺颂时祺！",
    "祝考试顺利，金榜题名！",
    "祝早日康复",
    "特此函告。",
    "特此函达，\n\n某某公司",
    "祝商祺",
    "祝旅途愉快",
    "衷心祝愿您一切顺利",
    "预祝合作愉快！",
    "專此\n順頌\n商祺",
    "祝 好！",
    "顺致敬意",
    "祝贵公司事业兴旺",
    "祝万事胜意",
    "此致\n敬礼",
    "顺祝暑安",
    "敬请道安",
    "祝宝宝健康成长，全家幸福",
]


@pytest.mark.parametrize("text", ZH_NO_CLOSINGS)
def test_chinese_lines_that_do_not_close(text: str) -> None:
    assert hit(
        "missing-closing",
        "zh",
        f"王女士：\n\n净水器八折，每台减300元。\n\n请在周五前预订：\nhttps://a.example/b\n\n{text}",
    )


@pytest.mark.parametrize("text", ZH_CLOSINGS)
def test_chinese_wishes_close(text: str) -> None:
    assert not hit(
        "missing-closing",
        "zh",
        f"王女士：\n\n净水器八折，每台减300元。\n\n请在周五前预订：\nhttps://a.example/b\n\n{text}",
    )


def test_a_condition_serves_as_a_fallback() -> None:
    rule, fields = "merge-field-without-fallback", {"fields": ["a", "b"], "system_fields": ["s"]}
    assert not hit(rule, "en", "{% if a %}{{ a }}{% endif %} {{ b or 'x' }} {{ s }} {{ unknown }}", **fields)
    assert hit(rule, "en", "{% if a %}x{% endif %} {{ a }}", **fields)
    assert hit(rule, "en", "{% if b %}{{ a }}{% endif %}", **fields)
