"""Requests with a time frame, and answers to complaints with a next step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drafts import found

COMPLAINT = {"complaint": True}


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


ZH_WITHOUT_A_TIME = [
    "麻烦您补交营业执照复印件。",
    "烦请您确认。",
    "望您补寄材料。",
    "务必盖章。",
]

ZH_WITH_A_TIME = [
    "麻烦您在本周五下班前补交营业执照复印件。",
    "烦请于今日下班前确认。",
    "请在下周一上班后寄出。",
    "望您三日内回复。",
    "请于月底前付款。",
    "麻烦您尽早于6月前寄回。",
    "务必在周三中午前确认。",
    "请于十五个工作日内签回。",
    "请在收到本函之日起七日内付清。",
    "请在下周内确认。",
    "请本周内回复。",
]


@pytest.mark.parametrize("text", ZH_WITHOUT_A_TIME)
def test_chinese_requests_without_a_time(text: str) -> None:
    assert found(
        "request-without-a-time-frame",
        "zh",
        f"田经理：您好！\n\n{text}\n\n顺祝商祺\n\n汇通支付 商户部",
        kind="request",
    )


@pytest.mark.parametrize("text", ZH_WITH_A_TIME)
def test_chinese_requests_with_a_time(text: str) -> None:
    assert not found(
        "request-without-a-time-frame",
        "zh",
        f"田经理：您好！\n\n{text}\n\n顺祝商祺\n\n汇通支付 商户部",
        kind="request",
    )


ZH_WITHOUT_A_WAY = [
    "请您核对第4条。",
    "您寄回的合同已收到，请您放心核对。",
    "请您确认，我们会寄回原件。",
    "请考虑。研发回报很高。",
    "请耐心等候，无需回复。",
    "请您核对，原件已寄回。",
    "请打发回家的客人。",
]

ZH_WITH_A_WAY = [
    "请您在6月15日前核对第4条。您可以在文件上批注后发回。",
    "请您签字盖章后寄回。",
    "请直接回复本邮件。",
    "回执随信附上，请盖章后寄回即可。",
    "请填好后回传。",
    "请于周五前书面回复。",
    "请扫码填写。",
    "请回复我您的意见。",
    "请在周五前交回。",
    "请在回执上签名。",
    "请于6月1日前邮件回复。",
    "烦请签收后传真至我司。",
    "請於週五前簽回並寄回。",
]


@pytest.mark.parametrize("text", ZH_WITHOUT_A_WAY)
def test_chinese_requests_without_a_way(text: str) -> None:
    assert found(
        "no-call-to-action",
        "zh",
        f"曹律师：您好！\n\n{text}\n\n顺颂商祺\n\n安居置业 邓芸",
        kind="request",
    )


@pytest.mark.parametrize("text", ZH_WITH_A_WAY)
def test_chinese_ways_to_follow_a_request(text: str) -> None:
    assert not found(
        "no-call-to-action",
        "zh",
        f"曹律师：您好！\n\n{text}\n\n顺颂商祺\n\n安居置业 邓芸",
        kind="request",
    )


@pytest.mark.parametrize(
    "line",
    ["汇通支付 商户部", "城南加入者联盟", "安居预约中心 王芳", "易确认科技有限公司", "百姓访问团"],
)
def test_names_below_the_closing_ask_for_nothing(line: str) -> None:
    text = f"田经理：您好！\n\n椅子的数量已经收到，谢谢您。\n\n顺祝商祺\n\n{line}"
    assert not found("request-without-a-time-frame", "zh", text, kind="request")


@pytest.mark.parametrize(
    "text", ["希望您能喜欢。", "望您谅解。", "希望您能满意，谢谢。", "望您多包涵。", "给您添麻烦了。"]
)
def test_chinese_wishes_ask_for_nothing(text: str) -> None:
    text = f"田经理：您好！\n\n椅子已经送到。{text}\n\n顺祝商祺"
    assert not found("request-without-a-time-frame", "zh", text, kind="request")


@pytest.mark.parametrize("line", ["请确认椅子的数量", "确认数量", "回执：请填写后寄回"])
def test_what_asks_below_the_closing_is_asked(line: str) -> None:
    text = f"田经理：您好！\n\n椅子的数量已经收到，谢谢您。\n\n顺祝商祺\n\n{line}"
    assert found("request-without-a-time-frame", "zh", text, kind="request")


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
