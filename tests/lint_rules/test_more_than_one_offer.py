"""One offer or several: how marketers put them, and what only looks like two."""

from __future__ import annotations

import pytest

from lint_rules.document import Draft
from lint_rules.engine import check

TWO = [
    ("vi", "Máy lọc nước RO giảm 20% đến hết 31/3.\n\nNgoài ra, nồi chiên không dầu giảm 35%."),
    ("vi", "Giảm 20% máy lọc nước và 30% nồi chiên không dầu."),
    ("vi", "Khóa học Excel giảm 20%. Khóa học Photoshop giảm 40%."),
    ("vi", "- Tủ lạnh Inverter: giảm 15%\n- Máy giặt cửa ngang: giảm 25%\n"),
    ("vi", "Áo khoác chỉ còn 299.000đ. Giày chạy bộ chỉ còn 499.000đ."),
    ("vi", "Mua tủ lạnh giảm ngay 500.000đ. Mua máy giặt tặng bình nước nóng."),
    ("vi", "Mua trà sen tặng ấm tử sa. Mua cà phê tặng phin nhôm."),
    ("vi", "Trà sen giảm 10%.\n\nBên cạnh đó, ấm tử sa chỉ 350.000đ."),
    ("vi", "Vé Đà Nẵng giảm 30% khi đặt trước 31/3. Phòng khách sạn Hội An giảm 50%."),
    ("en", "Take 20% off winter coats until Sunday. We also have 40% off garden furniture."),
    ("en", "Save 15% on tyres and 25% on brake pads."),
    ("en", "- Coffee beans: 20% off\n- Espresso machines: $50 off\n"),
    ("en", "Piano lessons are now $20. Guitar strings are now $8."),
    ("en", "Buy one mattress, get one free. Also, desk lamps are 30% off."),
    ("en", "Use code COAT20 for 20% off coats, or code SHOE30 for 30% off shoes."),
    ("en", "Half price on all sofas this week.\n\nPlus 10% off every dining table."),
    ("zh", "空气净化器立减300元。\n\n另外，羽绒服八折。"),
    ("zh", "龙井茶八折，紫砂壶五折。"),
    ("zh", "购买冰箱立减500元。购买洗衣机立减300元。"),
    ("zh", "羽绒服仅售299元。运动鞋仅售199元。"),
    ("zh", "买冰箱送微波炉。买电视送音响。"),
    ("vi", "Mua laptop tặng chuột không dây. Khóa học Photoshop giảm 40%."),
    ("vi", "Ưu đãi 1: giảm 20% nồi cơm điện.\nƯu đãi 2: giảm 30% máy xay sinh tố."),
    ("vi", "Combo du lịch Đà Nẵng 3N2Đ chỉ 2.990.000đ. Tour Phú Quốc 4N3Đ chỉ 5.490.000đ."),
    ("en", "50% off running shoes. Also, yoga mats are buy one get one free."),
    ("zh", "跑鞋五折，瑜伽垫买一送一。"),
    ("zh", "洗发水买二送一；护手霜第二件半价。"),
    ("zh", "电视立省500元，冰箱立省300元。"),
    ("zh", "买2箱橙汁减20元，买2箱苹果减30元。"),
    ("zh", "羽绒服组合减100元，运动鞋组合减80元。"),
    ("zh", "橙汁每箱减20元。另外，苹果每箱减35元。"),
    # each with its own place to go
    ("vi", "Giảm 20% tại https://a.example/noi\n\nGiảm 35% tại https://a.example/chao\n"),
    (
        "en",
        "20% off until Sunday: https://a.example/coats\n\n40% off until Friday: https://a.example/sofas\n",
    ),
    ("zh", "八折：https://a.example/cha\n\n五折：https://a.example/hu\n"),
]

ONE = [
    # the same in other figures, and tiers
    (
        "zh",
        "您买一箱100%纯橙汁减20元，相当于打八折。现价80元（原价100元）。\n\n买2箱每箱减20元，买5箱每箱减25元。",
    ),
    ("zh", "电热水壶减40元。到手价129元（原价169元），相当于减24%。"),
    ("zh", "满200减30，满400减80。"),
    ("zh", "买2瓶每瓶减5元，买6瓶每瓶减10元。"),
    ("zh", "红茶八折，折合每罐省12元。"),
    ("zh", "买两袋减10元，买四袋减25元。"),
    ("zh", "1张9折，3张8折。"),
    ("zh", "课程减300元，算下来每节课省25元。"),
    ("zh", "办年卡减200元，办半年卡减80元。"),
    ("zh", "茶叶每斤减30元，也就是打七折。"),
    ("zh", "两人同行减100元，三人同行减180元。"),
    ("zh", "桶装水买10桶每桶减2元，买20桶每桶减3元。"),
    ("zh", "茶减20元，约合八五折。"),
    # an old price beside the new one
    ("vi", "Máy lọc nước RO giá cũ 4.990.000đ, nay chỉ còn 3.990.000đ, giảm 20%."),
    ("vi", "Máy lọc nước: 4.990.000đ → 3.990.000đ"),
    ("en", "The coat was $120, now only $96. That is 20% off."),
    ("zh", "羽绒服原价399元，现价299元，立省100元。"),
    # per cent and amount of the same thing
    ("vi", "Giảm 20% máy lọc nước RO. Bạn tiết kiệm 1.000.000đ khi mua máy lọc nước RO tuần này."),
    ("en", "Take 20% off winter coats. You save $24 on a winter coat of $120."),
    ("zh", "空气净化器八折，立省400元。"),
    # repetition
    ("vi", "Giảm 20% máy lọc nước RO.\n\nChỉ đến 31/3.\n\nT.B.: Nhớ nhé, máy lọc nước RO giảm 20% đến 31/3."),
    ("vi", "Trà sen mới giảm 20%.\n\nT.B.: Giá giảm 25% dành cho người đặt trước ngày 17/12."),
    ("en", "20% off winter coats.\n\nP.S.: 25% off if you come before Sunday."),
    ("en", "20% off winter coats.\n\nP.S. Remember: 20% off all winter coats until Sunday."),
    ("zh", "羽绒服八折。\n\n附言：羽绒服八折，仅到周日。"),
    # tiers
    ("vi", "Mua 2 hộp giảm 10%, mua 3 hộp giảm 15%, mua 5 hộp giảm 20%."),
    ("vi", "Hạng Vàng giảm 15%, hạng Bạc giảm 10%, thành viên mới giảm 5%."),
    ("vi", "Hóa đơn từ 500.000đ giảm 50.000đ, từ 1.000.000đ giảm 120.000đ."),
    ("en", "10% off one coat, 20% off two coats, 30% off three."),
    ("en", "Spend $50 and get $5 off, spend $100 and get $15 off."),
    ("en", "Members save 20%, new members save 10%."),
    ("zh", "买二件九折，买三件八折。"),
    ("zh", "满300减30，满500减80。"),
    ("zh", "金卡会员八折，银卡会员九折。"),
    # per cent that takes nothing off
    ("vi", "Giảm 20% nước ép cam. 100% cam tươi, thuế VAT 10% đã gồm, 98% khách hàng hài lòng."),
    ("en", "20% off orange juice. 100% juice, 20% VAT included, 9 of 10 customers (90%) come back."),
    ("zh", "橙汁八折。100%鲜榨，含13%增值税，98%的客户满意。"),
    # free delivery, a gift with the purchase
    ("vi", "Máy lọc nước giảm 20%, tặng kèm lõi lọc, miễn phí giao hàng và lắp đặt."),
    ("en", "20% off boilers, with free delivery and a free thermostat."),
    ("zh", "净水器八折，包邮，并赠送滤芯一套。"),
    # sizes, tickets, plans
    ("vi", "Hội thảo ngày 12/4: vé người lớn 200.000đ, vé trẻ em 100.000đ."),
    ("vi", "Gói 6 tháng 1.200.000đ, gói 12 tháng 2.000.000đ."),
    ("en", "Adults $20, children $10, seniors $12."),
    ("en", "The small box is $15, the large box is $25."),
    ("zh", "成人票100元，儿童票50元。"),
    # codes and prices that are no offers
    ("vi", "Giảm 20% khóa học tiếng Anh với mã HOC20. Học phí chỉ còn 2.400.000đ, gọi 1900 6750 trước 17h."),
    ("vi", "Lớp yoga giảm 30%. Đặt cọc 200.000đ để giữ chỗ, phí giao hàng thảm 30.000đ."),
    ("en", "Piano tuning for €75. Deposit €20, parking is free, call 555 0100 before 5 pm."),
    ("zh", "钢琴调音每次400元，定金100元，电话400-800-1234。"),
    ("vi", "Ưu đãi 30% học phí cho khóa tiếng Anh giao tiếp. Khóa học gồm 24 buổi, tối 2-4-6."),
    ("en", "Join our pottery course: 25% off if you book by 1 May. Six evenings, clay and firing included."),
    ("zh", "英语口语课程七折，共24节，5月1日前报名。"),
    # terms of one offer, examples of it, instalments
    ("vi", "Giảm 20% toàn bộ nồi, chảo, dao. Thành viên VIP giảm thêm 5%."),
    ("vi", "Máy lọc không khí giảm 25%. Trả góp 0% qua thẻ, bảo hành 24 tháng."),
    ("en", "Save up to 40% on flights: Paris from $99, Rome from $120, Madrid from $110."),
    ("en", "Our sofas are 30% off. Pay nothing for 12 months, 0% APR. 4% of each sale goes to charity."),
    ("zh", "净水器立减300元，到手价1299元，12期免息，每月仅108元。"),
    ("zh", "电影票周三半价，只要30元，3D影片加5元。"),
    # the same place, or one step of several
    (
        "vi",
        "Giảm 20% tại https://a.example/noi\n\nT.B.: Giảm 20% tại https://a.example/noi?utm_source=mail\n",
    ),
    ("vi", "Mua 2 giảm 10%: https://a.example/2\n\nMua 3 giảm 15%: https://a.example/3\n"),
    ("en", "20% off: https://a.example/coats\n\n40% off: https://a.example/coats?utm_campaign=x\n"),
    ("en", "Members get 20% off: https://a.example/m\n\nNew members get 10% off: https://a.example/n\n"),
    ("zh", "买二件九折：https://a.example/2\n\n买三件八折：https://a.example/3\n"),
    # the footer is no offer
    (
        "en",
        "20% off coats.\n\n--\nCoats Ltd, 1 High Street, York\nUnsubscribe: https://coats.example/u\nShoes 50% off at our shop",
    ),
    ("en", ""),
]


def offers_found(lang: str, text: str, kind: str = "marketing", subject: str = "") -> int:
    found = check(Draft(lang, "email", kind, subject, text))
    return sum(finding.rule == "more-than-one-offer" for finding in found)


@pytest.mark.parametrize(("lang", "text"), TWO)
def test_two_offers(lang: str, text: str) -> None:
    assert offers_found(lang, text) == 1


@pytest.mark.parametrize(("lang", "text"), ONE)
def test_one_offer(lang: str, text: str) -> None:
    assert offers_found(lang, text) == 0


def test_the_subject_counts_as_well() -> None:
    assert offers_found("en", "Garden furniture is 40% off.", subject="20% off winter coats") == 1


def test_three_offers_are_two_findings() -> None:
    assert offers_found("en", "- Coats: 20% off\n- Shoes: 30% off\n- Hats: 40% off\n") == 2


@pytest.mark.parametrize("kind", ["reply", "transactional", "greeting"])
def test_other_kinds(kind: str) -> None:
    text = "Your order: coat $20, shoes $30."
    assert offers_found("en", text, kind=kind) == 0
