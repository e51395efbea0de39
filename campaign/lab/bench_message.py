"""The message that benches send: an ordinary Vietnamese offer to a regular customer, about 10 KB on the
wire, with some fifty places that differ from one recipient to the next (fields, signed links, pixel)."""

from __future__ import annotations

from random import Random
from typing import Any

LAYOUT = "letterhead"

_YOU = "{{ contact.form_of_address }} {{ contact.given_name }}"
DOCUMENT: dict[str, Any] = {
    "schema": 1,
    "blocks": [
        {
            "id": "subject",
            "part": "subject",
            "text": f"[QC] {_YOU} ơi, {{{{ contact.custom.points }}}} điểm đổi được trà mới",
        },
        {
            "id": "preheader",
            "part": "preheader",
            "text": "Điểm của {{ contact.full_name }} dùng được tại {{ contact.custom.shop }} đến hết 31/12.",
        },
        {
            "id": "salutation",
            "part": "salutation",
            "text": "Kính gửi {{ contact.form_of_address }} {{ contact.full_name }},",
        },
        {
            "id": "hook",
            "part": "hook",
            "text": f"{_YOU} đang có {{{{ contact.custom.points }}}} điểm, đủ để đổi một hộp trà sen Tây Hồ.",
        },
        {
            "id": "body",
            "part": "body",
            "text": (
                f"Lần gần nhất, ngày {{{{ contact.custom.last_day }}}}, {_YOU} đã mua "
                "**{{ contact.custom.last_product }}** tại {{ contact.custom.shop }} ở "
                "{{ contact.province }}. Trà mới hái năm nay đã về, cùng người làm trà ấy.\n\n"
                "- Mã khách hàng: {{ contact.code }}\n"
                "- Hạng: {{ contact.custom.tier }}, giảm {{ contact.custom.discount }}\n"
                "- Người phụ trách: {{ contact.custom.clerk }}, máy {{ contact.custom.clerk_phone }}\n\n"
                "Mẻ đầu mùa chỉ có 120 kg, sao tay trong chảo gang ở bản Bẹ, nước vàng sánh, hậu ngọt lâu. "
                "Mỗi hộp ghi ngày hái, tên người hái và cách pha: nước 85 độ, 5 gam trà, 40 giây. Đổi điểm "
                "xong, trà được giao tận nhà trong ba ngày, không tính thêm phí.\n\n"
                "Gửi trả trong 7 ngày nếu trà không vừa ý, tiền về đủ."
            ),
        },
        {
            "id": "action",
            "part": "action",
            "text": "Đổi {{ contact.custom.points }} điểm lấy trà",
            "url": "https://tramocan.example/doi-diem?tu=thu-thang-12",
        },
        {
            "id": "closing",
            "part": "closing",
            "text": "Trân trọng,\n\n**{{ contact.custom.clerk }}**\n{{ contact.custom.shop }}, Trà Mộc An",
        },
        {
            "id": "postscript",
            "part": "postscript",
            "text": (
                f"**T.B.** {_YOU} nhớ đọc mã {{{{ contact.code }}}} khi đến "
                "{{ contact.custom.shop }} trước hết ngày 31/12."
            ),
        },
    ],
}

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
MIDDLES = ("Thị", "Văn", "Minh", "Ngọc", "Thanh", "Quốc")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hương", "Khánh", "Lan", "Phượng", "Quỳnh", "Tú")
SHOPS = ("Hàng Gai", "Đồng Khởi", "Bạch Đằng", "Lê Lợi")
PROVINCES = ("Hà Nội", "Thành phố Hồ Chí Minh", "Đà Nẵng", "Thừa Thiên Huế")
PRODUCTS = ("Hồng trà Tà Xùa 100 g", "Trà nhài Yên Thái 200 g", "Shan tuyết Suối Giàng 150 g")
TIERS = (("Bạc", "5%"), ("Vàng", "8%"), ("Kim cương", "12%"))


def person(number: int, random: Random) -> dict[str, Any]:
    """The facts of one customer, as columns of `contact`."""
    given, address = random.choice(GIVEN), f"khach{number}@example.com"
    tier, discount = random.choice(TIERS)
    return {
        "code": f"KH{number:06}",
        "given_name": given,
        "full_name": f"{random.choice(SURNAMES)} {random.choice(MIDDLES)} {given}",
        "form_of_address": random.choice(("anh", "chị")),
        "province": random.choice(PROVINCES),
        "email": address,
        "email_key": address,
        "custom": {
            "points": str(random.randrange(200, 2000)),
            "last_day": f"{random.randrange(1, 29)}/{random.randrange(1, 12)}",
            "last_product": random.choice(PRODUCTS),
            "shop": random.choice(SHOPS),
            "tier": tier,
            "discount": discount,
            "clerk": f"{random.choice(SURNAMES)} Thu {random.choice(GIVEN)}",
            "clerk_phone": f"024 38{random.randrange(10**6):06}",
        },
    }
