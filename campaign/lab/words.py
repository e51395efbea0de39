"""What the demo's company writes: one finished campaign, one draft, greetings.

Texts are lists of (part, text or facts) that `campaign.lab.seed` turns into documents.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from campaign.compose.document import SCHEMA, Document, from_json
from campaign.compose.greetings import SALUTATIONS

Parts = tuple[tuple[str, str | dict[str, Any]], ...]

# Anh, Chị, Cô, Bác …; Quý khách when we do not know
YOU = "{{ contact.form_of_address|default('Quý khách') }}"
YOU_LOWER = "{{ contact.form_of_address|default('Quý khách')|lower }}"
GIVEN = "{{ contact.given_name|default('') }}"
DEAR_VI = f"Kính gửi {YOU} {GIVEN},"
DEAR_EN = SALUTATIONS["en"]

SHOP = "https://trasen.example.com"

LOTUS_VI: Parts = (
    ("subject", "[QC] Tiết kiệm 20% trà sen vụ mới đến hết <day>"),
    ("preheader", "Hộp 100 g còn 624.000đ, giao tận nhà, miễn phí giao hàng."),
    ("salutation", DEAR_VI),
    (
        "hook",
        "Nhà mình sẽ thơm mùi sen suốt mùa đông, mà hộp trà bớt được 156.000đ: "
        "trà sen vụ mới đã ướp xong, giảm **20%** cho khách quen.",
    ),
    (
        "body",
        "Mỗi hộp ướp bằng gạo của một trăm bông sen Bách Diệp hái lúc mặt trời chưa lên, "
        "bảy lần ướp, bảy lần sấy. Nước pha đến ấm thứ tư vẫn còn hương.",
    ),
    (
        "offer",
        {
            "product": "Trà sen Tây Hồ, hộp 100 g",
            "price": "624.000đ (giá thường 780.000đ)",
            "deadline": "đến hết ngày <day>",
            "delivery": "giao tận nhà trong ba ngày, miễn phí giao hàng",
        },
    ),
    ("action", {"text": "Đặt một hộp trà sen", "url": f"{SHOP}/tra-sen"}),
    ("closing", "Trân trọng,\nNguyễn Thị Sen\nTrà Sen Tây Hồ"),
    ("postscript", "**T.B.** Giá 624.000đ chỉ giữ đến hết ngày <day>; đặt sớm thì kịp ấm trà cuối tuần."),
)

LOTUS_EN: Parts = (
    ("subject", "[AD] Save 20% on new lotus tea until <date>"),
    ("preheader", "The 100 g box for 624,000đ, delivered to your door free of charge."),
    ("salutation", DEAR_EN),
    (
        "hook",
        "Your winter evenings can smell of lotus, and you save **20%**: "
        "this year's West Lake tea is ready, and regular guests get it first.",
    ),
    (
        "body",
        "A hundred blossoms picked before sunrise scent every box, seven times over. "
        "The fourth pot is still fragrant.",
    ),
    (
        "offer",
        {
            "product": "West Lake lotus tea, 100 g",
            "price": "624,000đ (regular 780,000đ)",
            "deadline": "order by <date>",
            "delivery": "to your door within three days, free of charge",
        },
    ),
    ("action", {"text": "Order a box of lotus tea", "url": f"{SHOP}/en/lotus-tea"}),
    ("closing", "Kind regards,\nNguyễn Thị Sen\nTrà Sen Tây Hồ"),
    ("postscript", "**P.S.** The price of 624,000đ ends on <date>; order now for the weekend."),
)

# the draft that waits for the reader: its subject is the one that every course on mail warns of
DRAFT_VI: Parts = (
    ("subject", "Xin chào"),
    ("preheader", "Hộp quà Tết An Khang, đặt trước giảm 15%."),
    ("salutation", DEAR_VI),
    (
        "hook",
        "Đặt trước hộp quà Tết An Khang trong tháng này, quý khách tiết kiệm 15% "
        "và không phải lo chọn quà những ngày giáp Tết.",
    ),
    (
        "body",
        "Trong hộp có trà sen, trà nhài, mứt hạt sen và một chiếc chén Bát Tràng. "
        "Tiệm gói tay, kèm thiệp viết tên người nhận.",
    ),
    (
        "offer",
        {
            "product": "Hộp quà Tết An Khang",
            "price": "1.096.500đ (giá thường 1.290.000đ)",
            "deadline": "đặt trước ngày <day>",
            "delivery": "giao trong tuần trước Tết, miễn phí giao hàng",
        },
    ),
    ("action", {"text": "Đặt hộp quà An Khang", "url": f"{SHOP}/qua-tet"}),
    ("closing", "Trân trọng,\nNguyễn Thị Sen\nTrà Sen Tây Hồ"),
    ("postscript", "**T.B.** Giá giảm 15% dành cho người đặt trước ngày <day>."),
)

# waits for the reviewer
JASMINE_VI: Parts = (
    ("subject", "[QC] Tặng 1 ấm đất khi mua hai hộp trà nhài trước <day>"),
    ("preheader", "Hai hộp trà nhài 520.000đ, kèm ấm đất Bát Tràng."),
    ("salutation", DEAR_VI),
    (
        "hook",
        "Buổi sáng đầu đông, một ấm trà nhài nóng làm cả nhà thức dậy dễ chịu hơn. "
        "Mua hai hộp, quý khách nhận thêm một ấm đất Bát Tràng để pha.",
    ),
    ("body", "Trà ướp hoa nhài tươi năm đêm, vị dịu, uống sau bữa sáng rất hợp. Mỗi hộp 200 g."),
    (
        "offer",
        {
            "product": "Hai hộp trà nhài 200 g, kèm ấm đất",
            "price": "520.000đ",
            "deadline": "trước ngày <day>",
            "delivery": "giao tận nhà trong ba ngày",
        },
    ),
    ("action", {"text": "Nhận ấm đất cùng trà nhài", "url": f"{SHOP}/tra-nhai"}),
    ("closing", "Trân trọng,\nNguyễn Thị Sen\nTrà Sen Tây Hồ"),
    ("postscript", "**T.B.** Ấm đất tặng kèm chỉ có đến ngày <day>."),
)

BIRTHDAY_VI: Parts = (
    (
        "subject",
        f"Chúc mừng sinh nhật {YOU} {GIVEN}",
    ),
    ("preheader", "Một lời chúc từ Trà Sen Tây Hồ."),
    ("salutation", f"Kính gửi {YOU} {{{{ contact.full_name }}}},"),
    (
        "body",
        "Nhân ngày sinh nhật, cả tiệm trà xin gửi đến "
        f"{YOU_LOWER} lời chúc sức khỏe, bình an và nhiều niềm vui.",
    ),
    (
        "body",
        f"Cảm ơn {YOU_LOWER} đã nhiều năm uống trà cùng chúng tôi. "
        f"Mong có dịp được đón {YOU_LOWER} ghé tiệm bên hồ, "
        "ngồi lại với một ấm trà sen.",
    ),
    ("closing", "Trân trọng,\nNguyễn Thị Sen"),
)

BIRTHDAY_EN: Parts = (
    ("subject", "Happy birthday, {{ contact.given_name|default('dear guest') }}"),
    ("preheader", "A wish from Trà Sen Tây Hồ."),
    ("salutation", DEAR_EN),
    ("body", "On your birthday all of us at the tea house wish you good health, peace and many glad days."),
    ("body", "Thank you for drinking tea with us. Your seat by the lake is always kept."),
    ("closing", "With warm regards,\nNguyễn Thị Sen"),
)


# how long the demo's offers hold, from the day on which it is seeded
OFFERED = timedelta(days=21)


def document(parts: Parts, today: date) -> Document:
    """The parts as a checked document; ids are the part's name, numbered where it occurs again.

    `<day>` and `<date>` stand for the last day of the offer, so that the demo never offers what is over.
    """
    last = today + OFFERED
    filled = json.dumps(parts, ensure_ascii=False)
    filled = filled.replace("<day>", f"{last.day}/{last.month}").replace("<date>", f"{last.day} {last:%B}")
    return _document(json.loads(filled))


def _document(parts: Sequence[tuple[str, Any]]) -> Document:
    blocks: list[dict[str, Any]] = []
    for part, content in parts:
        again = sum(block["part"] == part for block in blocks)
        block: dict[str, Any] = {"id": f"{part}-{again + 1}" if again else part, "part": part}
        if isinstance(content, str):
            block["text"] = content
        elif part == "offer":
            block["facts"] = content
        else:
            block |= content
        blocks.append(block)
    return from_json({"schema": SCHEMA, "blocks": blocks})
