"""Copy begins with the salutation of its language, and keeps the one that its author wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from campaign.campaigns import copy, life
from campaign.compose import document as documents
from campaign.compose import greetings
from campaign.compose.document import Document, Part
from campaign.compose.environment import copy_environment
from campaign.models import Campaign, Message, MessageKind
from tests.campaigns.helpers import Office


def with_salutation(document: Document, words: str) -> Document:
    return Document(
        tuple(replace(one, text=words) if one.part is Part.SALUTATION else one for one in document.blocks)
    )


@pytest.mark.parametrize("language", copy.LANGUAGES)
def test_it_names_who_has_a_form_of_address_and_is_safe_without(language: str) -> None:
    begun = greetings.begun(language)
    assert [block.part for block in begun.blocks if block] == [Part.SALUTATION]
    assert [block.id for block in begun.blocks] == [block.id for block in documents.empty().blocks]
    greets = copy_environment(html=False).from_string(begun.text(Part.SALUTATION))
    with_form, without = (
        greets.render(contact={"full_name": "王小明"} | form) for form in ({"form_of_address": "先生"}, {})
    )
    assert "先生" in with_form
    assert (
        without == {"vi": "Kính gửi Quý khách 王小明,", "en": "Dear 王小明,", "zh": "尊敬的客户："}[language]
    )


def test_an_authors_own_words_stay() -> None:
    own = with_salutation(documents.empty(), "Chị Lan thân mến,")
    assert greetings.greeted(own, "en") == own
    assert greetings.greeted(greetings.begun("vi"), "xx") == greetings.begun("vi")


def salutations(message: Message) -> dict[str, str]:
    return {one.language: documents.from_json(one.document).text(Part.SALUTATION) for one in message.variants}


def test_a_new_campaign_and_greeting_begin_with_it(db: Session, now: datetime) -> None:
    office = Office(db, now)
    mai = office.account("mai")
    common = {"name": "Xuân", "sender": office.sender, "channels": "both"}
    for language in copy.LANGUAGES:
        made: Campaign = life.create(
            db, mai, now, goal="", kind=MessageKind.MARKETING, language=language, **common
        )
        assert salutations(made.message) == {language: greetings.SALUTATIONS[language]}
    greeting = life.create_greeting(db, mai, now, **common)
    assert salutations(greeting) == {"vi": greetings.SALUTATIONS["vi"]}


def test_a_further_language_greets_in_its_own_words(db: Session, now: datetime) -> None:
    office = Office(db, now)
    mai = office.account("mai")
    message = life.create_greeting(db, mai, now, name="Xuân", sender=office.sender, channels="email")
    copy.add_language(db, message, "zh", mai, now)
    assert salutations(message)["zh"] == greetings.SALUTATIONS["zh"]
    first = message.variants[0]
    first.document = documents.to_json(with_salutation(documents.from_json(first.document), "Bạn thân mến,"))
    copy.add_language(db, message, "en", mai, now)
    assert salutations(message)["en"] == "Bạn thân mến,"
