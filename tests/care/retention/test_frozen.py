"""Addresses and values of what was sent go when their days are over: outcome and hash are left, nothing that
somebody still needs is touched, and who says no is heard as before."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from campaign.care import retention
from campaign.care.retention import frozen, kind
from campaign.care.retention.kind import Limit
from campaign.clock import utc_now
from campaign.contacts import profile, suppression
from campaign.db import Database
from campaign.dispatch import control, moves, retry, send
from campaign.dispatch.rebuild import Verdict, rebuild
from campaign.errors import Refused
from campaign.inbound import intake, process
from campaign.links import Addresses, Signer
from campaign.models import (
    Audience,
    AudienceCheck,
    AudienceMember,
    Campaign,
    CampaignState,
    Channel,
    CheckState,
    Contact,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Mailing,
    MailingState,
    Reply,
    ReplyState,
    Submission,
    SubmissionState,
    Suppression,
    SuppressionReason,
)
from campaign.storage import FileStore
from campaign.track import unsubscribes, view
from tests.care.retention import clearing
from tests.care.retention.clearing import finish, plans_of
from tests.conftest import NOW
from tests.dispatch.making import keeping_sink, settings_for, start_company
from tests.factories import make_contact, make_delivery, make_mailing, make_message
from tests.inbound.letters import bounce
from tests.report.test_numbers import make_campaign

DAYS = 400
LATER = NOW + timedelta(days=DAYS + 10)
SENT, UNSENT = "frozen-values", "unsent-lists"
State = DeliveryState


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def clear(database: Database, files: FileStore, now: datetime = LATER, name: str = SENT) -> int:
    return clearing.clear(database, files, name, now, DAYS)


def addresses(db: Session) -> list[str]:
    return [address for address in db.scalars(select(Delivery.address).order_by(Delivery.id)) if address]


def test_of_what_was_sent_the_hash_is_left(database: Database, files: FileStore, tmp_path: Path) -> None:
    """Through a real lane; made again before, and shown to nobody afterwards."""
    with keeping_sink() as sink:
        mailing_id = _company(database)
        settings = settings_for(tmp_path, sink)
        send.run_email_lane(database, settings, mailing_id, clock=utc_now)
    with database.write() as db:
        control.finish(db, db.get_one(Mailing, mailing_id), utc_now())
    with database.read() as db:
        assert db.get_one(Mailing, mailing_id).state is MailingState.FINISHED
        row = _first(db, mailing_id)
        assert rebuild(db, settings, row).verdict is Verdict.EXACT
        sha256, address = row.body_sha256, row.address
    assert clear(database, files, utc_now() + timedelta(days=DAYS + 1)) == 3
    with database.read() as db:
        mailing = db.get_one(Mailing, mailing_id)
        row = _first(db, mailing_id)
        found = rebuild(db, settings, row)
        assert (found.verdict, found.sha256, found.data) == (Verdict.GONE, sha256, None)
        assert view.html_of(db, row, settings) is None
        assert view.for_staff(db, row) is None
        assert (row.state, row.settled_at is not None, row.message_id_header != "") == (
            State.ACCEPTED,
            True,
            True,
        )
        member = db.get_one(AudienceMember, row.audience_member_id)
        assert (member.values, member.address, member.address_key) == ({}, "", f"gone:{row.contact_id}")
        assert address not in _text_of(db, AudienceMember, Delivery)
        assert db.get_one(Contact, row.contact_id).email == address, "the person stays"
        audience = db.get_one(Audience, mailing.audience_id)
        assert (audience.emptied_at is not None, audience.untouched) == (True, False)


def _company(database: Database) -> int:
    with database.session() as db:
        return start_company(db, 3).id


def _first(db: Session, mailing_id: int) -> Delivery:
    wanted = select(Delivery).where(Delivery.mailing_id == mailing_id).order_by(Delivery.id)
    return db.scalars(wanted.limit(1)).one()


def _text_of(db: Session, *tables: Any) -> str:
    columns = [column for table in tables for column in table.__table__.columns]
    return "\n".join(str(value) for column in columns for value in db.scalars(select(cast(column, Text))))


def test_rows_whose_outcome_may_change_keep_their_values(database: Database, files: FileStore) -> None:
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        mailing.state = MailingState.CANCELLED
        for state in State:
            make_delivery(db, mailing, state=state)
        held_out = make_delivery(db, mailing)
        db.delete(held_out)
    settled = set(frozen.SETTLED)
    assert clear(database, files) == len(settled) + 1
    with database.read() as db:
        rows = db.execute(
            select(Delivery.state, Delivery.address, AudienceMember.address).join(AudienceMember)
        )
        assert {row[0] for row in rows if not row[1] and not row[2]} == settled
        audience = db.get_one(Audience, mailing.audience_id)
        assert audience.emptied_at is None, "what is left is looked at again"
        unknown = db.scalars(select(Delivery).where(Delivery.state == State.UNKNOWN)).one()
    with database.write() as db:
        assert moves.count_as_sent(db, unknown.id)
    assert clear(database, files) == 1


@pytest.mark.parametrize("why", ["running", "open reply", "additions", "young"])
def test_a_mailing_that_somebody_needs_is_kept(database: Database, files: FileStore, why: str) -> None:
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        finish(mailing)
        delivery = make_delivery(db, mailing)
        if why == "running":
            mailing.state = MailingState.RUNNING
        elif why == "young":
            mailing.finished_at = LATER - timedelta(days=DAYS - 1)
        elif why == "additions":
            campaign.terms = {"added_until": (LATER + timedelta(days=1)).date().isoformat()}
        else:
            db.add(
                Reply(channel=Channel.EMAIL, delivery_id=delivery.id, contact_id=delivery.contact_id,
                      text="?", received_at=NOW, state=ReplyState.OPEN)
            )  # fmt: skip
    assert clear(database, files) == 0
    with database.write() as db:
        assert addresses(db) == [delivery.address]
        db.get_one(Mailing, mailing.id).state = MailingState.FINISHED
        db.get_one(Mailing, mailing.id).finished_at = NOW
        db.get_one(Campaign, campaign.id).terms = {}
        for reply in db.scalars(select(Reply)):
            reply.state = ReplyState.CLOSED
    assert clear(database, files) == 1


def test_it_is_cleared_no_more_when_it_goes_on_between_two_batches(
    database: Database, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "BATCH", 2)
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        for _ in range(5):
            make_delivery(db, mailing, state=State.EXPIRED)
        retention.keep(db, {SENT: DAYS}, None, LATER)
    asked: list[int] = []

    def somebody_retries() -> bool:
        asked.append(1)
        with database.read() as db:
            begun = len(addresses(db)) == 3
        if begun:
            with database.write() as db:
                row = db.get_one(Mailing, mailing.id)
                if row.state is MailingState.FINISHED:
                    assert control.retry(db, row, LATER) == 3
        return False

    assert retention.apply(database, files, lambda: LATER, somebody_retries)[SENT] == 2
    with database.read() as db:
        assert len(addresses(db)) == 3
        states = {row.state for row in db.scalars(select(Delivery)) if row.address}
        assert states == {State.QUEUED}


def test_what_has_no_address_is_not_tried_again_and_keeps_its_code(
    database: Database, files: FileStore
) -> None:
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        said = {"5.1.1 <lan@example.com> unknown": "5.1.1", "lan@example.com is full": "", "": ""}
        for words in said:
            make_delivery(db, mailing, state=State.REJECTED, reason="rcpt", smtp_code=550, smtp_reply=words)
        make_delivery(db, mailing, state=State.EXPIRED)
        assert {one.name for one in retry.failures(db, mailing.id)} >= {"expired", "no_address"}
    assert clear(database, files) == 4
    with database.write() as db:
        rows = db.scalars(select(Delivery).order_by(Delivery.id)).all()
        assert [row.smtp_reply for row in rows] == [*said.values(), ""]
        failed = retry.failures(db, mailing.id)
        assert [(one.name, one.count, one.worth) for one in failed] == [("address_gone", 4, False)]
        with pytest.raises(Refused, match="dispatch-nothing-to-retry"):
            control.retry(db, db.get_one(Mailing, mailing.id), LATER)


def test_who_leaves_by_an_old_mail_is_not_written_to_any_more(database: Database, files: FileStore) -> None:
    """At the address of today, for the one of then is no longer known."""
    with database.write() as db:
        contact = make_contact(db, email="old@example.com")
        mailing = make_mailing(db)
        finish(mailing)
        delivery = make_delivery(db, mailing, contact)
        profile.change(db, contact, {"email": "new@example.com"}, source="form", now=NOW)
    clear(database, files)
    with database.write() as db:
        assert unsubscribes.unsubscribe(db, delivery.id, unsubscribes.Method.PAGE, LATER) is not None
        kept = db.scalars(select(Suppression)).one()
        assert (kept.address_key, kept.reason) == ("new@example.com", SuppressionReason.UNSUBSCRIBED)


def test_a_bounce_that_comes_so_late_says_nothing_of_todays_address(
    database: Database, files: FileStore
) -> None:
    signer = Signer(b"a key for tests")
    where = Addresses(signer, "https://mail.example.com", "reply.example.com")
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        delivery = make_delivery(db, mailing)
        words = {"hard": False, "status": "4.2.2", "diagnostic": f"{delivery.address} is full"}
        db.add(Event(delivery_id=delivery.id, kind=EventKind.BOUNCE, at=NOW, detail=words))
    clear(database, files)
    with database.write() as db:
        assert set(db.scalars(select(Event)).one().detail) == {"hard", "status"}
        mail = intake.store(db, bounce(), "", where.bounce(delivery.id), LATER)
        process.process(db, signer, mail.id, LATER)
        assert all("diagnostic" not in one.detail for one in db.scalars(select(Event)))
        assert db.scalars(select(Suppression)).all() == []
        key = suppression.keys_of(db.get_one(Contact, delivery.contact_id))
        assert Channel.EMAIL in key


def unsent(db: Session, state: SubmissionState | None, **facts: Any) -> Audience:
    """A frozen list of one, and its submission."""
    message = make_message(db)
    audience = Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=NOW, **facts)
    db.add(audience)
    db.flush()
    contact = make_contact(db)
    db.add(
        AudienceMember(
            audience_id=audience.id, contact_id=contact.id, channel=Channel.EMAIL,
            variant_id=message.variants[0].id, address=contact.email, address_key=contact.email_key,
            values={"contact": {"full_name": contact.full_name}},
        )
    )  # fmt: skip
    if state is not None:
        db.add(
            Submission(
                message_id=message.id, audience_id=audience.id, content={}, content_hash="0" * 64,
                state=state, submitted_by=message.account_id, submitted_at=NOW,
            )
        )  # fmt: skip
    db.flush()
    return audience


def test_lists_that_were_never_sent_go_unless_they_may_be(database: Database, files: FileStore) -> None:
    open_states = {SubmissionState.WAITING, SubmissionState.APPROVED}
    with database.write() as db:
        closed = [state for state in (*SubmissionState, None) if state not in open_states]
        audiences = [unsent(db, state).id for state in closed]
        waits = unsent(db, SubmissionState.WAITING)
        called_off = unsent(db, SubmissionState.WAITING)
        message = db.get_one(Audience, called_off.id).message_id
        db.add(
            Campaign(
                name="x", message_id=message, state=CampaignState.CANCELLED, created_at=NOW, updated_at=NOW,
                account_id=db.scalars(select(Submission.submitted_by)).first(),
            )
        )  # fmt: skip
        for audience_id, state in ((audiences[0], CheckState.BLOCKED), (waits.id, CheckState.SUBMITTED)):
            found = {"message_id": message, "audience_id": audience_id, "gathered": {"found": ["chị Ễn"]}}
            author = db.scalars(select(Submission.submitted_by)).first()
            db.add(AudienceCheck(asked_at=NOW, state=state, account_id=author, **found))
    assert clear(database, files, name=UNSENT) == len(audiences) + 1
    with database.read() as db:
        checks = db.execute(select(AudienceCheck.audience_id, AudienceCheck.gathered))
        assert {row[0]: bool(row[1]) for row in checks} == {audiences[0]: False, waits.id: True}
        left = db.scalars(select(AudienceMember).where(AudienceMember.address != "")).all()
        assert [row.audience_id for row in left] == [waits.id]
        assert left[0].values


# states of the rows of some mailings, each over or not
MAILINGS = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from(list(State)), max_size=5)), min_size=1, max_size=5
)


@settings(max_examples=15)
@given(MAILINGS)
def test_whatever_the_mailings_are_the_right_rows_go(
    database: Database, files: FileStore, mailings: list[tuple[bool, list[State]]]
) -> None:
    """In batches smaller than a mailing, and several mailings a batch."""
    with database.write() as db:
        before = set(db.scalars(select(Delivery.id)))
        for over, states in mailings:
            mailing = make_mailing(db)
            if over:
                finish(mailing)
            for state in states:
                make_delivery(db, mailing, state=state)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "BATCH", 3)
        gone = clear(database, files)
    assert gone == sum(state in frozen.SETTLED for over, states in mailings if over for state in states)
    with database.read() as db:
        for row in db.scalars(select(Delivery).where(Delivery.id.not_in(before))).all():
            over = db.get_one(Mailing, row.mailing_id).state is MailingState.FINISHED
            assert (row.address == "") == (over and row.state in frozen.SETTLED)


def test_rows_are_found_by_an_index(database: Database) -> None:
    with database.write() as db:
        mailing = make_mailing(db)
        finish(mailing)
        make_delivery(db, mailing)
    limit = Limit(LATER, LATER - timedelta(days=DAYS))
    with plans_of(database.engine, "audience_member") as plans, database.read() as db:
        parts = frozen._next(db, frozen._due(db, frozen._sent, limit), 0)
    assert [len(part.rows) for part in parts] == [1]
    assert plans
    for plan in plans:
        assert "audience_id" in plan
        assert "Seq Scan" not in plan
        assert "SCAN" not in plan.replace("Index Scan", "")
