"""The message that benches write: about 10 KB of HTML in Vietnamese, some 50 fields and links, ten targets."""

from __future__ import annotations

from campaign.compose.document import Block, Document, Offer, Part

SHOP = "https://tramocan.example"
NAME = "{{ contact.form_of_address|default('quý khách') }} {{ contact.given_name|default('') }}"
TEAS = (
    ("Trà sen Tây Hồ", "ướp gạo sen tươi, hương đượm, hậu ngọt", "tra-sen"),
    ("Trà nhài", "thanh nhẹ, hợp buổi chiều tiếp khách", "tra-nhai"),
    ("Shan tuyết Suối Giàng", "hái từ cây cổ thụ, nước vàng sánh", "shan-tuyet"),
    ("Bạch trà Hà Giang", "búp non phơi bóng râm, vị ngọt mát", "bach-tra"),
    ("Hồng trà Lâm Đồng", "lên men kỹ, hợp pha với sữa", "hong-tra"),
    ("Ô long Mộc Châu", "hương hoa lan, pha được bảy lượt nước", "o-long"),
    ("Trà cúc Hưng Yên", "dịu mắt, dễ ngủ, không có caffein", "tra-cuc"),
    ("Trà atisô Đà Lạt", "mát gan, uống được quanh năm", "tra-atiso"),
)


def bench_document() -> Document:
    """The copy, ready for any e-mail layout."""
    return Document(
        (
            Block("subject", Part.SUBJECT, f"[QC] {NAME} ơi, tám vị trà mới về, giảm 60.000đ đến hết 31/12"),
            Block("preheader", Part.PREHEADER, f"Hộp 300 g còn 490.000đ, giao tận nhà cho {NAME} miễn phí."),
            Block("salutation", Part.SALUTATION, "Kính gửi {{ contact.form_of_address|default('quý khách') }} {{ contact.full_name }},"),
            Block("hook", Part.HOOK, f"Đặt hộp trà Tết trước hết ngày 31/12, {NAME} tiết kiệm 60.000đ và chọn được ngày giao đúng dịp biếu. Mã khách hàng của {NAME} là {{{{ contact.code }}}}."),
            Block("body", Part.BODY, _body()),
            Block("offer", Part.OFFER, facts=Offer(
                product="Hộp trà Tết ba vị, 300 g, gửi {{ contact.full_name }}",
                price="490.000đ (giá gốc 550.000đ)",
                deadline="Đặt đến hết ngày 31/12",
                delivery=f"Tận nhà {NAME}, miễn phí, trong 3 ngày",
                code="TETSOM-{{ contact.code }}",
            )),
            Block("action", Part.ACTION, "Đặt hộp trà Tết", url=f"{SHOP}/hop-tra-tet?ma=TETSOM"),
            Block("closing", Part.CLOSING, "Trân trọng,\n\n**Nguyễn Thu Hà**\nNgười pha trà, Trà Mộc An"),
            Block("postscript", Part.POSTSCRIPT, f"**T.B.** Tiết kiệm 60.000đ là cho đơn đặt đến hết ngày 31/12. Sau đó hộp trà trở lại giá 550.000đ. {NAME} xem [cách đặt]({SHOP}/cach-dat)."),
        )
    )  # fmt: skip


def _body() -> str:
    points = "\n".join(
        f"- [{name}]({SHOP}/{page}) {what}; {NAME} dùng mã {{{{ contact.code }}}} khi đặt"
        for name, what, page in TEAS
    )
    return (
        f"Tám vị trà mới về, {NAME} chọn ba vị cho một hộp, pha được khoảng 90 ấm:\n\n{points}\n\n"
        f"Tên người được tặng khắc trên nắp gỗ không tính thêm phí. Nếu trà không vừa ý, {NAME} gửi lại "
        "trong 7 ngày và nhận lại đủ tiền; cửa hàng trả cả tiền gửi. Hộp gỗ làm bằng gỗ mít, không sơn, "
        "để được nhiều năm; trà trong hộp giữ hương được mười tám tháng kể từ ngày đóng gói.\n\n"
        "Trà được sao bằng tay trong chảo gang, từng mẻ hai cân, ở xưởng nhỏ cạnh hồ. Ai ghé xưởng vào "
        f"sáng thứ bảy được xem sao trà và uống thử. {NAME} muốn đến thì nhắn trước một ngày, chúng tôi "
        "giữ chỗ và pha sẵn một ấm."
    )
