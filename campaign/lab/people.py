"""What each simulated person does with a mail; the address alone decides, so each demo is the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

# shares of all recipients
HARD_BOUNCE = 0.02
SOFT_BOUNCE = 0.01
SCANNED = 0.05  # behind a gateway that opens every mail and every link by itself
OPEN = 0.60
CLICK = 0.25
REPLY = 0.08
AWAY = 0.02  # an out-of-office note, which is no reply
UNSUBSCRIBE = 0.01
COMPLAIN = 0.004


@dataclass(frozen=True)
class Habit:
    """What one person will do. `opens` is true of everybody who does anything with the words."""

    bounces: str = ""
    """An enhanced status code, or empty: the mail arrives."""
    scanned: bool = False
    opens: bool = False
    clicks: bool = False
    replies: bool = False
    away: bool = False
    unsubscribes: bool = False
    complains: bool = False


def habit_of(address: str) -> Habit:
    """Each trait is drawn by itself; clicks, replies and the rest come from people who open."""
    if draw(address, "bounce") < HARD_BOUNCE:
        return Habit(bounces="5.1.1")
    if draw(address, "full") < SOFT_BOUNCE:
        return Habit(bounces="5.2.2")
    scanned, away = draw(address, "scan") < SCANNED, draw(address, "away") < AWAY
    if draw(address, "open") >= OPEN:
        return Habit(scanned=scanned, away=away)
    return Habit(
        scanned=scanned,
        away=away,
        opens=True,
        # among those who open, so that the share of all is the one above
        clicks=draw(address, "click") < CLICK / OPEN,
        replies=draw(address, "reply") < REPLY / OPEN,
        unsubscribes=draw(address, "unsubscribe") < UNSUBSCRIBE / OPEN,
        complains=draw(address, "complain") < COMPLAIN / OPEN,
    )


def draw(address: str, trait: str) -> float:
    """A number from 0 to 1 that belongs to this address and trait."""
    digest = hashlib.sha256(f"{trait} {address.lower()}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def choose(address: str, trait: str, among: tuple[str, ...]) -> str:
    """One of several, always the same for this address."""
    return among[int(draw(address, trait) * len(among))]


BROWSERS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
)
SCANNER = "Mozilla/5.0 (compatible; Barracuda Email Security Scanner)"

# what customers of a small shop write back
WORDS = {
    "vi": (
        "Chị ơi, em muốn đặt 2 hộp, giao về nhà trước thứ Sáu được không ạ? Em cảm ơn.",
        "Cảm ơn shop đã nhớ đến gia đình tôi. Tôi lấy một hộp như lần trước nhé.",
        "Cho tôi hỏi giá này đã gồm phí vận chuyển chưa? Nhà tôi ở Thủ Đức.",
        "Hàng đợt trước bị móp hộp, tôi hơi buồn. Lần này mong bên mình gói kỹ hơn giúp.",
        "Tôi đang đi công tác, tuần sau về sẽ ghé cửa hàng. Còn giữ ưu đãi đến cuối tháng chứ?",
        "Mẹ tôi rất thích. Bên mình có loại ít đường cho người lớn tuổi không?",
        "Đặt giúp tôi 5 hộp làm quà cho nhân viên, xuất hóa đơn công ty nhé. Số điện thoại tôi vẫn như cũ.",
        "Xin đừng gửi nữa, tôi nhận hơi nhiều thư rồi. Cảm ơn.",
    ),
    "en": (
        "Thank you, I would like two boxes delivered to my office in District 1, please.",
        "Does the price include delivery to Da Nang? I need it before Friday.",
        "My last parcel arrived damaged. Could you pack it more carefully this time?",
        "Lovely letter! I will come by the shop next week when I am back from a trip.",
        "Do you have something with less sugar? It would be a gift for my mother.",
        "Please stop sending me these.",
    ),
}
AWAY_WORDS = {
    "vi": (
        "Trả lời tự động: Tôi nghỉ phép",
        "Tôi nghỉ phép đến thứ Hai. Việc gấp xin gọi đồng nghiệp của tôi.",
    ),
    "en": (
        "Automatic reply: out of office",
        "I am away until Monday. For anything urgent, please call my colleague.",
    ),
}
