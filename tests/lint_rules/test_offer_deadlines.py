"""Deadlines of an offer: what is missing, and what only looks so."""

from __future__ import annotations

import pytest

from tests.drafts import found

SPRING = {"today": "2026-03-10"}


DEADLINE_MISSING_FOUND = [
    ("vi", "Trà sen 390.000đ một hộp, giao tận nhà. Còn ít hàng, đặt ngay!"),
    ("vi", "Trà sen 390.000đ một hộp, giao trong 2 ngày. Số lượng có hạn."),
    ("vi", "Kỷ niệm 10 năm thành lập ngày 5/3/2016, trà sen chỉ 390.000đ, giao tận nhà."),
    ("vi", "Mừng sinh nhật công ty 5/3, trà sen giảm 20% còn 390.000đ, giao tận nhà."),
    ("vi", "Từ năm 1998 đến nay, chúng tôi làm trà sen. Mỗi hộp 390.000đ, giao trong 3 ngày."),
    ("vi", "Trà sen 390.000đ. Mở cửa 8h-20h, thứ Hai đến thứ Bảy."),
    ("vi", "Ưu đãi có hạn, đặt ngay kẻo lỡ: trà sen 390.000đ, ship 30k."),
    ("vi", "Trà sen 390.000đ, đổi trả trong 7 ngày, giao tận nhà."),
    ("vi", "Nhân ngày Quốc tế Phụ nữ 8/3, trà sen 390.000đ, giao tận nhà."),
    ("en", "Tea at $24 a tin, delivered free. While stocks last."),
    ("en", "Tea at $24 a tin, delivered within two days. Limited offer, order now."),
    ("en", "We opened on May 3, 1998. Tea at $24 a tin, delivered free."),
    ("en", "Celebrating 25 years since 3 May 2001: tea at $24 a tin, delivered free."),
    ("en", "Tea at $24 a tin. Open Monday to Friday, 9 am to 5 pm."),
    ("en", "Tea at $24 a tin. Return it within 30 days. Only a few left."),
    ("en", "Tea at $24 a tin, offer ends soon. Delivered free."),
    ("en", "Our tenth anniversary is on 5 May. Tea at $24 a tin, delivered free."),
    ("zh", "春茶每罐199元，包邮。数量有限，欢迎订购。"),
    ("zh", "春茶每罐199元，三天内送到。仅剩少量。"),
    ("zh", "本店成立于1998年5月3日。春茶每罐199元，包邮。"),
    ("zh", "五周年店庆，3月5日是我们的生日。春茶每罐199元，包邮。"),
    ("zh", "春茶每罐199元，七天内无理由退货，包邮。"),
    ("zh", "春茶每罐199元，营业时间周一至周五9点到18点。"),
    ("vi", "Trà sen 390.000đ. Chúng tôi phục vụ từ 8h đến 20h hằng ngày, giao trong 24 giờ."),
    ("vi", "Trà sen vụ mới 390.000đ, hái ngày 5/3, giao tận nhà. Nhanh tay kẻo hết!"),
    ("vi", "Trà sen 390.000đ, hạn sử dụng 12 tháng, giao tận nhà."),
    ("vi", "Trà Mộc An tròn 10 tuổi vào ngày 5/3. Trà sen 390.000đ, giao tận nhà."),
    ("vi", "Đặt hàng hôm nay, nhận hàng ngày mai: trà sen 390.000đ."),
    ("vi", "Trà sen 390.000đ, sắp hết hàng, đặt ngay hôm nay."),
    ("en", "Order today, delivered tomorrow: tea at $24 a tin."),
    ("en", "Tea at $24 a tin. Our tenth anniversary was on 5 May. Delivered free."),
    ("en", "Tea at $24 a tin. Don't wait, only five left. We ship on weekdays."),
    ("en", "Tea at $24 a tin, picked on 5 March and delivered on Friday."),
    ("en", "Tea at $24 a tin. We ship Monday to Friday and close at 5 pm."),
    ("zh", "今天下单，明天送达：春茶每罐199元。"),
    ("zh", "春茶每罐199元，3月5日采摘，包邮，售完为止。"),
    ("zh", "春茶每罐199元，保质期十八个月，包邮。"),
    ("zh", "我们的茶园创立于1998年3月5日，春茶每罐199元，包邮。"),
    ("zh", "春茶每罐199元，快要卖完了，赶快订购。"),
]

DEADLINE_MISSING_CLEAN = [
    ("vi", "Trà sen 390.000đ, đến hết 31/3."),
    ("vi", "Trà sen 390.000đ, đến 31/3."),
    ("vi", "Trà sen 390.000đ, trước ngày 31 tháng 3."),
    ("vi", "Trà sen 390.000đ, hạn 31/3/2026."),
    ("vi", "Trà sen 390.000đ, hạn chót: thứ Sáu."),
    ("vi", "Trà sen 390.000đ, chỉ trong tuần này."),
    ("vi", "Trà sen 390.000đ, chỉ hôm nay."),
    ("vi", "Trà sen 390.000đ. Áp dụng từ 1/3 đến 15/3."),
    ("vi", "Trà sen 390.000đ. Ưu đãi kết thúc vào Chủ nhật."),
    ("vi", "Trà sen 390.000đ, hết ngày 31/3 là về giá cũ."),
    ("vi", "Trà sen 390.000đ. Đặt trước 17h thứ Sáu."),
    ("vi", "Trà sen 390.000đ từ nay đến Tết."),
    ("vi", "Trà sen 390.000đ đến hết tháng 3."),
    ("vi", "Trà sen 390.000đ đến cuối tháng."),
    ("vi", "Trà sen 390.000đ (25/3 - 31/3)."),
    ("vi", "Trà sen 390.000đ. Thời gian: 25/3–31/3."),
    ("vi", "Trà sen 390.000đ, trong 3 ngày tới."),
    ("vi", "Trà sen 390.000đ. Chương trình diễn ra trong 3 ngày 29, 30, 31/3."),
    ("vi", "Lớp guitar học phí 1.530.000đ, khai giảng 12/4."),
    ("en", "Tea at $24 until March 31."),
    ("en", "Tea at $24. Order by March 31."),
    ("en", "Tea at $24. Offer ends Sunday."),
    ("en", "Tea at $24. Offer ends at midnight on Friday."),
    ("en", "Tea at $24. Valid through 3/31."),
    ("en", "Tea at $24 this week only."),
    ("en", "Tea at $24. Book before 5 May."),
    ("en", "Tea at $24, today only."),
    ("en", "Tea at $24. Expires 31 March 2026."),
    ("en", "Tea at $24. You have until the end of the month."),
    ("en", "Tea at $24 from 1 to 15 March."),
    ("en", "Tea at $24 until the end of March."),
    ("en", "Tea at $24. Deadline: 31 March."),
    ("en", "Tea at $24. Last orders: 31 March."),
    ("en", "Tea at $24 for the next 48 hours."),
    ("zh", "春茶199元，截至3月31日。"),
    ("zh", "春茶199元，3月31日前。"),
    ("zh", "春茶199元，3月31日止。"),
    ("zh", "春茶199元，截止日期：3月31日。"),
    ("zh", "春茶199元，请于3月31日之前下单。"),
    ("zh", "春茶199元，活动到本周日结束。"),
    ("zh", "春茶199元，仅限今天。"),
    ("zh", "春茶199元，活动时间：3月1日至15日。"),
    ("zh", "春茶199元，有效期至月底。"),
    ("zh", "春茶199元，限时三天。"),
    ("zh", "春茶199元，3月31日（周二）前有效。"),
    ("vi", "Bản tin tháng Ba: ba cách pha trà sen ngon. Mời bạn đọc tại https://a.example/x"),
    ("en", "Three recipes for spring. Read them at https://a.example/x"),
    ("zh", "三月通讯：三种泡茶的方法，点击阅读 https://a.example/x"),
    (
        "vi",
        "Cảm ơn anh đã mua hàng tại Trà Mộc An. Anh vui lòng đánh giá giúp chúng tôi: https://a.example/x",
    ),
    ("vi", "Nhân dịp khai trương, mời anh chị ghé 15 Nguyễn Huệ nhận quà tặng dành cho 100 khách đầu tiên."),
    (
        "en",
        "Thank you for your purchase. How do you like your new coat? Take our survey: https://a.example/x",
    ),
    ("en", "All our products are now packed in recycled paper. Read the story: https://a.example/x"),
    ("en", "Come and collect your free gift at our new shop on 5 May."),
    ("en", "Order your free sample today: https://a.example/x"),
    ("en", "You are invited to our garden party on 5 May. Reply to this e-mail to save your seat."),
    ("zh", "感谢您购买我们的产品，请填写问卷：https://a.example/x"),
    ("zh", "新店开业，到店即可领取免费礼品。"),
    ("vi", "Mời chị đến dùng thử miễn phí máy massage tại cửa hàng từ nay đến 31/3."),
    ("vi", "Buổi tư vấn da miễn phí sáng Chủ nhật 12/4, mời chị đăng ký trước 10/4."),
    ("vi", "Trà sen 390.000đ. Chương trình kéo dài đến 23h59 ngày 31/3."),
    ("vi", "Trà sen 390.000đ. Bạn còn 3 ngày để hưởng giá này."),
    ("vi", "Trà sen 390.000đ. Ưu đãi chỉ có trong hai ngày 30 và 31/3."),
    ("vi", "Trà sen 390.000đ khi đặt trước thứ Bảy này."),
    ("vi", "Giá 390.000đ được giữ tới rằm tháng Giêng."),
    ("vi", "Trà sen 390.000đ cho đơn đặt từ nay tới hết Chủ nhật (29/3)."),
    ("vi", "Trà sen 390.000đ. Sau ngày 31/3, giá trở lại 490.000đ."),
    ("vi", "T.B.: Ưu đãi trà sen 390.000đ hết hạn ngày 31/3."),
    ("vi", "Trà sen 390.000đ. Nhận đặt hàng đến 20 tháng Chạp."),
    ("vi", "Vé 200.000đ, đêm nhạc diễn ra lúc 20h ngày 12/4 tại Nhà hát Lớn."),
    ("en", "Tea at $24. After 31 March it is $30 again."),
    ("en", "Tea at $24 when you order before Saturday."),
    ("en", "Tea at $24. You have three days left."),
    ("en", "Tea at $24 through the weekend."),
    ("en", "Tea at $24. The offer closes on Thursday at noon."),
    ("en", "Tea at $24. Sale ends 11:59 pm, March 31."),
    ("en", "Tea at $24. RSVP by 5 May."),
    ("en", "Tickets are $10; the show is on 5 May at 8 pm in the Town Hall."),
    ("en", "Tea at $24. Prices go up on 1 April."),
    ("zh", "春茶199元，3月31日后恢复原价。"),
    ("zh", "春茶199元，活动截止到本月31日。"),
    ("zh", "春茶199元，最后三天。"),
    ("zh", "春茶199元，请在周六前下单。"),
    ("zh", "音乐会门票200元，4月12日晚8点在大剧院举行。"),
    ("zh", "春茶199元，优惠3月31日24:00结束。"),
]


@pytest.mark.parametrize(("lang", "text"), DEADLINE_MISSING_FOUND)
def test_deadline_missing_is_found(lang: str, text: str) -> None:
    assert found("deadline-missing", lang, text)


@pytest.mark.parametrize(("lang", "text"), DEADLINE_MISSING_CLEAN)
def test_deadline_missing_is_not_found(lang: str, text: str) -> None:
    assert not found("deadline-missing", lang, text)


ZH_NO_DEADLINES = [
    "成立于2016/6/21。",
    "数量有限。",
    "比例：1/2。",
    "营业时间：9:00-21:00。",
    "面粉：糖：3/4杯。",
]

ZH_DEADLINES = [
    "优惠截止时间：2026/6/21\n24:00。",
    "截止：6/21。",
    "截止日期：2026-6-21。",
    "有效期：2026.6.1—2026.6.30。",
    "活动时间：6/10-6/21。",
    "优惠截至本周五下班前。",
    "截止：6月21日24时。",
    "優惠截止時間：2026/6/21。",
    "本周日前下单有效。",
    "优惠到6月底。",
]


@pytest.mark.parametrize("text", ZH_NO_DEADLINES)
def test_chinese_figures_that_are_no_deadline(text: str) -> None:
    assert found(
        "deadline-missing",
        "zh",
        f"亲爱的顾客：\n\n您订蛋糕减30元，现价168元，市内送货上门。{text}请您在线下单：\nhttps://mianbao.example/dangao\n\n祝好",
    )


@pytest.mark.parametrize("text", ZH_DEADLINES)
def test_chinese_deadlines(text: str) -> None:
    assert not found(
        "deadline-missing",
        "zh",
        f"亲爱的顾客：\n\n您订蛋糕减30元，现价168元，市内送货上门。{text}请您在线下单：\nhttps://mianbao.example/dangao\n\n祝好",
    )
