"""Saving never loses anybody's words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.campaigns import copy, life
from campaign.compose import document as documents
from campaign.errors import InvalidInput, Refused
from campaign.models import MessageEdit
from tests.campaigns.helpers import Office, good_copy


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    made = Office(db, now)
    made.campaign(now)
    return made


def test_the_second_to_save_the_same_version_is_told(office: Office, now: datetime) -> None:
    variant = copy.variant_of(office.message, "vi")
    base = copy.version_of(good_copy())
    mine, theirs = (office.with_hook(good_copy(), words) for words in ("Nay", "Mai"))
    save = lambda document, who: copy.save(  # noqa: E731
        office.db, office.message, variant, document, base, office.account(who), now
    )
    assert isinstance(save(theirs, "nam"), copy.Saved)
    answer = save(mine, "mai")
    assert isinstance(answer, copy.Conflict)
    assert (answer.theirs, documents.from_json(variant.document)) == (theirs, theirs)


def test_the_same_words_twice_are_no_conflict_and_no_edit(office: Office, now: datetime) -> None:
    variant = copy.variant_of(office.message, "vi")
    answer = copy.save(office.db, office.message, variant, good_copy(), "stale", office.account("nam"), now)
    assert answer == copy.Saved(copy.version_of(good_copy()), [])
    assert office.account("nam").id not in set(office.db.scalars(select(MessageEdit.account_id)))


def test_one_sitting_is_noted_once(office: Office, now: datetime) -> None:
    for words, minutes in (("Một", 1), ("Hai", 2), ("Ba", 30)):
        office.write(office.with_hook(good_copy(), words), "nam", now + timedelta(minutes=minutes))
    notes = office.db.scalars(
        select(MessageEdit).where(MessageEdit.account_id == office.account("nam").id)
    ).all()
    assert [(note.part, note.at) for note in notes] == [
        ("hook", now + timedelta(minutes=1)),
        ("hook", now + timedelta(minutes=30)),
    ]


def test_a_language_begins_with_the_words_to_translate(office: Office, now: datetime) -> None:
    english = copy.add_language(office.db, office.message, "en", office.account("mai"), now)
    assert documents.from_json(english.document) == good_copy()
    for language, key in (("en", "editor-language-there"), ("xx", "editor-language-unknown")):
        with pytest.raises(InvalidInput, match=key):
            copy.add_language(office.db, office.message, language, office.account("mai"), now)
    copy.remove_language(office.db, office.message, "en", office.account("mai"), now)
    with pytest.raises(Refused, match="editor-language-last"):
        copy.remove_language(office.db, office.message, "vi", office.account("mai"), now)


def test_a_language_that_was_submitted_stays(office: Office, now: datetime) -> None:
    office.contacts[0].language = "en"
    copy.add_language(office.db, office.message, "en", office.account("mai"), now)
    life.submit(office.db, office.made, office.account("mai"), now)
    with pytest.raises(Refused, match="editor-language-used"):
        copy.remove_language(office.db, office.message, "en", office.account("mai"), now)
