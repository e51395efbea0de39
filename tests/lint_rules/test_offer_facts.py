"""Price and delivery of an offer: what is missing, and what only looks so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drafts import found

SPRING = {"today": "2026-03-10"}


PRICE_MISSING_FOUND = [
    ("vi", "Trà sen Tây Hồ đã về. Đặt mua ngay trước 31/3, giao tận nhà."),
    ("vi", "Bộ nồi inox ba đáy giảm 30% đến hết 31/3, giao hàng miễn phí trong 2 ngày."),
    ("vi", "Gọi 0912 345 678 trước 17h để đặt bình lọc nước. Ưu đãi đến hết năm 2026."),
    ("vi", "Mở bán căn hộ Sông Xanh đợt 1, gọi 1900 6750 để giữ chỗ trước 31/3."),
    ("vi", "Tủ lạnh mới về, đặt hàng qua số 024 3828 1234, mở cửa 8h-20h, bảo hành 24 tháng."),
    (
        "vi",
        "Khóa học tiếng Anh giao tiếp khai giảng 12/4, ưu đãi học phí cho 20 người đầu tiên. Đăng ký tại đây: https://a.example/x",
    ),
    ("vi", "Áo dài Tết may đo, giao trước 20/1. Đặt may hôm nay để kịp mặc Tết."),
    ("vi", "Bánh trung thu thủ công đã sẵn sàng. Hãy đặt hộp quà cho gia đình trước 15/9, giao toàn quốc."),
    ("vi", "Mua 2 hộp trà sen tặng 1 hộp, giao hàng miễn phí, đến hết 31/3."),
    (
        "vi",
        "Ghế công thái học giúp bạn hết đau lưng. Đặt hàng trước 31/3, giao tận nơi trong 3 ngày, miễn phí lắp đặt.",
    ),
    ("en", "Our winter coats are in stock. Order by March 31; we deliver in three days."),
    ("en", "Standing desks are 20% off until Friday. Call +44 20 7946 0000, 9 am to 5 pm."),
    ("en", "Founded in 1998, we make the best boots. Order yours today, free delivery until 31 March."),
    (
        "en",
        "The new Aroma 3 coffee machine is here. Order before 31 March and we deliver it to your door with free shipping.",
    ),
    ("en", "Buy our handmade candles by Sunday. Shipping takes two days."),
    ("en", "Get 30% off all lamps until 31 March, delivered to your door."),
    ("zh", "春茶新到，欢迎订购，截至3月31日，全国包邮，电话0571-88000000。"),
    ("zh", "空气净化器八折，3月31日前下单，顺丰包邮。"),
    ("zh", "2026年新款羽绒服上市，营业时间9点至18点，欢迎选购。"),
    ("zh", "购买冰箱，3月31日前送货上门，免费安装。"),
    ("zh", "新款吸尘器到货，本周日前下单，三天送达。"),
    ("en", "Buy a coat and get a free scarf, until Sunday, delivered to your door."),
    ("vi", "Trà sen giảm 20%, tặng ấm tử sa khi mua 2 hộp, đến hết 31/3, giao tận nhà."),
    ("zh", "买空气净化器送滤芯，3月31日前，包邮。"),
    ("zh", "购买即赠送滤芯，3月31日前，包邮。"),
    ("vi", "Mua máy lọc nước trước 31/3, tặng kèm lõi lọc, lắp đặt miễn phí."),
    ("en", "20% off all coats and a free tote bag, until Sunday. Order: https://a.example/x"),
    ("en", "Order by Friday and get free gift wrapping. Shipping takes two days."),
    ("en", "Fresh bread is here. Order yours by Friday, we deliver before 8 am."),
    (
        "vi",
        "Nước mắm Phú Quốc thượng hạng đã về. Anh chị đặt hàng trước 31/3 qua 0912 345 678, giao tận nhà trong 2 ngày.",
    ),
    ("vi", "Flash sale trà sen đến 31/3, số lượng 200 hộp, freeship."),
    ("zh", "新款羽绒服到货，3月31日前下单，包邮，热线400-800-1234，工作时间9:00-18:00。"),
    ("en", "Sale! Everything must go by 31 March. Call 0800 123 456 or visit us from 9 to 17."),
]

PRICE_MISSING_CLEAN = [
    ("vi", "Trà sen giá 1.990.000đ một hộp, giao tận nhà."),
    ("vi", "Đặt mua ngay: chỉ 1.990.000 ₫."),
    ("vi", "Đặt mua ngay: chỉ ₫1.990.000."),
    ("vi", "Đặt mua ngay: chỉ 1.990.000 VNĐ."),
    ("vi", "Đặt mua ngay: chỉ 1,990,000 VND."),
    ("vi", "Đặt mua ngay: chỉ 199k."),
    ("vi", "Đặt mua ngay: chỉ 199K/hộp."),
    ("vi", "Đặt mua ngay: chỉ 1,99 triệu."),
    ("vi", "Đặt mua ngay: chỉ 1,99 triệu đồng."),
    ("vi", "Đặt mua ngay: chỉ 1tr990."),
    ("vi", "Đặt mua ngay: chỉ 2 triệu rưỡi."),
    ("vi", "Đặt mua ngay: chỉ 199 ngàn."),
    ("vi", "Đặt mua ngay: chỉ 199.000."),
    ("vi", "Đặt mua ngay: giá 199.000/hộp."),
    ("vi", "Đặt mua ngay: hai trăm nghìn đồng."),
    ("vi", "Đặt mua ngay, giá chỉ $20."),
    ("vi", "Đặt mua ngay, giá chỉ 20 USD."),
    ("vi", "Đặt mua ngay, giá chỉ 199 nghìn đồng một hộp."),
    ("vi", "Mời bạn dự hội thảo miễn phí ngày 12/4. Đăng ký tại https://a.example/x"),
    ("vi", "Tải miễn phí sổ tay chăm sóc da: https://a.example/x"),
    ("vi", "Tặng bạn sách nấu ăn, không mất phí. Nhận tại https://a.example/x"),
    ("vi", "Nhân 8/3, Trà Mộc An mời chị dự buổi trà chiều, vào cửa tự do."),
    ("vi", "Mời anh chị dự lễ khai trương cửa hàng tại Huế ngày 12/4."),
    ("vi", "Bản tin tháng Ba: ba cách pha trà sen ngon. Mời bạn đọc tại https://a.example/x"),
    ("vi", "Cảm ơn bạn đã đồng hành. Bạn hãy trả lời khảo sát 2 phút của chúng tôi."),
    ("vi", "Mời anh dự hội nghị khách hàng ngày 12/4 tại khách sạn Hương Giang."),
    ("en", "Coats are $20 until Sunday."),
    ("en", "Coats are £49 until Sunday. Order now."),
    ("en", "Order now for 75 euros."),
    ("en", "Order now for €75."),
    ("en", "Order now: USD 75."),
    ("en", "Order now: 75 dollars."),
    ("en", "Order now: only 99p."),
    ("en", "Order now: twenty dollars a box."),
    ("en", "Order now: ¥99."),
    ("en", "Come to our free wine tasting on Sunday. Book your seat: https://a.example/x"),
    ("en", "Your free guide to tea is here: download it at https://a.example/x"),
    ("en", "Join our open day on 5 May at 12 Mill Lane. We would love to see you."),
    ("en", "Three recipes for spring. Read them at https://a.example/x"),
    ("en", "We have moved to 4 Mill Lane. Come and say hello."),
    ("en", "Take our two-minute survey and help us improve."),
    ("en", "The workshop is free of charge. Register by 5 May."),
    ("en", "Try it free for 30 days. Order today."),
    ("zh", "春茶¥99，欢迎订购。"),
    ("zh", "春茶￥99，欢迎订购。"),
    ("zh", "春茶99元一罐，欢迎订购。"),
    ("zh", "春茶九十九块一罐，欢迎订购。"),
    ("zh", "春茶九十九元一罐，欢迎订购。"),
    ("zh", "春茶一百块，欢迎订购。"),
    ("zh", "春茶RMB 99，欢迎订购。"),
    ("zh", "春茶人民币99元，欢迎订购。"),
    ("zh", "诚邀您参加免费品茶会，4月12日下午，请报名。"),
    ("zh", "免费领取电子书：https://a.example/x"),
    ("zh", "诚邀您参加4月12日的开业典礼，地址：西湖区龙坞路8号。"),
    ("zh", "三月通讯：三种泡茶的方法，点击阅读 https://a.example/x"),
    ("zh", "邀请您填写两分钟的问卷，帮助我们改进。"),
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
]


@pytest.mark.parametrize(("lang", "text"), PRICE_MISSING_FOUND)
def test_price_missing_is_found(lang: str, text: str) -> None:
    assert found("price-missing", lang, text)


@pytest.mark.parametrize(("lang", "text"), PRICE_MISSING_CLEAN)
def test_price_missing_is_not_found(lang: str, text: str) -> None:
    assert not found("price-missing", lang, text)


ZH_SHARES_OFF = [
    "您现在报亲子陶艺课，可省三分之一。",
    "陶艺课学费优惠四分之一。",
    "会员减一半。",
    "课程便宜百分之二十。",
    "学费降五分之一。",
    "陶艺课省一半。",
]

ZH_OTHER_SHARES = [
    "三分之一的学员是大人。",
    "一半的家长选择周日。",
    "上一半课后休息十分钟。",
    "五分之四的孩子做出了杯子。",
    "省一半时间，走这条路。",
    "课程过半，孩子减少了三分之一的抱怨。",
]


@pytest.mark.parametrize("text", ZH_SHARES_OFF)
def test_chinese_shares_off_a_price(text: str) -> None:
    assert found("price-missing", "zh", f"各位家长：\n\n{text}\n\n祝好")


@pytest.mark.parametrize("text", ZH_OTHER_SHARES)
def test_chinese_shares_of_other_things(text: str) -> None:
    assert not found("price-missing", "zh", f"各位家长：\n\n{text}\n\n祝好")


DELIVERY_MISSING_FOUND = [
    ("vi", "Trà sen 390.000đ một hộp, đến hết 31/3. Đặt mua: https://a.example/x", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ một hộp, đến hết 31/3. Gọi 0912 345 678.", {"offer_type": "goods"}),
    ("vi", "Bộ nồi inox chỉ 1,99 triệu, giảm 20%, hạn 31/3.", {"offer_type": "goods"}),
    ("vi", "Áo khoác 299.000đ, giao dịch an toàn, đến hết 31/3.", {"offer_type": "goods"}),
    ("vi", "Đêm nhạc Trịnh, vé 200.000đ, ngày 12/4.", {"offer_type": "event"}),
    ("vi", "Sách điện tử nấu ăn 99k, đến hết 31/3.", {"offer_type": "digital"}),
    ("en", "Coats are $96 until Sunday. Order: https://a.example/x", {"offer_type": "goods"}),
    ("en", "Winter coats are 20% off, now $96, until 31 March.", {"offer_type": "goods"}),
    ("en", "Our new spring collection starts at $20. Until Sunday.", {"offer_type": "goods"}),
    ("en", "The concert costs $10 and is on 31 March.", {"offer_type": "event"}),
    ("en", "The e-book costs $9 until Sunday.", {"offer_type": "digital"}),
    ("zh", "春茶每罐99元，截至3月31日。", {"offer_type": "goods"}),
    ("zh", "羽绒服八折，现价299元，3月31日前。", {"offer_type": "goods"}),
    ("zh", "音乐会门票200元，4月12日。", {"offer_type": "event"}),
    ("zh", "电子书九元，截至周日。", {"offer_type": "digital"}),
]

DELIVERY_MISSING_CLEAN = [
    ("vi", "Trà sen 390.000đ, giao hàng toàn quốc.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, miễn phí vận chuyển.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, freeship nội thành.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, ship COD toàn quốc.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, gửi bưu điện trong 3 ngày.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, mời chị ghé 15 Nguyễn Huệ lấy hàng.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, có bán tại cửa hàng 15 Nguyễn Huệ.", {"offer_type": "goods"}),
    ("vi", "Trà sen 390.000đ, nhận hàng sau 2 ngày.", {"offer_type": "goods"}),
    ("vi", "Đêm nhạc vé 200.000đ tại Nhà hát Lớn, ngày 12/4.", {"offer_type": "event"}),
    ("vi", "Hội thảo trực tuyến 99k, ngày 12/4.", {"offer_type": "event"}),
    ("vi", "Hội thảo 99k, đường dẫn gửi qua email.", {"offer_type": "event"}),
    ("vi", "Sách điện tử 99k, gửi qua email ngay sau khi thanh toán.", {"offer_type": "digital"}),
    ("vi", "Sách điện tử 99k, tải tại https://a.example/x", {"offer_type": "digital"}),
    ("en", "Coats $96, free delivery.", {"offer_type": "goods"}),
    ("en", "Coats $96, shipped within two days.", {"offer_type": "goods"}),
    ("en", "Coats $96, pick up in store.", {"offer_type": "goods"}),
    ("en", "Coats $96, we'll send it by post.", {"offer_type": "goods"}),
    ("en", "Coats $96. Collect yours from our shop in York.", {"offer_type": "goods"}),
    ("en", "Coats $96, at your door on Friday.", {"offer_type": "goods"}),
    ("en", "The concert costs $10, at the Town Hall.", {"offer_type": "event"}),
    ("en", "The webinar costs $10 and runs on Zoom.", {"offer_type": "event"}),
    ("en", "The e-book costs $9 and arrives by e-mail.", {"offer_type": "digital"}),
    ("en", "The e-book costs $9: https://a.example/x", {"offer_type": "digital"}),
    ("zh", "春茶99元，包邮。", {"offer_type": "goods"}),
    ("zh", "春茶99元，快递三天送到。", {"offer_type": "goods"}),
    ("zh", "春茶99元，门店自提。", {"offer_type": "goods"}),
    ("zh", "春茶99元，次日达。", {"offer_type": "goods"}),
    ("zh", "春茶99元，顺丰发货。", {"offer_type": "goods"}),
    ("zh", "音乐会门票200元，地点：大剧院。", {"offer_type": "event"}),
    ("zh", "电子书九元，付款后发送到邮箱。", {"offer_type": "digital"}),
    ("zh", "电子书九元：https://a.example/x", {"offer_type": "digital"}),
    ("vi", "Bản tin tháng Ba: ba cách pha trà sen ngon. Mời bạn đọc tại https://a.example/x", {}),
    ("en", "Three recipes for spring. Read them at https://a.example/x", {}),
    ("zh", "三月通讯：三种泡茶的方法，点击阅读 https://a.example/x", {}),
    ("vi", "Khóa học guitar 1.530.000đ, khai giảng 12/4.", {}),
    ("en", "Yoga for $15 a month, until Sunday.", {}),
    ("en", "Piano tuned for $75 in March.", {}),
    ("zh", "游泳课1080元，报名从速。", {}),
]


@pytest.mark.parametrize(("lang", "text", "context"), DELIVERY_MISSING_FOUND)
def test_delivery_missing_is_found(lang: str, text: str, context: dict[str, Any]) -> None:
    assert found("delivery-missing", lang, text, context=context)


@pytest.mark.parametrize(("lang", "text", "context"), DELIVERY_MISSING_CLEAN)
def test_delivery_missing_is_not_found(lang: str, text: str, context: dict[str, Any]) -> None:
    assert not found("delivery-missing", lang, text, context=context)
