"""Greeting people: under approved words, once, and only those who may be greeted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval import standing
from campaign.approval.checklist import QUESTIONS
from campaign.care import due, greet
from campaign.care.plan import Key, occurrence
from campaign.contacts import holds
from campaign.errors import Refused
from campaign.models import (
    Account,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Greeting,
    HoldReason,
    MailingState,
    Message,
    MessageKind,
    Role,
    Sender,
    StandingApproval,
)
from tests.conftest import NOW
from tests.factories import make_account, make_consent, make_contact, make_message, make_sender

TODAY = date(2026, 3, 9)
BIRTHDAY = Key("birthday", TODAY)
WORDS = {
    "subject": "Mừng sinh nhật {{ contact.full_name }}",
    "salutation": "Kính gửi {{ contact.form_of_address|default('quý khách') }} {{ contact.full_name }},",
    "body": "Chúc {{ contact.given_name|default('quý khách') }} tuổi mới thật khoẻ và nhiều niềm vui.",
    "closing": "Thân mến,\n\nTrà Việt",
}


def make_words(
    db: Session, sender: Sender, occasion: str = "birthday", **facts: Any
) -> tuple[StandingApproval, Account]:
    """An approved greeting by letter and e-mail; and who keeps the care desk."""
    carer, reviewer = make_account(db, Role.CARE), make_account(db, Role.REVIEWER)
    given = {"kind": MessageKind.GREETING, "email_layout": "greeting", "letter_layout": "greeting"}
    message: Message = make_message(db, carer, sender, **(given | facts))
    blocks = [{"id": part, "part": part, "text": text} for part, text in WORDS.items()]
    message.variants[0].document = {"schema": 1, "blocks": blocks}
    db.flush()
    submission = standing.submit(db, message, carer, occasion, TODAY + timedelta(days=90), NOW)
    return standing.approve(db, submission, reviewer, NOW, ticked=QUESTIONS), carer


def _born_today(db: Session, sender: Sender, name: str = "Trần Lan", **facts: Any) -> Contact:
    contact = make_contact(db, full_name=name, birth_day=9, birth_month=3, **facts)
    make_consent(db, contact, sender)
    return contact


def test_all_are_greeted_by_letter_and_noted(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    people = [_born_today(db, sender, name) for name in ("Trần Lan", "Lê Ánh")]
    mailing = greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)
    assert (mailing.state, mailing.kind, mailing.occasion) == (
        MailingState.RUNNING,
        MessageKind.GREETING,
        "birthday",
    )
    queued = db.scalars(select(Delivery).where(Delivery.mailing_id == mailing.id)).all()
    assert {(row.contact_id, row.channel, row.state) for row in queued} == {
        (person.id, Channel.LETTER, DeliveryState.QUEUED) for person in people
    }
    assert occurrence(db, BIRTHDAY, now=NOW).greeted == 2
    assert greet.people_of(db, mailing) == 2


def test_one_is_greeted_and_the_others_wait(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    lan, _ = _born_today(db, sender), _born_today(db, sender, "Lê Ánh")
    greet.greet(db, BIRTHDAY, Channel.EMAIL, carer, NOW, {lan.id})
    assert [row.contact_id for row in db.scalars(select(Greeting))] == [lan.id]


def test_nobody_is_greeted_twice_on_any_channel(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    _born_today(db, sender)
    greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)
    for channel in Channel:
        with pytest.raises(Refused, match="care-error-nobody"):
            greet.greet(db, BIRTHDAY, channel, carer, NOW)


def test_held_people_are_left_out(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    held = _born_today(db, sender, "Lê Tang")
    holds.place(db, held, HoldReason.BEREAVEMENT, now=NOW)
    with pytest.raises(Refused, match="care-error-nobody"):
        greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)


@pytest.mark.parametrize("case", ["none", "revoked", "over", "other occasion", "no letter"])
def test_without_approved_words_nothing_goes_out(db: Session, case: str) -> None:
    sender = make_sender(db)
    carer = make_account(db, Role.CARE)
    _born_today(db, sender)
    if case != "none":
        facts = {"letter_layout": ""} if case == "no letter" else {}
        approved, carer = make_words(db, sender, "tet" if case == "other occasion" else "birthday", **facts)
        if case == "revoked":
            standing.revoke(db, approved, carer, NOW)
    now = NOW + timedelta(days=365) if case == "over" else NOW
    with pytest.raises(Refused, match="care-error-no-words"):
        greet.greet(db, Key("birthday", due.today(now)), Channel.LETTER, carer, now)


def test_an_edit_voids_the_approval(db: Session) -> None:
    sender = make_sender(db)
    approved, carer = make_words(db, sender)
    _born_today(db, sender)
    message = db.get_one(Message, approved.message_id)
    blocks = [{"id": "subject", "part": "subject", "text": "Khác"}]
    message.variants[0].document = {"schema": 1, "blocks": blocks}
    db.flush()
    with pytest.raises(Refused, match="care-error-no-words"):
        greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)


def test_a_rendering_that_fails_stops_all_and_names_whose(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    _born_today(db, sender)
    _born_today(db, sender, "Lê 😀")
    with pytest.raises(Refused) as refused:
        greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)
    assert refused.value.key == "care-error-new-finding"
    assert "Lê 😀" in str(refused.value.values["what"])


def test_a_finding_that_nobody_signed_goes_to_a_person(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from campaign.care import check
    from campaign.lint import Finding
    from lint_rules.rule import Severity

    sender = make_sender(db)
    _, carer = make_words(db, sender)
    _born_today(db, sender)
    new = Finding("new-rule", Severity.ERROR, "body", 1, 1, 1, 2, "Lời này đã cũ.")
    monkeypatch.setattr(check, "lint_audience", lambda *_, **__: [new])
    with pytest.raises(Refused, match="care-error-new-finding"):
        greet.greet(db, BIRTHDAY, Channel.LETTER, carer, NOW)


def test_an_email_waits_for_the_morning_of_its_day(db: Session) -> None:
    sender = make_sender(db)
    _, carer = make_words(db, sender)
    later = Key("birthday", TODAY + timedelta(days=3))
    contact = make_contact(db, birth_day=12, birth_month=3)
    make_consent(db, contact, sender)
    mailing = greet.greet(db, later, Channel.EMAIL, carer, NOW)
    assert mailing.state is MailingState.PLANNED
    assert greet.waits(later, Channel.EMAIL, NOW)
    assert not greet.waits(later, Channel.LETTER, NOW)
    night = NOW + timedelta(days=2, hours=20)  # five in the morning of the 12th in Hà Nội
    assert due.start_due(db, night) == []
    assert due.start_due(db, night + timedelta(hours=4)) == [mailing.id]
    assert mailing.state is MailingState.RUNNING
    assert due.start_due(db, night + timedelta(hours=5)) == []


def test_a_waiting_email_is_taken_back_when_its_words_are_revoked(db: Session) -> None:
    sender = make_sender(db)
    approved, carer = make_words(db, sender)
    contact = make_contact(db, birth_day=12, birth_month=3)
    make_consent(db, contact, sender)
    later = Key("birthday", TODAY + timedelta(days=3))
    mailing = greet.greet(db, later, Channel.EMAIL, carer, NOW)
    standing.revoke(db, approved, carer, NOW)
    assert due.start_due(db, NOW + timedelta(days=3)) == []
    assert mailing.state is MailingState.CANCELLED
    assert occurrence(db, later, now=NOW).greeted == 0
