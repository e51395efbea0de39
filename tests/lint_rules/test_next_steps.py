"""Requests with a time frame, and answers to complaints with a next step."""

from __future__ import annotations

from typing import Any

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check

COMPLAINT = {"complaint": True}


def found(
    rule: str,
    lang: str,
    text: str,
    subject: str = "",
    html: str = "",
    kind: str = "marketing",
    context: dict[str, Any] | None = None,
) -> bool:
    draft = Draft(lang, "email", kind, subject, text, html, Context.from_json(context or {}))
    return any(finding.rule == rule for finding in check(draft))


REQUEST_WITHOUT_A_TIME_FRAME_FOUND = [
    ("vi", "Kính gửi chị Lan,\n\nNhờ chị gửi bản vẽ chiếc tủ cho xưởng.\n\nTrân trọng"),
    ("vi", "Chào anh Nam,\n\nAnh vui lòng xác nhận số lượng bàn ghế giúp bên em.\n\nTrân trọng"),
    ("vi", "Chào anh Nam,\n\nĐề nghị anh gửi lại hợp đồng đã ký. Cảm ơn anh.\n\nTrân trọng"),
    ("vi", "Chào chị,\n\nChị điền giúp em phiếu khảo sát này nhé: https://a.example/x\n\nCảm ơn chị"),
    (
        "vi",
        "Chào chị,\n\nCuộc họp hôm thứ Hai rất tốt.\n\nMong chị bổ sung số liệu cho báo cáo.\n\nTrân trọng",
    ),
    ("en", "Dear Anna,\n\nPlease send us the drawing.\n\nRegards"),
    ("en", "Dear Anna,\n\nCould you confirm the number of chairs?\n\nRegards"),
    (
        "en",
        "Dear Anna,\n\nWe met last March.\n\nThe chairs look good. The room is large. Would you sign the contract and return it?\n\nRegards",
    ),
    ("en", "Dear Anna,\n\nKindly review the attached draft.\n\nRegards"),
    ("zh", "王女士：\n\n请您把图纸发给我们。\n\n此致敬礼"),
    ("zh", "王女士：\n\n麻烦您确认一下椅子的数量。\n\n祝好"),
    ("zh", "王女士：\n\n希望您能填写附件中的表格。\n\n祝好"),
]

REQUEST_WITHOUT_A_TIME_FRAME_CLEAN = [
    ("vi", "Kính gửi chị Lan,\n\nNhờ chị gửi bản vẽ trước 17h thứ Sáu.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nAnh vui lòng xác nhận trong 2 ngày.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nAnh vui lòng xác nhận số ghế. Bên em cần trước 31/3.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nAnh vui lòng xác nhận giúp em trong tuần này.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nMong anh phản hồi sớm nhất, chậm nhất là ngày mai.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nEm cần số liệu vào thứ Sáu. Anh gửi giúp em nhé.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nAnh trả lời giúp em 7 ngày trước sự kiện.\n\nTrân trọng"),
    ("vi", "Chào anh,\n\nAnh phản hồi giúp em trước cuối giờ hôm nay.\n\nTrân trọng"),
    ("en", "Dear Anna,\n\nPlease send us the drawing by Friday.\n\nRegards"),
    ("en", "Dear Anna,\n\nCould you confirm the number of chairs by noon tomorrow?\n\nRegards"),
    ("en", "Dear Anna,\n\nPlease confirm the chairs. We need it by 31 March.\n\nRegards"),
    ("en", "Dear Anna,\n\nPlease reply within a week.\n\nRegards"),
    ("en", "Dear Anna,\n\nPlease reply by EOD.\n\nRegards"),
    ("en", "Dear Anna,\n\nPlease reply before the end of March.\n\nRegards"),
    ("zh", "王女士：\n\n请您在周五前把图纸发给我们。\n\n此致敬礼"),
    ("zh", "王女士：\n\n请您在两周内确认。\n\n此致敬礼"),
    ("zh", "王女士：\n\n请于今天下午五点前回复。\n\n此致敬礼"),
    ("zh", "王女士：\n\n请您确认椅子数量。我们需要在3月31日前收到。\n\n此致敬礼"),
]


@pytest.mark.parametrize(("lang", "text"), REQUEST_WITHOUT_A_TIME_FRAME_FOUND)
def test_request_without_a_time_frame_is_found(lang: str, text: str) -> None:
    assert found("request-without-a-time-frame", lang, text, kind="request")


@pytest.mark.parametrize(("lang", "text"), REQUEST_WITHOUT_A_TIME_FRAME_CLEAN)
def test_request_without_a_time_frame_is_not_found(lang: str, text: str) -> None:
    assert not found("request-without-a-time-frame", lang, text, kind="request")


COMPLAINT_REPLY_WITHOUT_A_NEXT_STEP_FOUND = [
    ("vi", "Kính gửi anh,\n\nChúng tôi xin lỗi và xin ghi nhận ý kiến của anh.\n\nTrân trọng", COMPLAINT),
    (
        "vi",
        "Kính gửi anh,\n\nAnh nói đúng, máy bị ồn từ ngày 3/3. Chúng tôi rất xin lỗi.\n\nTrân trọng",
        COMPLAINT,
    ),
    ("vi", "Kính gửi anh,\n\nChúng tôi sẽ cố gắng khắc phục. Mong anh thông cảm.\n\nTrân trọng", COMPLAINT),
    (
        "vi",
        "Kính gửi anh,\n\nChúng tôi xin lỗi. Anh vui lòng gửi lại máy trong 7 ngày.\n\nTrân trọng",
        COMPLAINT,
    ),
    ("en", "Dear Mr Smith,\n\nWe are sorry about the noise.\n\nRegards", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nThank you for your letter of 3 March. We are sorry.\n\nRegards", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nWe will look into it. You are right.\n\nRegards", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nWe are sorry. Please send it back within 14 days.\n\nRegards", COMPLAINT),
    ("zh", "王先生：\n\n非常抱歉，我们已经记录您的意见。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n您3月3日的来信收到了，非常抱歉。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n抱歉，我们会改进的。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n抱歉，请您在七天内寄回。\n\n此致敬礼", COMPLAINT),
]

COMPLAINT_REPLY_WITHOUT_A_NEXT_STEP_CLEAN = [
    ("vi", "Kính gửi anh,\n\nChúng tôi xin lỗi và xin ghi nhận ý kiến của anh.\n\nTrân trọng", {}),
    (
        "vi",
        "Kính gửi anh,\n\nChúng tôi xin lỗi và xin ghi nhận ý kiến của anh.\n\nTrân trọng",
        {"complaint": False},
    ),
    ("vi", "Kính gửi anh,\n\nAnh nói đúng, máy bị ồn từ ngày 3/3. Chúng tôi rất xin lỗi.\n\nTrân trọng", {}),
    (
        "vi",
        "Kính gửi anh,\n\nAnh nói đúng, máy bị ồn từ ngày 3/3. Chúng tôi rất xin lỗi.\n\nTrân trọng",
        {"complaint": False},
    ),
    ("vi", "Kính gửi anh,\n\nChúng tôi sẽ cố gắng khắc phục. Mong anh thông cảm.\n\nTrân trọng", {}),
    (
        "vi",
        "Kính gửi anh,\n\nChúng tôi sẽ cố gắng khắc phục. Mong anh thông cảm.\n\nTrân trọng",
        {"complaint": False},
    ),
    ("vi", "Kính gửi anh,\n\nChúng tôi xin lỗi. Anh vui lòng gửi lại máy trong 7 ngày.\n\nTrân trọng", {}),
    (
        "vi",
        "Kính gửi anh,\n\nChúng tôi xin lỗi. Anh vui lòng gửi lại máy trong 7 ngày.\n\nTrân trọng",
        {"complaint": False},
    ),
    ("en", "Dear Mr Smith,\n\nWe are sorry about the noise.\n\nRegards", {}),
    ("en", "Dear Mr Smith,\n\nWe are sorry about the noise.\n\nRegards", {"complaint": False}),
    ("en", "Dear Mr Smith,\n\nThank you for your letter of 3 March. We are sorry.\n\nRegards", {}),
    (
        "en",
        "Dear Mr Smith,\n\nThank you for your letter of 3 March. We are sorry.\n\nRegards",
        {"complaint": False},
    ),
    ("en", "Dear Mr Smith,\n\nWe will look into it. You are right.\n\nRegards", {}),
    ("en", "Dear Mr Smith,\n\nWe will look into it. You are right.\n\nRegards", {"complaint": False}),
    ("en", "Dear Mr Smith,\n\nWe are sorry. Please send it back within 14 days.\n\nRegards", {}),
    (
        "en",
        "Dear Mr Smith,\n\nWe are sorry. Please send it back within 14 days.\n\nRegards",
        {"complaint": False},
    ),
    ("zh", "王先生：\n\n非常抱歉，我们已经记录您的意见。\n\n此致敬礼", {}),
    ("zh", "王先生：\n\n非常抱歉，我们已经记录您的意见。\n\n此致敬礼", {"complaint": False}),
    ("zh", "王先生：\n\n您3月3日的来信收到了，非常抱歉。\n\n此致敬礼", {}),
    ("zh", "王先生：\n\n您3月3日的来信收到了，非常抱歉。\n\n此致敬礼", {"complaint": False}),
    ("zh", "王先生：\n\n抱歉，我们会改进的。\n\n此致敬礼", {}),
    ("zh", "王先生：\n\n抱歉，我们会改进的。\n\n此致敬礼", {"complaint": False}),
    ("zh", "王先生：\n\n抱歉，请您在七天内寄回。\n\n此致敬礼", {}),
    ("zh", "王先生：\n\n抱歉，请您在七天内寄回。\n\n此致敬礼", {"complaint": False}),
    (
        "vi",
        "Kính gửi anh,\n\nChúng tôi xin lỗi. Kỹ thuật viên sẽ đến nhà anh trước thứ Sáu.\n\nTrân trọng",
        COMPLAINT,
    ),
    ("vi", "Kính gửi anh,\n\nTôi sẽ gọi lại cho anh vào sáng mai.\n\nTrân trọng", COMPLAINT),
    ("vi", "Kính gửi anh,\n\nChúng tôi hoàn tiền cho anh trong 3 ngày làm việc.\n\nTrân trọng", COMPLAINT),
    ("vi", "Kính gửi anh,\n\nEm xin phép gửi anh máy mới ngày 31/3.\n\nTrân trọng", COMPLAINT),
    ("vi", "Kính gửi anh,\n\nSáng thứ Hai, bên em cho người qua đổi máy.\n\nTrân trọng", COMPLAINT),
    ("vi", "Kính gửi anh,\n\nTrong 48 giờ tới chúng tôi sẽ thay máy mới.\n\nTrân trọng", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nWe will replace the fan by Friday.\n\nRegards", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nI'll call you on Monday.\n\nRegards", COMPLAINT),
    ("en", "Dear Mr Smith,\n\nWe are refunding $20 today.\n\nRegards", COMPLAINT),
    (
        "en",
        "Dear Mr Smith,\n\nI am sending a new fan, which reaches you within three days.\n\nRegards",
        COMPLAINT,
    ),
    ("en", "Dear Mr Smith,\n\nOn Tuesday our engineer will come and fix it.\n\nRegards", COMPLAINT),
    (
        "en",
        "Dear Mr Smith,\n\nYour refund will be with you in five working days; I have asked our bank.\n\nRegards",
        COMPLAINT,
    ),
    ("zh", "王先生：\n\n我们会在三天内寄出新壶。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n明天上午我给您打电话。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n我们将于3月31日前退款。\n\n此致敬礼", COMPLAINT),
    ("zh", "王先生：\n\n周五前，我们的工程师会上门维修。\n\n此致敬礼", COMPLAINT),
]


@pytest.mark.parametrize(("lang", "text", "context"), COMPLAINT_REPLY_WITHOUT_A_NEXT_STEP_FOUND)
def test_complaint_reply_without_a_next_step_is_found(lang: str, text: str, context: dict[str, Any]) -> None:
    assert found("complaint-reply-without-a-next-step", lang, text, context=context, kind="reply")


@pytest.mark.parametrize(("lang", "text", "context"), COMPLAINT_REPLY_WITHOUT_A_NEXT_STEP_CLEAN)
def test_complaint_reply_without_a_next_step_is_not_found(
    lang: str, text: str, context: dict[str, Any]
) -> None:
    assert not found("complaint-reply-without-a-next-step", lang, text, context=context, kind="reply")


SALE = {
    "vi": "Trà sen giảm 20% đến hết 31/3.",
    "en": "Tea is 20% off until March 31.",
    "zh": "春茶八折，截至3月31日。",
}


def button(lang: str, alt: str, attributes: str = 'href="https://a.example/x"') -> str:
    return f'<p>{SALE[lang]}</p><p><a {attributes}><img src="b.png" alt="{alt}"></a></p>'


@pytest.mark.parametrize(
    ("lang", "alt"),
    [
        ("vi", "Đặt hộp trà ngay"),
        ("vi", "Mời chị đặt mua"),
        ("vi", "Nhận ấm đất"),
        ("en", "Order your tin"),
        ("en", "Claim 20% off"),
        ("en", "Please call us"),
        ("zh", "立即订购"),
        ("zh", "请点击订购"),
    ],
)
def test_the_words_of_an_image_button_are_its_alternative_text(lang: str, alt: str) -> None:
    assert not found("no-call-to-action", lang, "", html=button(lang, alt))
    # beside a text part without a request, too
    assert not found("no-call-to-action", lang, SALE[lang], html=button(lang, alt))


@pytest.mark.parametrize(
    ("lang", "alt", "attributes"),
    [
        ("vi", "", 'href="https://a.example/x"'),
        ("vi", "Trà Sen Tây Hồ", 'href="https://a.example/x"'),
        ("vi", "Hộp trà sen màu xanh", 'href="https://a.example/x"'),
        ("vi", "Đặt hộp trà ngay", 'name="x"'),
        ("en", "A tin of tea", 'href="https://a.example/x"'),
        ("en", "Lotus Tea House logo", 'href="https://a.example/x"'),
        ("en", "Order your tin", 'name="x"'),
        ("zh", "木安茶坊", 'href="https://a.example/x"'),
        ("zh", "一罐春茶", 'href="https://a.example/x"'),
    ],
)
def test_a_picture_that_asks_nothing_or_leads_nowhere_is_no_request(
    lang: str, alt: str, attributes: str
) -> None:
    assert found("no-call-to-action", lang, "", html=button(lang, alt, attributes))
