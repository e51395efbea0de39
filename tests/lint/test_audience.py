"""Lint over a frozen audience: every rendering, equal findings gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.lint import Finding, blocking, lint_audience
from campaign.models import Audience, AudienceMember, Channel, Message, OfferType
from campaign.render import content as contents
from campaign.render.samples import load_sample
from lint_rules.parsing.part import Part as TextPart
from tests.factories import NOW, make_consent, make_contact, make_message


def message_of(db: Session, channel: Channel, layout: str, **texts: str) -> Message:
    message = make_message(db, **{f"{channel.value}_layout": layout})
    sample = load_sample(channel, layout).documents["vi"]
    blocks = tuple(
        documents.Block(block.id, block.part, texts[block.part.value], block.url, block.facts)
        if block.part.value in texts
        else block
        for block in sample.blocks
    )
    message.variants[0].document = documents.to_json(Document(blocks))
    db.flush()
    return message


def audience_of(db: Session, message: Message, channel: Channel, names: list[str]) -> Audience:
    audience = Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=NOW)
    db.add(audience)
    db.flush()
    for number, name in enumerate(names):
        contact = make_contact(db)
        make_consent(db, contact, message.sender)
        values = {
            "given_name": name,
            "full_name": f"Nguyễn {name}",
            "form_of_address": "anh",
            "position": name,
        }
        db.add(
            AudienceMember(
                audience_id=audience.id,
                contact_id=contact.id,
                channel=channel,
                variant_id=message.variants[0].id,
                address=f"a{number}@example.com"
                if channel is Channel.EMAIL
                else f"Nguyễn {name}\n1 Lê Lợi\nHuế",
                address_key=str(number),
                values={"contact": values if name else {}},
            )
        )
    db.flush()
    return audience


def layout_of(channel: Channel) -> str:
    return {"email": "offer", "letter": "business"}[channel.value]


@pytest.mark.parametrize("channel", list(Channel))
def test_a_clean_message_has_no_finding(db: Session, channel: Channel) -> None:
    message = message_of(db, channel, layout_of(channel))
    audience = audience_of(db, message, channel, ["Lan", "Nam"])
    assert lint_audience(db, contents.from_message(message), audience) == []


@pytest.mark.parametrize("channel", list(Channel))
def test_different_words_of_one_rule_are_different_findings(db: Session, channel: Channel) -> None:
    """What stands in a field of some and what the author wrote for all are no one finding."""
    body = "Trà mới về, {{ contact.position }}.\n\nMua ngay hôm nay: GIẢM GIÁ SỐC CHO TẤT CẢ MỌI NGƯỜI."
    message = message_of(db, channel, layout_of(channel), body=body)
    shouting = ["GIẢM GIÁ THẬT SỐC", "QUÀ TẶNG RẤT LỚN", "mời anh"]
    audience = audience_of(db, message, channel, shouting)
    found = [
        item
        for item in lint_audience(db, contents.from_message(message), audience)
        if (item.rule, item.part) == ("shouting-in-capitals", "body")
    ]
    assert {item.recipients for item in found} == {2, 3}
    assert len({item.fingerprint for item in found}) == 2


def test_a_paragraph_is_measured_as_it_stands_on_paper(db: Session) -> None:
    """Four lines of 67 columns are five in the narrower column of a letter; gaps are no lines."""
    sentence = "Mỗi búp sen được hái trước lúc mặt trời lên rồi ướp ngay trong ngày. "
    short, long = sentence * 2 + "\n\n" + sentence * 3, sentence * 4
    for body, expected in ((short, set()), (long, {"paragraph-longer-than-four-lines"})):
        message = message_of(db, Channel.LETTER, "business", body=body)
        audience = audience_of(db, message, Channel.LETTER, ["Lan", "Nam"])
        found = lint_audience(db, contents.from_message(message), audience)
        assert {item.rule for item in found if item.rule.startswith(("paragraph", "line"))} == expected
        assert all(
            "5 dòng" in item.message or "6 dòng" in item.message
            for item in found
            if item.rule.startswith("paragraph")
        )


@pytest.mark.parametrize("language", ["vi", "en", "zh"])
@pytest.mark.parametrize("layout", ["business", "greeting"])
def test_the_sample_letters_have_no_finding_on_paper(db: Session, layout: str, language: str) -> None:
    message = make_message(db, letter_layout=layout)
    sample = load_sample(Channel.LETTER, layout)
    message.kind, message.offer_type = sample.kind, sample.offer_type
    message.variants[0].language = language
    message.variants[0].document = documents.to_json(sample.documents[language])
    audience = audience_of(db, message, Channel.LETTER, ["Lan"])
    member = db.scalars(select(AudienceMember).where(AudienceMember.audience_id == audience.id)).one()
    member.values = sample.values[language]
    assert lint_audience(db, contents.from_message(message), audience) == []


def test_equal_findings_are_one_with_the_number_of_recipients(db: Session) -> None:
    message = message_of(db, Channel.EMAIL, "offer", subject="Chào {{ contact.given_name }}")
    audience = audience_of(db, message, Channel.EMAIL, ["Lan", "Nam", "Kubernetes"])
    found = {item.rule: item for item in lint_audience(db, contents.from_message(message), audience)}
    greeting = found["greeting-or-mystery-subject"]
    assert greeting.recipients == 2
    assert "(2/3 người nhận, ví dụ Nguyễn Lan)" in greeting.message
    assert blocking([greeting]) == [greeting]
    assert found["subject-shows-no-benefit"].recipients == 3
    assert "người nhận" not in found["subject-shows-no-benefit"].message
    assert Finding.from_json(greeting.to_json()).rule == greeting.rule
    assert greeting.to_json()["recipients"] == 2


def test_what_an_email_and_a_letter_say_alike_is_said_once(db: Session) -> None:
    message = message_of(db, Channel.EMAIL, "offer", hook="Trà hàng đầu, trà hàng đầu Việt Nam.")
    message.letter_layout = "business"
    db.flush()
    audience = audience_of(db, message, Channel.EMAIL, ["Lan", "Nam"])
    letters = audience_of(db, message, Channel.LETTER, ["Hoa", "Tú", "Vân"])
    for row in db.query(AudienceMember).filter_by(audience_id=letters.id):
        row.audience_id = audience.id
    db.flush()
    found = lint_audience(db, contents.from_message(message), audience)
    claims = [item for item in found if item.rule == "unproven-superlative"]
    assert [(item.channel, item.recipients, item.letters) for item in claims] == [("", 5, 3)] * 2
    assert len({(item.line, item.column) for item in claims}) == 2
    mail_only = [item for item in found if item.channel == Channel.EMAIL]
    assert all(item.letters == 0 for item in mail_only)


@pytest.mark.parametrize("channel", list(Channel))
def test_goods_are_asked_how_they_are_delivered(db: Session, channel: Channel) -> None:
    message = message_of(db, channel, layout_of(channel))
    message.variants[0].document = without_delivery(message)
    audience = audience_of(db, message, channel, ["Lan", "Nam"])

    def found() -> set[str]:
        return {item.rule for item in lint_audience(db, contents.from_message(message), audience)}

    assert "delivery-missing" not in found()
    message.offer_type = OfferType.GOODS
    assert "delivery-missing" in found()


def without_delivery(message: Message) -> dict[str, object]:
    """The copy reduced to a price and a deadline."""
    document = documents.from_json(message.variants[0].document)
    offer = documents.Offer(product="Hộp trà", price="490.000đ", deadline="đến hết 31/12")
    return documents.to_json(
        Document(
            tuple(
                replace(block, facts=offer) if block.part is Part.OFFER else block
                for block in document.blocks
                if block.part not in (Part.BODY, Part.HOOK, Part.PREHEADER)
            )
        )
    )


def test_a_missing_value_blocks(db: Session) -> None:
    message = message_of(db, Channel.EMAIL, "offer", salutation="Chào {{ contact.given_name }},")
    audience = audience_of(db, message, Channel.EMAIL, ["Lan", ""])
    (finding,) = lint_audience(db, contents.from_message(message), audience)
    assert (finding.rule, finding.severity, finding.recipients) == ("rendering", "error", 1)


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(("words", "missed"), [("Giá này chỉ giữ đến hết tháng.", False), ("", True)])
def test_the_block_of_a_postscript_needs_no_mark(
    db: Session, channel: Channel, words: str, missed: bool
) -> None:
    """On paper as little as in a mail: the writer filled in the part that is named so."""
    message = message_of(db, channel, layout_of(channel), postscript=words)
    audience = audience_of(db, message, channel, ["Lan"])
    found = {item.rule for item in lint_audience(db, contents.from_message(message), audience)}
    assert ("no-postscript" in found) is missed


def test_words_of_each_rendering_are_counted(db: Session) -> None:
    hook = "Tiết kiệm {{ contact.position }}"
    message = message_of(db, Channel.EMAIL, "offer", hook=hook)
    audience = audience_of(db, message, Channel.EMAIL, ["Lan", "từ " * 200])
    (finding,) = [
        item
        for item in lint_audience(db, contents.from_message(message), audience)
        if item.rule == "word-limit"
    ]
    assert finding.recipients == 1


def test_parts_that_stay_the_same_are_read_once(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    message = message_of(db, Channel.EMAIL, "offer")
    content = contents.from_message(message)
    made: list[str] = []
    plain = TextPart.plain

    def counted(name: str, text: str) -> TextPart:
        if text:
            made.append(name)
        return plain(name, text)

    monkeypatch.setattr(TextPart, "plain", counted)
    names = [f"Lan{number}" for number in range(50)]
    lint_audience(db, content, audience_of(db, message, Channel.EMAIL, names))
    often = {name for name, times in Counter(made).items() if times >= len(names)}
    assert often == {"salutation", "headers"}, "only these are everybody's own"
    assert len(made) < 2 * len(names) + 20


def test_subject_part_is_the_block(db: Session) -> None:
    message = message_of(db, Channel.EMAIL, "offer", subject="[QC] Xin chào")
    audience = audience_of(db, message, Channel.EMAIL, ["Lan"])
    found = lint_audience(db, contents.from_message(message), audience)
    subject = documents.from_json(message.variants[0].document).first(Part.SUBJECT)
    assert subject is not None
    assert {finding.part for finding in found} == {subject.id}
    assert found[0].end_column > 1


def test_what_only_the_page_shows_is_found_once_for_all(db: Session) -> None:
    message = message_of(
        db, Channel.EMAIL, "offer", body="Xem [tại đây](https://tramocan.example/hop-tra-tet)."
    )
    audience = audience_of(db, message, Channel.EMAIL, ["Lan", "Nam"])
    found = [
        item for item in lint_audience(db, contents.from_message(message), audience) if item.part == "html"
    ]
    assert [(item.rule, item.recipients) for item in found] == [("vague-link-text", 2)]
