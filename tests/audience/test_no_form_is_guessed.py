"""What is proposed and not taken reaches no letter and no e-mail; without a form of address a neutral
greeting stands, in three languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.freeze import freeze
from campaign.compose.check import check_document
from campaign.compose.document import Block, Document, Part
from campaign.compose.fields import contact_fields
from campaign.compose.greetings import SALUTATIONS
from campaign.contacts import answers, consent, proposals
from campaign.contacts.called import called
from campaign.models import AudienceMember, Channel, ConsentPurpose, Contact, Sender
from campaign.render import samples
from campaign.render.email import compile_email
from campaign.render.letter import compile_letter
from campaign.render.pdf import lines_of
from campaign.segments import EVERYBODY
from tests.factories import make_consent, make_contact, make_message, make_sender

SYSTEM = {
    "unsubscribe_url": "https://example.com/u",
    "view_url": "https://example.com/v",
    "today": "2026-11-26",
}
# language: name, what is proposed, the greeting without it, the greeting with it, the address with it
PEOPLE = {
    "vi": ("Nguyễn Thanh Hà", "Bà", "Kính gửi Quý khách Nguyễn Thanh Hà,", "Kính gửi Bà Nguyễn Thanh Hà,",
           "Bà Nguyễn Thanh Hà"),
    "en": ("Robin Baker", "Ms", "Dear Robin Baker,", "Dear Ms Robin Baker,", "Ms Robin Baker"),
    "zh": ("王小明", "女士", "尊敬的客户：", "尊敬的王小明女士：", "王小明女士"),
}  # fmt: skip


def document(language: str) -> Document:
    body = {"vi": "Trà mới đã về.", "en": "The new tea is here.", "zh": "新茶到了。"}[language]
    return Document(
        (
            Block("subject", Part.SUBJECT, body),
            Block("salutation", Part.SALUTATION, SALUTATIONS[language]),
            Block("body", Part.BODY, body),
        )
    )


def written(db: Session, contact: Contact, sender: Sender, language: str, now: datetime) -> dict[str, str]:
    """What really goes out: the frozen row of each channel, filled; the greeting, and all beside it."""
    message = make_message(db, sender=sender, languages=(language,))
    audience = freeze(
        db, message_id=message.id, rule=EVERYBODY, segment_name="Mọi người",
        field_names=contact_fields(document(language)), channels=list(Channel),
        variants={language: message.variants[0].id}, purpose=ConsentPurpose.MARKETING, sender_id=sender.id,
        now=now,
    )  # fmt: skip
    rows = {
        row.channel: row
        for row in db.scalars(select(AudienceMember).where(AudienceMember.audience_id == audience.id))
    }
    made: dict[str, Any] = {}
    email = samples.sample_content(Channel.EMAIL, "letterhead", language).with_document(0, document(language))
    parts = compile_email(email, 0).fill(rows[Channel.EMAIL].values, SYSTEM)
    made["html"] = BeautifulSoup(parts.html, "html.parser").get_text(" ", strip=True)
    made["text"] = parts.text
    letter = samples.sample_content(Channel.LETTER, "business", language)
    letter = letter.with_document(0, document(language))
    row = rows[Channel.LETTER]
    filled = compile_letter(letter, 0).fill(row.values, {"today": "2026-11-26"}, row.address.split("\n"))
    made["letter"] = " ".join(lines_of(filled))
    made["address"] = row.address
    made["call"] = filled.call
    return made


@pytest.mark.parametrize("language", PEOPLE)
def test_a_proposal_reaches_nobody_until_it_is_taken(db: Session, now: datetime, language: str) -> None:
    name, form, neutral, greeting, address = PEOPLE[language]
    sender = make_sender(db)
    contact = make_contact(
        db, full_name=name, form_of_address="", sex="nữ", birth_year=1961, language=language,
    )  # fmt: skip
    for channel in Channel:
        make_consent(db, contact, sender, channel=channel)
    assert not check_document(document(language), ["contact.form_of_address", "contact.full_name"])
    one = proposals.of_contact(db, contact, now.date())[0]
    assert one.value == form

    before = written(db, contact, sender, language, now)
    for part in ("html", "text", "letter"):
        assert neutral in before[part], part
    assert all(form not in text for text in before.values())
    assert before["address"].split("\n")[0] == name

    answers.take(db, [one], one.because, account=None, now=now)
    after = written(db, contact, sender, language, now)
    for part in ("html", "text", "letter"):
        assert greeting in after[part], part
    assert after["address"].split("\n")[0] == address
    assert consent.history(db, contact)  # nothing else about them changed


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [
        ("Chị", "Nguyễn Lan", "Chị Nguyễn Lan"), ("", "Nguyễn Lan", "Nguyễn Lan"),
        ("Mr", "王小明", "Mr 王小明"), ("先生", "王", "王先生"), ("女士", "Emma Larsen", "Emma Larsen 女士"),
    ],
)  # fmt: skip
def test_chinese_forms_stand_behind_the_name(form: str, name: str, said: str) -> None:
    assert called(Contact(form_of_address=form, full_name=name)) == said
