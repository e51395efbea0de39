"""What the subject promises, in one spelling and another."""

from __future__ import annotations

import pytest

from tests.drafts import found

SPRING = {"today": "2026-03-10"}


SUBJECT_PROMISE_NOT_IN_THE_BODY_FOUND = [
    ("vi", "Giảm 50% trà sen", "Trà sen giảm 20%.", ""),
    ("vi", "Trà sen 199k", "Trà sen 299.000đ.", ""),
    ("vi", "Ưu đãi đến 31/3", "Ưu đãi đến 30/3.", ""),
    ("vi", "Nhập mã SEN20", "Nhập mã SEN10.", ""),
    ("vi", "Giảm 50% trà sen", "Trà sen ngon, giao tận nhà.", ""),
    ("vi", "Nhập mã TRASEN", "Đặt mua ngay.", ""),
    ("vi", "Giảm 1,5 triệu", "Giảm 1.000.000đ.", ""),
    ("vi", "Tặng voucher 100k", "Mời chị ghé cửa hàng.", ""),
    ("en", "50% off coats", "Coats are 20% off.", ""),
    ("en", "Coats for $20", "Coats for $30.", ""),
    ("en", "Use code COAT20", "Use code COAT10.", ""),
    ("en", "Until March 31", "Until March 30.", ""),
    ("en", "Use code WELCOME", "Come and see.", ""),
    ("en", "Coats for $20.50", "Coats for $20.", ""),
    ("zh", "羽绒服五折", "羽绒服八折。", ""),
    ("zh", "春茶99元", "春茶199元。", ""),
    ("zh", "截至3月31日", "截至3月30日。", ""),
    ("zh", "优惠码TEA20", "优惠码TEA10。", ""),
    ("zh", "立省50%", "立省20%。", ""),
    ("vi", "Mã TET2026: giảm 20% trà sen", "Trà sen giảm 20% đến 31/3.", ""),
    ("vi", "Chỉ còn 99.000đ đến Chủ nhật", "Chỉ 99k đến hết thứ Bảy.", ""),
    ("en", "Last chance: $49 until Friday", "Only $49 until Thursday.", ""),
    ("en", "Save 30% with SPRING30", "Save 30% this week.", ""),
    ("en", "Half price until 5 May", "Half price until 15 May.", ""),
    ("zh", "满300减50，3月8日截止", "满300减30，3月8日截止。", ""),
    ("zh", "七五折，仅限今天", "七折，仅限今天。", ""),
]

SUBJECT_PROMISE_NOT_IN_THE_BODY_CLEAN = [
    ("vi", "Giảm 50% trà sen", "Trà sen giảm một nửa.", ""),
    ("vi", "Trà sen 199k", "Trà sen 199.000đ.", ""),
    ("vi", "Trà sen 1,99 triệu", "Trà sen 1.990.000đ.", ""),
    ("vi", "Ưu đãi đến 31/3", "Ưu đãi đến ngày 31 tháng 3 năm 2026.", ""),
    ("vi", "Nhập mã SEN20", "Nhập mã sen20.", ""),
    ("vi", "Giảm 20%", "Giảm hai mươi phần trăm.", ""),
    ("vi", "Giảm 20%", "Giảm 20 %.", ""),
    ("vi", "Giảm 20%", "", "<p>Giảm 20%</p>"),
    ("vi", "Tin tháng 3", "Chào chị.", ""),
    ("vi", "Trà 199k", "Trà 199K", ""),
    ("vi", "Ưu đãi 31/03", "Ưu đãi 31.3.2026", ""),
    ("vi", "Hẹn 8/3", "Hẹn ngày 8 tháng 3.", ""),
    ("vi", "Máy lọc RO 10 cấp", "Máy lọc.", ""),
    ("vi", "iPhone 15 Pro", "Điện thoại", ""),
    ("en", "50% off coats", "Coats at half price.", ""),
    ("en", "Coats for $20", "Coats for 20 dollars.", ""),
    ("en", "Coats for $20", "Coats for $20.00.", ""),
    ("en", "Until March 31", "Until 31 March 2026.", ""),
    ("en", "Ends 3/31", "Ends March 31.", ""),
    ("en", "20% off", "Twenty percent off.", ""),
    ("en", "Ends Friday", "Ends on Friday.", ""),
    ("en", "COVID19 rules", "Rules.", ""),
    ("en", "Coats for $1,990", "Coats for $1990.", ""),
    ("zh", "羽绒服八折", "羽绒服优惠20%。", ""),
    ("zh", "羽绒服半价", "羽绒服五折。", ""),
    ("zh", "春茶99元", "春茶¥99。", ""),
    ("zh", "春茶九十九元", "春茶99元。", ""),
    ("zh", "截至3月31日", "截至三月三十一日。", ""),
    ("zh", "八五折", "85折", ""),
    ("zh", "优惠20%", "打八折", ""),
    ("vi", "[QC] Giảm 15% học phí trước 31/3", "Giảm 15% học phí cho ai ghi danh trước 31/3.", ""),
    ("vi", "Tiết kiệm 100k cho trà sen", "Giá 490.000đ, nay còn 390.000đ.", ""),
    ("vi", "Giảm 20% đến Chủ nhật", "Giảm 20% đến hết 29/3.", ""),
    ("vi", "5 cách pha trà sen", "Năm cách pha trà.", ""),
    ("vi", "Trà sen 2026 đã về", "Trà sen vụ mới.", ""),
    ("vi", "Nhập mã SEN20 giảm 20%", "Nhập mã “SEN20” để được giảm 20%.", ""),
    ("en", "Save $24 on coats", "Was $120, now $96.", ""),
    ("en", "Buy 2, get 1 free", "Buy two and the third is free.", ""),
    ("en", "Your 3 March appointment", "We see you on Tuesday, March 3.", ""),
    ("en", "New iPhone 15 and PS5 in stock", "Phones and consoles are here.", ""),
    ("en", "WWDC2026 recap", "All you need to know.", ""),
    ("zh", "立省100元", "原价399元，现价299元。", ""),
    ("zh", "买一送一，周五截止", "买一送一，3月6日截止。", ""),
    ("zh", "半价", "全场5折。", ""),
    ("zh", "打九五折", "享95折。", ""),
]


@pytest.mark.parametrize(("lang", "subject", "text", "html"), SUBJECT_PROMISE_NOT_IN_THE_BODY_FOUND)
def test_subject_promise_not_in_the_body_is_found(lang: str, subject: str, text: str, html: str) -> None:
    assert found("subject-promise-not-in-the-body", lang, text, subject=subject, html=html)


@pytest.mark.parametrize(("lang", "subject", "text", "html"), SUBJECT_PROMISE_NOT_IN_THE_BODY_CLEAN)
def test_subject_promise_not_in_the_body_is_not_found(lang: str, subject: str, text: str, html: str) -> None:
    assert not found("subject-promise-not-in-the-body", lang, text, subject=subject, html=html)
