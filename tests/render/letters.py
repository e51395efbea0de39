"""Builders of letter contents for tests; plain values, no database."""

from __future__ import annotations

from typing import Any

from campaign.compose import document
from campaign.models import Channel, MessageKind
from campaign.render import layouts
from campaign.render.content import MessageContent, SenderFacts, Variant
from campaign.render.letter import FilledLetter, compile_letter

SENDER = SenderFacts(
    id=1,
    from_name="Trà Sen Tây Hồ",
    from_email="chamsoc@trasen.example",
    organisation="Công ty TNHH Trà Sen Tây Hồ",
    street="18 đường Quảng An",
    locality="phường Tây Hồ, Hà Nội 11200",
    country="VN",
    phone="024 3829 1234",
    website="https://trasen.example/",
    signatory="Nguyễn Thị Ền",
    signatory_position="Giám đốc chăm sóc khách hàng",
    tagline="Trà ướp sen từ năm 1987",
)
ADDRESS = ["Bà Nguyễn Thị Kim Oanh", "Số 7, ngõ 12, đường Láng", "phường Láng, Hà Nội 11500"]
VALUES = {"contact": {"given_name": "Oanh", "full_name": "Nguyễn Thị Kim Oanh"}}
COPY = {
    "subject": "Trà sen mùa mới, giảm 20% cho khách quen",
    "salutation": "Kính gửi chị {{ contact.given_name }},",
    "hook": "Mùa sen năm nay nở sớm, và mẻ trà ướp đầu tiên đã sẵn sàng cho chị.",
    "body": "Mỗi hộp là **một trăm bông sen** Bách Diệp.\n\n- Trà búp Thái Nguyên\n- Sen hồ Tây",
    "closing": "Trân trọng,",
}


def content(layout: str = "business", language: str = "vi", **parts: Any) -> MessageContent:
    """A message of one variant (id 1) with these parts over `COPY`; None leaves a part out."""
    blocks = []
    for part, text in {**COPY, **parts}.items():
        if text is None:
            continue
        rest = text if isinstance(text, dict) else {"text": text}
        blocks.append({"id": part, "part": part, **rest})
    variant = Variant(1, language, "a", document.from_json({"schema": 1, "blocks": blocks}))
    return MessageContent(
        message_id=1,
        kind=MessageKind.MARKETING,
        sender=SENDER,
        variants=(variant,),
        layouts={Channel.LETTER: layouts.load(Channel.LETTER, layout)},
    )


def filled(
    layout: str = "business",
    values: dict[str, Any] | None = None,
    system: dict[str, Any] | None = None,
    address: list[str] | None = None,
    **parts: Any,
) -> FilledLetter:
    """One letter of that content."""
    language = str(parts.pop("language", "vi"))
    facts = {"today": "2026-03-12", **(system or {})}
    return compile_letter(content(layout, language, **parts), 1).fill(
        VALUES if values is None else values, facts, address or ADDRESS
    )
