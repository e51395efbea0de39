"""The law packs in the application: whose law applies, and the footer that the layouts add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.lint import lint_audience, lint_copy
from campaign.lint.law import packs_for, packs_of_audience
from campaign.models import Audience, AudienceMember, Channel, DeliveryState, Message, MessageKind
from campaign.render import content as contents
from campaign.render.content import MessageContent
from campaign.render.email import compile_email
from campaign.render.samples import load_sample, sample_content, sample_system
from lint_rules import engine
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.finding import Finding, apply_edits
from lint_rules.packs import all_packs
from lint_rules.registry import all_rules
from tests.factories import (
    NOW,
    make_consent,
    make_contact,
    make_delivery,
    make_mailing,
    make_message,
    make_sender,
)

LAYOUTS = ("greeting", "letterhead", "offer")
LANGUAGES = ("vi", "en", "zh")
FOOTER_RULES = ("no-way-to-opt-out", "opt-out-notice-incomplete", "sender-not-identified")


def with_text(content: MessageContent, part: Part, text: str) -> MessageContent:
    blocks = content.variants[0].document.blocks
    made = tuple(replace(block, text=text) if block.part is part else block for block in blocks)
    return content.with_document(0, Document(made))


def by_rule(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.rule: finding for finding in findings}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_while_typing_the_footer_is_seen_as_it_will_be_sent(layout: str, language: str) -> None:
    found = by_rule(lint_copy(sample_content(Channel.EMAIL, layout, language), 0))
    assert not found.keys() & set(FOOTER_RULES)
    assert "no-one-click-unsubscribe-header" not in found
    assert "last-link-not-after-the-postscript" not in found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", sorted(all_packs()))
def test_what_the_layouts_add_satisfies_each_law(layout: str, language: str, pack: str) -> None:
    content = sample_content(Channel.EMAIL, layout, language)
    values = load_sample(Channel.EMAIL, layout).values[language]
    system = sample_system(NOW.date(), "https://campaign.example")
    parts = compile_email(content, 0).fill(values, system)
    draft = Draft(
        language,
        "email",
        "marketing",
        parts.subject,
        parts.text,
        parts.html,
        Context(packs=frozenset({pack})),
    )
    rules = [rule for rule in all_rules() if rule.id in FOOTER_RULES]
    assert [f"{item.rule} {item.part}: {item.message}" for item in engine.check(draft, rules=rules)] == []


def test_the_label_is_one_click_away() -> None:
    content = with_text(
        sample_content(Channel.EMAIL, "offer", "vi"), Part.SUBJECT, "Tiết kiệm 60.000đ trà Tết"
    )
    finding = by_rule(lint_copy(content, 0))["advertising-label-missing-or-not-first"]
    assert finding.fix is not None
    assert finding.fix.safe
    mended = apply_edits(finding.part, content.variants[0].document.text(Part.SUBJECT), finding.fix.edits)
    assert mended == "[QC] Tiết kiệm 60.000đ trà Tết"


def test_a_sender_without_telephone_is_told_to_complete_their_page() -> None:
    content = sample_content(Channel.EMAIL, "offer", "vi")
    silent = replace(content, sender=replace(content.sender, phone=""))
    finding = by_rule(lint_copy(silent, 0))["sender-not-identified"]
    assert "thiếu số điện thoại" in finding.message
    assert "trang người gửi" in finding.message
    assert finding.part == "footer"


def test_the_law_is_that_of_the_senders_country() -> None:
    content = with_text(
        sample_content(Channel.EMAIL, "offer", "en"), Part.SUBJECT, "Save 60,000 VND on Tết tea"
    )
    abroad = replace(content, sender=replace(content.sender, country="DK"))
    assert "advertising-label-missing-or-not-first" in by_rule(lint_copy(content, 0))
    assert "advertising-label-missing-or-not-first" not in by_rule(lint_copy(abroad, 0))


def test_an_answer_is_under_no_pack() -> None:
    content = replace(sample_content(Channel.EMAIL, "letterhead", "vi"), kind=MessageKind.REPLY)
    found = by_rule(lint_copy(with_text(content, Part.SUBJECT, "Về ấm trà của chị"), 0))
    assert not {rule for rule in found if rule in FOOTER_RULES or "label" in rule}


def message_of(db: Session, country: str, subject: str = "") -> Message:
    message = make_message(db, sender=make_sender(db, country=country), email_layout="offer")
    sample = load_sample(Channel.EMAIL, "offer").documents["vi"]
    blocks = tuple(
        replace(block, text=subject) if subject and block.part is Part.SUBJECT else block
        for block in sample.blocks
    )
    message.variants[0].document = documents.to_json(Document(blocks))
    db.flush()
    return message


def audience_of(db: Session, message: Message, *countries: str, consent: bool = True) -> Audience:
    audience = Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=NOW)
    db.add(audience)
    db.flush()
    for country in countries:
        contact = make_contact(db, country=country)
        if consent:
            make_consent(db, contact, message.sender)
        values = {"given_name": "Lan", "full_name": "Nguyễn Lan", "form_of_address": "chị"}
        db.add(
            AudienceMember(
                audience_id=audience.id,
                contact_id=contact.id,
                channel=Channel.EMAIL,
                variant_id=message.variants[0].id,
                address=contact.email,
                address_key=contact.email_key,
                values={"contact": values},
            )
        )
    db.flush()
    return audience


def rules_of(db: Session, message: Message, audience: Audience) -> dict[str, int]:
    found = lint_audience(db, contents.from_message(message), audience)
    return {finding.rule: finding.recipients for finding in found}


def test_packs_of_sender_and_readers(db: Session) -> None:
    message = message_of(db, "VN")
    audience = audience_of(db, message, "DK", "US", "JP")
    assert packs_for("VN", "CA") == {"vn", "ca"}
    assert packs_of_audience(db, audience, "VN") == {"vn", "eu", "us"}


def test_each_reader_is_under_the_law_of_their_country(db: Session) -> None:
    message = message_of(db, "DK", "Tiết kiệm 60.000đ cho hộp trà Tết ba vị, đến hết 31/12")
    audience = audience_of(db, message, "DK", "VN", "VN")
    found = rules_of(db, message, audience)
    assert found["advertising-label-missing-or-not-first"] == 2
    assert not found.keys() & set(FOOTER_RULES)


def test_the_label_serves_vietnam_and_china_at_once(db: Session) -> None:
    subject = "Tiết kiệm 60.000đ cho hộp trà Tết ba vị, đến hết 31/12"
    vietnamese, both = message_of(db, "VN", f"[QC] {subject}"), message_of(db, "VN", f"[AD] {subject}")
    label = "advertising-label-missing-or-not-first"
    assert rules_of(db, vietnamese, audience_of(db, vietnamese, "VN", "CN"))[label] == 1
    assert label not in rules_of(db, both, audience_of(db, both, "VN", "CN"))


def test_whose_consent_is_gone_is_seen_before_sign_off(db: Session) -> None:
    message = message_of(db, "VN")
    audience = audience_of(db, message, "VN", consent=False)
    assert "no-consent-on-record" in rules_of(db, message, audience)


@pytest.mark.parametrize(("sent", "over"), [(2, False), (3, True)])
@pytest.mark.parametrize("home", ["VN", "DK"])
def test_the_busiest_reader_is_seen_before_sign_off(db: Session, sent: int, over: bool, home: str) -> None:
    message = message_of(db, home)
    audience = audience_of(db, message, "VN")
    member = db.query(AudienceMember).filter_by(audience_id=audience.id).one()
    for _ in range(sent):
        mailing = make_mailing(db, content={"purpose": "marketing"})
        make_delivery(
            db, mailing, address=member.address, address_key=member.address_key, state=DeliveryState.ACCEPTED
        )
    assert ("daily-limit-exceeded" in rules_of(db, message, audience)) is over


def test_a_letter_claims_nothing_without_proof_either() -> None:
    content = with_text(sample_content(Channel.LETTER, "business", "vi"), Part.BODY, "Trà ngon nhất Hà Nội.")
    assert "unproven-superlative" in by_rule(lint_copy(content, 0))
