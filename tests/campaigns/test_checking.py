"""The check of a large audience: in stretches, over restarts, and the same answer as at once."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from campaign import approval
from campaign.campaigns import checking, life, people
from campaign.clock import utc_now
from campaign.db import Database
from campaign.errors import Refused
from campaign.lint import waivers
from campaign.models import (
    Account,
    Audience,
    AudienceCheck,
    Campaign,
    CampaignState,
    CheckState,
    Submission,
)
from tests.campaigns.helpers import Office, good_copy, make_contact

Begun = tuple[Database, int, int]
PEOPLE = 600  # a stretch ends after 250 at the earliest


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    with database.write() as db:
        made = Office(db, now)
        for number in range(2, PEOPLE):
            make_contact(db, made.sender, number, now)
        made.campaign(now)
    return made


def ask(database: Database, now: datetime, asks: dict[str, str] | None = None, note: str = "") -> int:
    with database.write() as db:
        return checking.ask(db, db.get_one(Campaign, 1), db.get_one(Account, 1), now, note, asks).id


def stretch(database: Database, check_id: int) -> bool:
    """As short as it can be."""
    return checking.go_on(database, check_id, utc_now, lambda: True)


def check_of(database: Database, check_id: int) -> AudienceCheck:
    with database.read() as db:
        return db.get_one(AudienceCheck, check_id)


def to_the_end(database: Database, check_id: int) -> list[int]:
    """Each stretch as if the worker died after it; how far it was after each."""
    done = []
    while stretch(database, check_id):
        done.append(check_of(database, check_id).done)
        assert len(done) < 20
    return done


def edit(database: Database, office: Office, now: datetime, words: str) -> None:
    with database.write() as db:
        mine = Office.__new__(Office)
        mine.db, mine.made = db, db.get_one(Campaign, 1)
        mine.people = {"mai": db.get_one(Account, office.people["mai"].id)}
        mine.write(office.with_hook(good_copy(), words), "mai", now)


def test_stretch_after_stretch_it_reaches_the_reviewer(
    database: Database, office: Office, now: datetime
) -> None:
    check_id = ask(database, now, note="Gấp")
    assert to_the_end(database, check_id) == [0, 250, 500]
    assert check_of(database, check_id).state is CheckState.SUBMITTED
    with database.read() as db:
        submission = db.scalars(select(Submission)).one()
        assert (submission.note, submission.submitted_by) == ("Gấp", 1)
        assert db.get_one(Campaign, 1).state is CampaignState.IN_REVIEW
        assert db.get_one(Audience, submission.audience_id).counts["people"] == PEOPLE
        assert approval.is_current(db, submission)
    assert not stretch(database, check_id), "what is over stays over"


def test_it_says_what_reading_at_once_says(database: Database, office: Office, now: datetime) -> None:
    edit(database, office, now, "MIỄN PHÍ 100% cho chị {{ contact.given_name }}!!! Xin chào, bấm vào đây")
    to_the_end(database, ask(database, now))
    check = check_of(database, 1)
    with database.session() as db:
        campaign, account = db.get_one(Campaign, 1), db.get_one(Account, 1)
        audience = people.freeze_for(db, campaign, now)
        try:
            findings = approval.submit(db, campaign.message, account, audience, now).findings
        except approval.Blocked as found:
            findings = [finding.to_json() for finding in found.findings]
        db.rollback()
    assert findings
    assert check.findings == findings


def test_what_blocks_is_kept_and_answered_with_reasons(
    database: Database, office: Office, now: datetime
) -> None:
    with database.write() as db:
        db.get_one(Campaign, 1).message.variants[0].document = _with_greeting(office, db.get_one(Campaign, 1))
    check_id = ask(database, now)
    to_the_end(database, check_id)
    with database.read() as db:
        check = db.get_one(AudienceCheck, check_id)
        assert check.state is CheckState.BLOCKED
        found = checking.blocked(db, check, now)
        assert found is not None
        assert db.scalar(select(func.count(Submission.id))) == 0
        keys = [waivers.key_of(finding) for finding in found.standing]
        assert keys
        ended = check.ended_at
    assert ended is not None
    assert ask(database, ended, dict.fromkeys(keys, "Khách quen")) == check_id, "nothing is read again"
    assert check_of(database, check_id).state is CheckState.SUBMITTED
    late = ask(database, ended + checking.REASONS_SERVE, dict.fromkeys(keys, "Khách quen"))
    assert late != check_id


def _with_greeting(office: Office, campaign: Campaign) -> dict[str, object]:
    document = dict(campaign.message.variants[0].document)
    document["blocks"] = [
        block | {"text": "Xin chào"} if block["part"] == "subject" else block for block in document["blocks"]
    ]
    return document


def test_an_edit_ends_it(database: Database, office: Office, now: datetime) -> None:
    check_id = ask(database, now)
    assert stretch(database, check_id)
    assert stretch(database, check_id)
    edit(database, office, now, "Khác")
    assert not stretch(database, check_id)
    assert check_of(database, check_id).state is CheckState.CHANGED


def test_other_rules_begin_anew(database: Database, office: Office, now: datetime) -> None:
    check_id = ask(database, now)
    for _ in range(3):
        assert stretch(database, check_id)
    with database.write() as db:
        check = db.get_one(AudienceCheck, check_id)
        assert check.done == 500
        check.rules = "others"
    assert to_the_end(database, check_id) == [250, 500]
    assert check_of(database, check_id).state is CheckState.SUBMITTED


def test_asked_twice_it_is_one_and_stopped_it_ends(database: Database, office: Office, now: datetime) -> None:
    check_id = ask(database, now)
    assert ask(database, now) == check_id
    stretch(database, check_id)
    with database.write() as db:
        checking.stop(db, 1, db.get_one(Account, 1), now)
        assert checking.open_ones(db) == []
    assert not stretch(database, check_id)
    with database.session() as db, pytest.raises(Refused):
        checking.stop(db, 1, db.get_one(Account, 1), now)
    assert ask(database, now) != check_id


def test_nobody_to_write_to_is_said(database: Database, office: Office, now: datetime) -> None:
    with database.write() as db:
        db.get_one(Campaign, 1).segment.rule = {"type": "or", "rules": []}  # type: ignore[union-attr]
    check_id = ask(database, now)
    assert not stretch(database, check_id)
    check = check_of(database, check_id)
    assert (check.state, check.refusal["key"]) == (CheckState.REFUSED, "review-nobody")
    with database.read() as db:
        assert db.scalar(select(func.count(Audience.id))) == 0


def test_a_second_worker_leaves_it_alone(database: Database, office: Office, now: datetime) -> None:
    """On PostgreSQL by a lock, on SQLite because the row says something else by then."""
    check_id = ask(database, now)
    stretch(database, check_id)
    second: list[bool] = []

    def meanwhile() -> bool:
        if not second:
            second.append(stretch(database, check_id))
        return True

    checking.go_on(database, check_id, utc_now, meanwhile)
    assert check_of(database, check_id).done == 250, "read once"


def test_small_and_large(
    database: Database, office: Office, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as db:
        campaign = db.get_one(Campaign, 1)
        assert not checking.is_large(db, campaign, now)
        monkeypatch.setattr(checking, "LARGE", PEOPLE - 1)
        assert checking.is_large(db, campaign, now)
        assert life.submit(db, campaign, db.get_one(Account, 1), now), "a command may still wait for it"
        db.rollback()
