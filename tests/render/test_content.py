"""What a sign-off covers: the same message gives the same hash, any change another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.compose.document import Block, Document, Offer, Part
from campaign.errors import IntegrityError, NotFound
from campaign.models import Channel, ConsentPurpose, LayoutVersion, MessageKind, OfferType
from campaign.render import content, layouts
from campaign.render.content import MessageContent, SenderFacts, Variant
from campaign.render.layouts import Layout

SENDER = SenderFacts(1, "Trà Sen Việt", "thu@trasen.example", "Công ty TNHH Trà Sen Việt", "12 Hàng Bè",
                     "Hoàn Kiếm, Hà Nội 11000", "VN")  # fmt: skip


def _layout(name: str = "plain", text: str = "<p>") -> Layout:
    files = {"body.html": text, "layout.toml": '[name]\nvi = "Giấy"\nen = "Paper"\n'}
    return Layout(Channel.EMAIL, name, files, layouts._hash(Channel.EMAIL, name, files))


def _content(*blocks: Block, kind: MessageKind = MessageKind.MARKETING) -> MessageContent:
    variants = (Variant(5, "vi", "a", Document(blocks)),)
    return MessageContent(3, kind, SENDER, variants, {Channel.EMAIL: _layout()})


def test_what_was_signed_comes_back_after_the_files_changed(db: Session, now: datetime) -> None:
    signed = _content(Block("s", Part.SUBJECT, "Giảm 10%"))
    content.keep_layouts(db, signed, now)
    content.keep_layouts(db, signed, now)  # twice is once
    back = content.from_json(db, signed.to_json())
    assert back == signed
    assert back.sha256 == signed.sha256
    assert back.layout(Channel.EMAIL).files["body.html"] == "<p>"


def test_every_covered_thing_changes_the_hash() -> None:
    base = _content(Block("s", Part.SUBJECT, "Giảm 10%"))
    others = [
        base.with_document(5, Document((Block("s", Part.SUBJECT, "Giảm 11%"),))),
        replace(base, kind=MessageKind.REQUEST),
        replace(base, sender=replace(SENDER, phone="024 3825 0000")),
        replace(base, layouts={Channel.EMAIL: _layout(text="<div>")}),
        replace(base, variants=(replace(base.variants[0], arm="b"),)),
        replace(base, settings={"reply": "care"}),
        replace(base, offer_type=OfferType.GOODS),
        replace(base, offer_type=OfferType.EVENT),
    ]
    assert len({base.sha256, *(other.sha256 for other in others)}) == len(others) + 1


def test_what_is_offered_comes_back_and_left_unsaid_it_changes_no_hash() -> None:
    assert "offer_type" not in _content().to_json()
    said = replace(_content(), offer_type=OfferType.DIGITAL)
    back = content.from_json(None, said.to_json() | {"layouts": {}})  # type: ignore[arg-type]
    assert back.offer_type is OfferType.DIGITAL


def test_a_stored_layout_that_was_tampered_with_is_refused(db: Session, now: datetime) -> None:
    layout = _layout()
    layouts.store(db, layout, now)
    row = db.get(LayoutVersion, layout.sha256)
    assert row is not None
    row.files = {**row.files, "body.html": "<script>"}
    db.flush()
    with pytest.raises(IntegrityError):
        layouts.fetch(db, layout.sha256)


def test_a_greeting_with_an_offer_is_marketing() -> None:
    greeting = _content(Block("b", Part.BODY, "Chúc mừng sinh nhật"), kind=MessageKind.GREETING)
    assert greeting.purpose is ConsentPurpose.GREETING
    offering = greeting.with_document(5, Document((Block("o", Part.OFFER, facts=Offer(product="Trà")),)))
    assert offering.effective_kind is MessageKind.MARKETING
    assert offering.purpose is ConsentPurpose.MARKETING
    assert _content(kind=MessageKind.REPLY).purpose is None


@pytest.mark.parametrize("name", ["nowhere", "../letters", "", "a/b", str(Path("/etc"))])
def test_layouts_outside_the_folder_are_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        layouts.load(Channel.EMAIL, name)
