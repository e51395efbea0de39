"""Who touches a frozen row, by whatever way, is noted; signing and starting read all rows only then."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.approval import sealed
from campaign.approval.checklist import QUESTIONS
from campaign.audience import freeze
from campaign.campaigns import life
from campaign.models import Audience, AudienceMember, Channel, ConsentPurpose, MailingState, Submission
from campaign.segments import parse
from tests.campaigns.helpers import EVERYBODY, Office

SAME = "UPDATE audience_member SET address = address"
CHANGED = "UPDATE audience_member SET address = 'someone.else@example.net' WHERE id = 1"
REMOVED = "DELETE FROM audience_member WHERE id = 1"
ADDED = """
INSERT INTO audience_member
    (audience_id, contact_id, channel, variant_id, address, address_key, "values", part)
SELECT audience_id, contact_id, 'letter', variant_id, address, 'x', "values", part
FROM audience_member WHERE id = 1
"""


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    made = Office(db, now)
    made.campaign(now)
    return made


@pytest.fixture
def submission(office: Office, now: datetime) -> Submission:
    return life.submit(office.db, office.made, office.account("mai"), now)


def test_rows_that_nobody_touched_are_not_read_again(
    office: Office, submission: Submission, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freeze, "sha256_of", lambda db, audience_id: pytest.fail("all rows were read"))
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    assert life.start(office.db, office.made, None, now).state is MailingState.RUNNING


@pytest.mark.parametrize(
    ("act", "agrees"), [(SAME, True), (CHANGED, False), (REMOVED, False), (ADDED, False)]
)
def test_a_touched_audience_is_read(office: Office, submission: Submission, act: str, agrees: bool) -> None:
    assert _untouched(office.db, submission)
    office.db.execute(text(act))
    assert not _untouched(office.db, submission)
    assert sealed.audience_untouched(office.db, submission) is agrees


@pytest.mark.parametrize("values", [{"untouched": True}, {"sha256": "0" * 64}, {"sha256": ""}])
def test_what_was_noted_cannot_be_taken_back(
    office: Office, submission: Submission, values: dict[str, object]
) -> None:
    office.db.execute(update(AudienceMember).values(address="someone.else@example.net"))
    with pytest.raises(DBAPIError, match="keeps its hash"):
        office.db.execute(update(Audience).where(Audience.id == submission.audience_id).values(**values))
    office.db.rollback()


def test_another_audience_s_rows_are_its_own(office: Office, submission: Submission, now: datetime) -> None:
    """A later freeze of the same campaign, and an answer to one person, leave this one as it is."""
    second = freeze.freeze(
        office.db,
        message_id=office.message.id,
        rule=parse(EVERYBODY),
        segment_name="",
        field_names=[],
        variants={"vi": office.message.variants[0].id},
        channels=[Channel.EMAIL],
        purpose=ConsentPurpose.MARKETING,
        sender_id=office.sender.id,
        now=now,
    )
    assert second.id != submission.audience_id
    assert _untouched(office.db, submission)


def _untouched(db: Session, submission: Submission) -> bool:
    audience = db.get_one(Audience, submission.audience_id, populate_existing=True)
    return audience.untouched
