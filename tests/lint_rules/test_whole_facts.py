"""Whole messages whose facts are complete, and letters that have none to give: nothing is missing in them."""

from __future__ import annotations

from typing import Any

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check

RULES = {
    "subject-promise-not-in-the-body",
    "more-than-one-offer",
    "price-missing",
    "delivery-missing",
    "deadline-missing",
    "impossible-or-past-date",
    "request-without-a-time-frame",
    "complaint-reply-without-a-next-step",
    "text-and-html-disagree",
}

MESSAGES: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
    (
        "vi",
        "email",
        "marketing",
        "Giảm 20% bình lọc nước Aqua đến hết 15/4",
        """Kính gửi chị Hoa,

Chị được giảm ngay 20% khi mua bình lọc nước Aqua 10 lít: giá cũ
1.250.000đ, nay chỉ còn 1.000.000đ.

Bình lọc qua ba lớp, không cần điện, thay lõi sáu tháng một lần.
Chúng tôi giao tận nhà trong 2 ngày, miễn phí nội thành, bảo hành 24
tháng.

Đặt mua trước 17h thứ Tư, 15/4/2026 tại:
https://aqua.example/binh-loc

Trân trọng,
Lê Minh

T.B.: Giá 1.000.000đ chỉ giữ đến hết 15/4: https://aqua.example/binh-loc
""",
        {"today": "2026-04-01", "offer_type": "goods"},
    ),
    (
        "en",
        "email",
        "marketing",
        "Save $30 on your spring bike service until 30 April",
        """Dear Sam,

Save $30 on a full bike service this spring: $59 instead of $89.

We clean and grease the chain, true both wheels and check the brakes.
It takes one day. We collect your bike and bring it back on the next
working day, free within 10 miles.

Book by Thursday, 30 April:
https://bikes.example/service

Kind regards,
Joe

P.S. $59 until 30 April only: https://bikes.example/service
""",
        {"today": "2026-04-01", "offer_type": "goods"},
    ),
    (
        "zh",
        "email",
        "marketing",
        "【广告】空气炸锅立减100元，4月30日截止",
        """尊敬的李女士：

您订购五升空气炸锅可立减100元：原价399元，现价299元。

少油更健康，可拆洗，两年质保。顺丰包邮，三天内送到；七天无理由退货。

请于4月30日（周四）前订购：
https://zhaguo.example/5l

此致
敬礼
王强

附言：立减100元，4月30日截止：https://zhaguo.example/5l
""",
        {"today": "2026-04-01", "offer_type": "goods"},
    ),
    (
        "en",
        "email",
        "marketing",
        "A free evening on growing roses, 12 May",
        """Dear Anna,

Learn how to prune roses in one free evening with our head gardener.

We meet on Tuesday, 12 May 2026, at 7 pm in the Town Hall, 1 High Street.
Tea and cake are on us. Bring your questions and a photo of your roses.

Please save your seat by 8 May:
https://roses.example/evening

Kind regards,
May

P.S. It is free, and seats go quickly: https://roses.example/evening
""",
        {"today": "2026-04-20", "offer_type": "event"},
    ),
    (
        "vi",
        "email",
        "marketing",
        "Mời chị dự buổi thử rượu vang miễn phí ngày 12/5",
        """Chị Lan thân mến,

Chị sẽ được nếm năm loại vang Đà Lạt và mang về một chai nhỏ, hoàn toàn
miễn phí.

Buổi thử vang diễn ra lúc 18h30 thứ Ba, 12/5/2026, tại 15 Nguyễn Huệ,
TP. Huế. Có chỗ để xe.

Xin chị giữ chỗ trước 10/5: https://vang.example/thu

Thân mến,
Hầm Vang
""",
        {"today": "2026-04-20", "offer_type": "event"},
    ),
    (
        "vi",
        "letter",
        "marketing",
        "",
        "Kính gửi bà Lan,\n\nNhà may Hồng Hạnh kính mời bà đặt áo dài lụa với giá 1.200.000đ một bộ, nếu đặt trước ngày 15 tháng Chạp. Thợ đến đo và giao áo tận nhà.\n\nBà chỉ cần gửi lại phiếu kèm theo.\n\nKính thư,\nHồng Hạnh\n",
        {"today": "2026-12-20", "offer_type": "goods"},
    ),
    (
        "en",
        "email",
        "marketing",
        "Your guide to better sleep",
        """Hello Sam,

Sleep better from tonight: our free guide shows twelve small changes that
take five minutes each.

Download it here: https://sleep.example/guide

Best,
Mia
""",
        {"today": "2026-04-20", "offer_type": "digital"},
    ),
    (
        "zh",
        "email",
        "marketing",
        "邀请您参加新茶品鉴会",
        """王女士：

4月12日（周日）下午2点，我们在西湖区龙坞路8号举办新茶品鉴会，您可免费品尝六款明前茶。

请在4月10日前回复本邮件报名。

祝好
李茶师
""",
        {"today": "2026-04-01", "offer_type": "event"},
    ),
    (
        "vi",
        "email",
        "request",
        "Xin xác nhận danh sách khách mời",
        "Chào anh Nam,\n\nNhờ anh xác nhận danh sách khách mời đính kèm trước 17h thứ Sáu, 10/4.\n\nChúng tôi cần danh sách để in thiệp.\n\nTrân trọng,\nLan",
        {"today": "2026-04-07", "attachments": ["ds.xlsx"]},
    ),
    (
        "en",
        "email",
        "reply",
        "Re: Broken kettle",
        "Dear Mr Hill,\n\nYou are right: the lid should not come off, and I am sorry that it did.\n\nI have put a new kettle in the post today; it will reach you by Friday, 10 April. Keep the old one, no need to send it back.\n\nYours sincerely,\nJane Doe",
        {"today": "2026-04-07", "complaint": True},
    ),
    (
        "vi",
        "email",
        "reply",
        "Re: Giao hàng trễ",
        "Chào chị Hoa,\n\nChị phàn nàn là hoàn toàn có cơ sở, tôi xin lỗi vì đơn hàng ngày 28/3 đến trễ bốn ngày.\n\nTôi đã hoàn lại 50.000đ phí giao hàng; tiền về tài khoản của chị trước thứ Sáu. Từ nay đơn của chị do anh Tú trực tiếp theo dõi.\n\nTrân trọng,\nMinh",
        {"today": "2026-04-07", "complaint": True},
    ),
    (
        "zh",
        "email",
        "reply",
        "回复：水壶漏水",
        "李先生：\n\n您说得对，水壶不该漏水，非常抱歉。\n\n新水壶今天已寄出，预计周五送到。旧壶不用寄回。\n\n此致\n敬礼",
        {"today": "2026-04-07", "complaint": True},
    ),
    (
        "zh",
        "email",
        "reply",
        "回复：发票",
        "李先生：\n\n抱歉让您久等。财务同事明天上午把发票发到您的邮箱。\n\n此致\n敬礼",
        {"today": "2026-04-07", "complaint": True},
    ),
    (
        "en",
        "email",
        "transactional",
        "Your order of 1 March",
        "Dear Sam,\n\nYour coat ($96) was sent on 1 March and arrives before 5 March.\n\nRegards",
        {"today": "2026-03-07"},
    ),
    (
        "en",
        "email",
        "greeting",
        "Happy birthday, Anna",
        "Dear Anna,\n\nHappy birthday on 31 March! We wish you a good year.\n\nWarm wishes,\nTom",
        {"today": "2026-03-31"},
    ),
    (
        "en",
        "email",
        "marketing",
        "Black Friday: 30% off all boots",
        "Hi Sam,\n\nWarm feet for less: all boots are 30% off, from $70, until midnight on Sunday, November 29. Free delivery in three days.\n\nPick yours: https://boots.example/sale\n\nCheers,\nMia",
        {"today": "2026-11-25", "offer_type": "goods"},
    ),
    (
        "vi",
        "email",
        "marketing",
        "Combo gia đình 4 người chỉ 399k",
        "Cả nhà ơi,\n\nCuối tuần này, combo lẩu cho 4 người chỉ 399k (giá thường 520k), kèm 2 phần kem.\n\nÁp dụng từ thứ Sáu 10/4 đến Chủ nhật 12/4 tại 3 chi nhánh quận 1, quận 3 và Thủ Đức. Mở cửa 10h-22h hằng ngày.\n\nĐặt bàn: 0909 123 456 hoặc https://lau.example/dat-ban\n\nThân mến,\nLẩu Nhà Mình",
        {"today": "2026-04-07", "offer_type": "goods"},
    ),
    (
        "en",
        "email",
        "marketing",
        "Tea club: $12 a month",
        "Hi Sam,\n\nThree new teas at your door each month for $12. Stop whenever you like.\n\nJoin by 30 April and the first box is half price: https://tea.example/club\n\nBest,\nMia",
        {"today": "2026-04-07", "offer_type": "goods"},
    ),
]


@pytest.mark.parametrize(("lang", "channel", "kind", "subject", "text", "context"), MESSAGES)
def test_no_fact_is_missing(
    lang: str, channel: str, kind: str, subject: str, text: str, context: dict[str, Any]
) -> None:
    lines = "".join(f"<p>{line}</p>\n" for line in text.splitlines() if line)
    html = lines if channel == "email" else ""
    draft = Draft(lang, channel, kind, subject, text, html, Context.from_json(context))
    assert {finding.rule: finding.message for finding in check(draft) if finding.rule in RULES} == {}
