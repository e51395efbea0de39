"""Serviceable: size, owner, cost, and what may come of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from campaign.models import Channel, ConsentPurpose, Sender
from campaign.segments.counting import count
from campaign.segments.exam import settings
from campaign.segments.exam.serviceable import Serviceable, serviceable
from campaign.segments.exam.settings import ExamSettings
from campaign.segments.exam.verdict import Verdict
from campaign.segments.rule import EVERYBODY
from campaign.stats import Share
from tests.conftest import NOW
from tests.factories import make_account, make_consent, make_contact, make_sender

NOBODY = Share(0, 0)


def examined(db: Session, sender: Sender | None, past: Share = NOBODY, **says: Any) -> Serviceable:
    counts = (
        count(db, EVERYBODY, sender_id=sender.id, purpose=ConsentPurpose.MARKETING, now=NOW)
        if sender
        else None
    )
    house = ExamSettings(**({"least_people": 3} | says))
    return serviceable(db, EVERYBODY, counts=counts, past=past, settings=house, now=NOW)


def keys(found: Serviceable) -> list[str]:
    return [reason.key.removeprefix("exam-serviceable-") for reason in found.reasons]


def some_people(db: Session, number: int, owned: int) -> Sender:
    """All of them with consent to e-mail, the first one to both channels."""
    sender, owner = make_sender(db), make_account(db)
    for place in range(number):
        contact = make_contact(db, owner_id=owner.id if place < owned else None)
        make_consent(db, contact, sender)
        if not place:
            make_consent(db, contact, sender, channel=Channel.LETTER)
    db.flush()
    return sender


def test_size_owner_and_what_is_not_set(db: Session) -> None:
    sender = some_people(db, 5, owned=4)
    found = examined(db, sender)
    assert found.verdict is Verdict.PASSES
    assert (found.people, found.owned.hits) == (5, 4)
    assert found.costs == {"email": None, "letter": None}
    assert keys(found) == ["size", "owned", "no-costs", "expected-few"]
    assert examined(db, sender, least_people=6).verdict is Verdict.FAILS


def test_without_owners_it_is_weak(db: Session) -> None:
    assert examined(db, some_people(db, 5, owned=3)).verdict is Verdict.WEAK


def test_nobody_owns_them(db: Session) -> None:
    found = examined(db, some_people(db, 5, owned=0))
    assert (found.verdict, keys(found)[1]) == (Verdict.WEAK, "no-owner")


def test_cost_is_by_channel(db: Session) -> None:
    sender = some_people(db, 5, owned=5)
    found = examined(db, sender, email_cost=20)
    assert found.costs == {"email": 100, "letter": None}
    assert keys(found)[2:4] == ["cost-email", "no-cost-letter"]
    reached = count(db, EVERYBODY, sender_id=sender.id, purpose=ConsentPurpose.MARKETING, now=NOW)
    assert examined(db, sender, letter_cost=9000).costs["letter"] == reached.letter * 9000
    assert examined(db, sender, email_cost=0).costs["email"] == 0


def test_expected_answers_are_a_range_around_the_share(db: Session) -> None:
    sender = some_people(db, 5, owned=5)
    found = examined(db, sender, past=Share(40, 100))
    assert found.reachable == 5
    assert found.expected is not None
    low, high = found.expected
    assert low <= 5 * 0.4 <= high
    assert 0 < high <= 5
    assert examined(db, sender, past=Share(12, 29)).expected is None


def test_without_a_sender_neither_cost_nor_answers(db: Session) -> None:
    some_people(db, 5, owned=5)
    found = examined(db, None, past=Share(40, 100), email_cost=20)
    assert (found.reachable, found.expected, found.costs["email"]) == (None, None, None)
    assert keys(found)[2:] == ["no-writer", "expected-no-writer"]


def test_the_house_settings_are_kept_with_their_history(db: Session) -> None:
    assert settings.read(db) == ExamSettings()
    wanted = ExamSettings(least_people=20, email_cost=15, letter_cost=None)
    settings.keep(db, wanted, make_account(db), NOW)
    assert settings.read(db) == wanted
