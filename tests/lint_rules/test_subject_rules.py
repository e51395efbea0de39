"""Subjects: true cases and near misses of both rules, as marketers write them."""

from __future__ import annotations

import unicodedata

import pytest

from lint_rules.document import Draft
from lint_rules.engine import check

GREETING = "greeting-or-mystery-subject"
NO_BENEFIT = "subject-shows-no-benefit"


def rules_hit(lang: str, subject: str, text: str = "", kind: str = "marketing") -> set[str]:
    found = {finding.rule for finding in check(Draft(lang, "email", kind, subject, text))}
    return found & {GREETING, NO_BENEFIT}


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("vi", "Xin chào"),
        ("vi", "XIN CHÀO!!!"),
        ("vi", "Xin chào bạn 👋"),
        ("vi", "Chào chị Lan,"),
        ("vi", "Chào anh Nguyễn Văn Nam"),
        ("vi", "Xin chào {{ contact.given_name|default('bạn') }}"),
        ("vi", "{{ contact.given_name }} ơi"),
        ("vi", "[QC] Bạn có khoẻ không?"),
        ("vi", "Bạn có khỏe không"),
        ("vi", "Dạo này bạn thế nào?"),
        ("vi", "Kính gửi quý khách hàng"),
        ("vi", "Lâu rồi không gặp!"),
        ("vi", "Quan trọng"),
        ("vi", "THÔNG BÁO QUAN TRỌNG"),
        ("vi", "Bạn có tin nhắn mới"),
        ("vi", "Một điều bất ngờ dành cho bạn"),
        ("vi", "Đừng bỏ lỡ!"),
        ("vi", "Mở ngay 🎁"),
        ("vi", "Bạn sẽ không tin nổi…"),
        ("vi", "Chúc mừng năm mới"),
        ("vi", unicodedata.normalize("NFD", "Bạn có khoẻ không?")),
        ("en", "Hello"),
        ("en", "Hi there!"),
        ("en", "Hey Anna,"),
        ("en", "Dear valued customer"),
        ("en", "Hello {{ first_name }}, how are you?"),
        ("en", "How are you doing today?"),
        ("en", "IMPORTANT"),
        ("en", "Re: Hello"),
        ("en", "Quick question"),
        ("en", "You won’t believe this"),
        ("en", "Guess what?"),
        ("en", "A surprise for you"),
        ("en", "Don't miss out!"),
        ("en", "Open me 😉"),
        ("en", "Good morning, {{ first_name|default('friend') }}"),
        ("zh", "您好"),
        ("zh", "你好！"),
        ("zh", "【广告】您好"),
        ("zh", "尊敬的客户，您好"),
        ("zh", "最近好吗？"),
        ("zh", "有事"),
        ("zh", "重要通知！"),
        ("zh", "在吗"),
        ("zh", "打开有惊喜"),
        ("zh", "你绝对想不到"),
        ("zh", "亲爱的{{ name }}，好久不见"),
        ("vi", "👋👋👋"),
        ("vi", "🎉 Xin chào 🎉"),
        ("vi", "Hé lô cả nhà"),
        ("vi", "Bạn đâu rồi?"),
        ("vi", "Chuyện quan trọng cần nói với bạn"),
        ("vi", "Chúng tôi có điều bất ngờ dành cho bạn"),
        ("vi", "Bạn đã xem cái này chưa？"),
        ("vi", "Đừng mở thư này"),
        ("en", "😊😊"),
        ("en", "???"),
        ("en", "Just wanted to say hi"),
        ("en", "Important information enclosed"),
        ("en", "Something special is waiting for you"),
        ("en", "Your attention is required"),
        ("en", "Are you still there?"),
        ("en", "Ｈｅｌｌｏ！"),
        ("zh", "🎁"),
        ("zh", "您好，打扰一下"),
        ("zh", "有个好消息要告诉您"),
        ("zh", "惊喜等你来拆"),
        ("zh", "你绝对猜不到"),
        ("zh", "别点开！"),
    ],
)
def test_greetings_and_baits(lang: str, subject: str) -> None:
    assert GREETING in rules_hit(lang, subject)


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("vi", "Xin chào mùa hè: giảm 30% máy lạnh"),
        ("vi", "Chào bạn mới, tặng bạn 50.000đ cho đơn đầu tiên"),
        ("vi", "Chào hè cùng Trà Xanh: mua 1 tặng 1"),
        ("vi", "Thông báo quan trọng: đổi giờ giao hàng từ 1/4"),
        ("vi", "Hello Kitty đã có hàng trở lại"),
        ("vi", "Khỏe đẹp mỗi ngày với sữa hạt 25.000đ"),
        ("vi", "Bất ngờ: vé Đà Nẵng chỉ 399k"),
        ("vi", "Lời chào từ vườn trà: hộp sen 290.000đ"),
        ("vi", "Chào bán căn hộ Q. 7 giá gốc"),
        ("vi", "Bạn đâu rồi? Lõi lọc đã tới hạn thay, 290.000đ"),
        ("vi", "Nhắc lịch tiêm phòng cho bé Na"),
        ("vi", "Sự thật về bụi mịn trong phòng ngủ"),
        ("vi", "🎉 Giảm 10% máy lọc"),
        ("en", "Hello sunshine, goodbye winter coats: 40% off"),
        ("en", "Reminder: your tyre check on Friday"),
        ("en", "What's inside your tap water"),
        ("en", "Congratulations, your points are worth $20"),
        ("zh", "关于您的净化器：滤芯该换了"),
        ("zh", "恭喜您获得50元券"),
        ("zh", "你好，明天：1299元的清新空气"),
        ("zh", "真相纪录片展，门票39元"),
        ("en", "Hello Kitty"),
        ("en", "HelloFresh boxes: first week half price"),
        ("en", "Hello summer, hello 30% off"),
        ("en", "Important: your boiler check is due in May"),
        ("en", "How are your tyres? Free winter check"),
        ("en", "Good morning, Vietnam: flights from $399"),
        ("en", "Welcome gift: $10 off your first order"),
        ("en", "Last chance: piano tuning at €75 ends Friday"),
        ("zh", "您好，夏季空调立减300元"),
        ("zh", "你好面包：开业第一周买一送一"),
        ("zh", "早安咖啡9.9元"),
        ("zh", "重要通知：会员日改为4月8日"),
        ("zh", "有事请假？考勤软件免费试用"),
    ],
)
def test_greeting_words_before_something_real(lang: str, subject: str) -> None:
    assert GREETING not in rules_hit(lang, subject)


def test_an_occasion_is_a_fit_subject_of_a_greeting_until_it_sells() -> None:
    assert not rules_hit("vi", "Chúc mừng sinh nhật anh Nam", "Chúc anh sức khoẻ.", kind="greeting")
    assert not rules_hit("zh", "祝您生日快乐", "祝您身体健康。", kind="greeting")
    assert not rules_hit("en", "Happy birthday, Anna", "Many happy returns.", kind="greeting")
    assert rules_hit("vi", "Chúc mừng sinh nhật anh Nam", "Tặng anh voucher giảm 20%.", kind="greeting") == {
        GREETING,
        NO_BENEFIT,
    }


def test_an_answer_bears_the_subject_of_the_customer() -> None:
    assert not rules_hit("en", "Re: Hello", "Dear Tom, the fan is mended.", kind="reply")
    assert rules_hit("en", "Hello", "Dear Tom, the fan is mended.", kind="reply") == {GREETING}


def test_the_span_leaves_the_label_out() -> None:
    (finding, *_) = check(Draft("vi", "email", "marketing", "[QC] Xin chào", ""))
    assert (finding.line, finding.column, finding.end_column) == (1, 6, 14)


def test_columns_are_those_of_the_original() -> None:
    subject = unicodedata.normalize("NFD", "Bạn khoẻ không")
    finding = next(
        found for found in check(Draft("vi", "email", "marketing", subject)) if found.rule == GREETING
    )
    assert (finding.column, finding.end_column) == (1, len(subject) + 1)


BODIES = {
    "vi": "Trà sen Tây Hồ giá 290.000đ một hộp.\n\nĐặt hàng trước 31/3.",
    "en": "We tune your piano at home for €75. Book a visit by Friday.",
    "zh": "龙井新茶每盒199元。\n\n请在3月31日前订购。",
}


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("vi", "Bản tin tháng 3"),
        ("vi", "Bản tin số 12"),
        ("vi", "Tin tức từ Công ty Hoa Sen"),
        ("vi", "Câu chuyện của chúng tôi"),
        ("vi", "Giới thiệu về công ty chúng tôi"),
        ("vi", "Chúng tôi có điều muốn chia sẻ"),
        ("vi", "Chào xuân 2026"),
        ("vi", "Rơm vàng trên đồng"),
        ("vi", "Thư từ giám đốc"),
        ("vi", "Chúng tôi đã chuyển văn phòng"),
        ("en", "Our March newsletter"),
        ("en", "Newsletter, issue 12"),
        ("en", "News from the workshop"),
        ("en", "The story of our founder"),
        ("en", "A word from our team"),
        ("en", "Looking back on 2025"),
        ("en", "We've moved"),
        ("en", "A letter from our CEO"),
        ("zh", "三月通讯"),
        ("zh", "公司最新动态"),
        ("zh", "2026年3月月刊"),
        ("zh", "第12期简讯"),
        ("zh", "我们的故事"),
        ("zh", "总经理的一封信"),
        ("zh", "公司搬迁"),
    ],
)
def test_subjects_without_benefit(lang: str, subject: str) -> None:
    assert NO_BENEFIT in rules_hit(lang, subject, BODIES[lang])


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("vi", "Hãy tiết kiệm 60% tiền mua đĩa CD"),
        ("vi", "Trà sen Tây Hồ đã về"),
        ("vi", "Miễn phí giao hàng tới tận nhà"),
        ("vi", "Quà cho khách quen của tiệm"),
        ("vi", "Hộp trà chỉ 290.000đ"),
        ("vi", "Cách pha trà không bị chát"),
        ("vi", "Mua một tặng một cuối tuần này"),
        ("vi", "Bụi mịn không còn là nỗi lo"),
        ("vi", "Ngủ ngon hơn từ tối nay"),
        ("en", "Save 60% on CDs"),
        ("en", "Your piano in tune before Easter"),
        ("en", "Free shipping until Sunday"),
        ("en", "Sleep better from tonight"),
        ("en", "Book your tuning for €75"),
        ("en", "How to keep a piano in tune"),
        ("en", "Say goodbye to stuck keys"),
        ("zh", "买CD省60%"),
        ("zh", "龙井新茶到店"),
        ("zh", "春茶八折，仅此一周"),
        ("zh", "免费送货上门"),
        ("zh", "一盒新茶九十九元"),
        ("zh", "家里的灰尘从此少一半"),
    ],
)
def test_subjects_that_show_one(lang: str, subject: str) -> None:
    assert NO_BENEFIT not in rules_hit(lang, subject, BODIES[lang])


@pytest.mark.parametrize(
    ("subject", "shows"),
    [
        ("夏天少交电费，从洗净滤网开始", True),
        ("每月少付一半话费", True),
        ("一年少跑几趟医院", True),
        ("装修少花冤枉钱", True),
        ("电费便宜三分之一", True),
        ("排队少等，办证更快", True),
        ("我们的少年交响乐团", False),
        ("不少交流会的消息", False),
        ("至少等一等", False),
        ("三月通讯", False),
        ("前一半的故事", False),
        ("少交往的邻居", False),
    ],
)
def test_chinese_words_of_saving(subject: str, shows: bool) -> None:
    assert (NO_BENEFIT not in rules_hit("zh", subject, "您好：\n\n春天来了。\n\n祝好")) == shows


@pytest.mark.parametrize("kind", ["greeting", "reply", "transactional", "request"])
def test_benefit_is_asked_of_marketing_only(kind: str) -> None:
    assert NO_BENEFIT not in rules_hit("en", "Your invoice", "Please find it below.", kind=kind)


def test_an_empty_subject_is_another_rules_affair() -> None:
    assert not rules_hit("en", "   ") & {GREETING, NO_BENEFIT}
