"""A mailing with too many dead addresses or complaints stops by itself, says why, goes on when told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat, upkeep
from campaign.campaigns import health, life
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, manners, notices, pauses, send, tally
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.limits.terms import Limit, Limits
from campaign.dispatch.manners import Manners, PauseRule
from campaign.dispatch.tally import Tally
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import (
    Account,
    AccountRole,
    AuditEntry,
    AutomaticPause,
    Campaign,
    CampaignState,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Mailing,
    MailingState,
    Notice,
    NoticeKind,
    PauseCause,
    Role,
)
from campaign.queue import Queues
from tests.conftest import NOW
from tests.dispatch.making import make_mailing, rows_of, states

RULE = PauseRule(least_tried=100, least_accepted=100)
PEOPLE = 300
# of every fifty recipients, three are refused: 6 %
REFUSED_OF_FIFTY = 3
GIVE_UP_SECONDS = 300


@pytest.mark.parametrize(
    ("counts", "cause"),
    [
        (Tally(100, 95, 5, 0), PauseCause.BOUNCES),
        (Tally(100, 96, 4, 0), None),
        (Tally(99, 86, 13, 0), None),
        (Tally(99, 85, 14, 0), PauseCause.BOUNCES),
        (Tally(150, 0, 150, 0), PauseCause.BOUNCES),
        (Tally(20, 15, 5, 0), None),
        (Tally(20, 14, 6, 0), PauseCause.BOUNCES),
        (Tally(19, 0, 19, 0), None),
        (Tally(1000, 1000, 0, 1), PauseCause.COMPLAINTS),
        (Tally(1001, 1001, 0, 1), None),
        (Tally(99, 99, 0, 2), None),
        (Tally(99, 99, 0, 3), PauseCause.COMPLAINTS),
        (Tally(19, 19, 0, 19), None),
        (Tally(2000, 1000, 1000, 5), PauseCause.COMPLAINTS),
        (Tally(), None),
    ],
)
def test_from_which_share_on_and_how_many_it_takes(counts: Tally, cause: PauseCause | None) -> None:
    assert pauses.verdict(counts, RULE) is cause


def test_the_house_s_own_numbers_leave_no_gap_below_them() -> None:
    rule = PauseRule()
    assert pauses.verdict(Tally(150, 0, 150, 0), rule) is PauseCause.BOUNCES
    assert pauses.verdict(Tally(900, 900, 0, 20), rule) is PauseCause.COMPLAINTS
    assert pauses.verdict(Tally(900, 900, 0, 1), rule) is None, "more than 0.1 %, and may be chance"
    assert pauses.verdict(Tally(150, 140, 10, 0), rule) is None, "more than 5 %, and may be chance"
    assert pauses.verdict(Tally(150, 0, 150, 0), PauseRule(bounce_percent=100)) is None


def test_late_word_about_messages_of_before_does_not_stop_what_a_person_let_go_on() -> None:
    rule, whole = PauseRule(), Tally(10_030, 10_030, 0, 15)
    assert pauses.verdict(Tally(30, 30, 0, 5), rule, whole) is None
    assert pauses.verdict(Tally(30, 30, 0, 30), rule, whole) is PauseCause.COMPLAINTS


def test_what_counts_as_dead_and_as_complaint(db: Session) -> None:
    mailing = make_mailing(db, NOW, people=9)
    control.start(db, mailing, NOW)
    rows = list(db.scalars(select(Delivery).order_by(Delivery.id)))
    settled = [
        (DeliveryState.REJECTED, "rcpt", "5.1.1 no such user"),
        (DeliveryState.REJECTED, "rcpt", "5.1.10 null MX"),
        (DeliveryState.REJECTED, "rcpt", "5.7.1 we do not like you"),
        (DeliveryState.REJECTED, "render", ""),
        *[(DeliveryState.ACCEPTED, "", "2.0.0 ok")] * 4,
        (DeliveryState.DEFERRED, "rcpt", "4.2.2 full"),
    ]
    for row, (state, reason, reply) in zip(rows, settled, strict=True):
        row.state, row.reason, row.smtp_reply = state, reason, reply
    hard, twice, soft, spam = (row.id for row in rows[4:8])
    for number, hardness in ((hard, True), (twice, True), (twice, True), (soft, False)):
        db.add(Event(delivery_id=number, kind=EventKind.BOUNCE, at=NOW, detail={"hard": hardness}))
    db.add(Event(delivery_id=spam, kind=EventKind.COMPLAINT, at=NOW))
    db.flush()
    assert tally.of_mailing(db, mailing.id) == Tally(tried=6, accepted=4, bounced=4, complained=1)


def test_complaints_that_come_later_pause_it_once_until_more_come(db: Session) -> None:
    mailing = make_mailing(db, NOW, people=400)
    control.start(db, mailing, NOW)
    manners.keep(db, Manners(pause=RULE), None, NOW)
    rows = list(db.scalars(select(Delivery).order_by(Delivery.id)))
    for row in rows[:150]:
        row.state = DeliveryState.ACCEPTED
    db.flush()
    assert pauses.pause_ailing(db, NOW) == []
    db.add(Event(delivery_id=rows[0].id, kind=EventKind.COMPLAINT, at=NOW))
    db.flush()
    assert pauses.pause_ailing(db, NOW) == [mailing]
    assert mailing.state is MailingState.PAUSED
    found = pauses.in_force(db, mailing)
    assert found is not None
    assert (found.cause, found.accepted, found.complained) == (PauseCause.COMPLAINTS, 150, 1)
    control.resume(db, mailing, NOW)
    assert pauses.in_force(db, mailing) is None
    assert pauses.pause_ailing(db, NOW) == [], "the same complaint does not count twice"
    db.add(Event(delivery_id=rows[1].id, kind=EventKind.COMPLAINT, at=NOW))
    db.flush()
    assert pauses.pause_ailing(db, NOW) == [], "and a new share needs enough new messages"
    for row in rows[150:250]:
        row.state = DeliveryState.ACCEPTED
    db.flush()
    assert pauses.pause_ailing(db, NOW) == [mailing]
    assert db.scalars(select(AutomaticPause.accepted).order_by(AutomaticPause.id)).all() == [150, 100]
    db.commit()


def test_a_pause_by_a_person_is_not_the_system_s(db: Session) -> None:
    mailing = make_mailing(db, NOW)
    control.start(db, mailing, NOW)
    control.pause(db, mailing, NOW)
    assert pauses.in_force(db, mailing) is None
    control.resume(db, mailing, NOW)
    db.commit()


@pytest.mark.parametrize(
    ("cause", "language", "words"),
    [
        (PauseCause.BOUNCES, "en", ["Of 212 addresses", "13 do not exist", "5 per cent or more"]),
        (PauseCause.COMPLAINTS, "en", ["Of 199 people", "2 called it spam", "0.1 per cent or more"]),
        (PauseCause.BOUNCES, "vi", ["Trong 212 địa chỉ", "13 địa chỉ không tồn tại", "từ 5% trở lên"]),
        (PauseCause.COMPLAINTS, "vi", ["Trong 199 người", "2 người báo là thư rác", "từ 0.1% trở lên"]),
    ],
)
def test_the_notice_says_why_in_its_reader_s_language(
    db: Session, cause: PauseCause, language: str, words: list[str]
) -> None:
    mailing = make_mailing(db, NOW)
    counts = {"tried": 212, "accepted": 199, "bounced": 13, "complained": 2}
    threshold = 50_000 if cause is PauseCause.BOUNCES else 1_000
    pause = AutomaticPause(mailing_id=mailing.id, at=NOW, cause=cause, threshold_ppm=threshold, **counts)
    db.add(pause)
    db.flush()
    db.get_one(Account, mailing.created_by).language = language
    notice = Notice(
        kind=NoticeKind.PAUSED, submission_id=mailing.submission_id, account_id=mailing.created_by,
        remark_id=pause.id, made_at=NOW,
    )  # fmt: skip
    db.add(notice)
    db.flush()
    mail = notices.compose(db, config.load({}), notice, NOW)
    assert mail is not None
    text = message_from_bytes(mail.body, policy=policy.default).get_content()
    assert [word for word in words if word not in text] == []
    early = "stopped early" if language == "en" else "dừng sớm"
    assert (early in text) is (cause is PauseCause.COMPLAINTS), "199 are few, 212 are enough"
    db.commit()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink(delay=0.02)) as server:
        yield server


@pytest.fixture
def settings(sink: Sink, redis_url: str, tmp_path: Path) -> Settings:
    return config.load(
        {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "REDIS_URL": redis_url,
        }
    )


@pytest.fixture
def campaign(db: Session, sink: Sink) -> Campaign:
    """Sent to many over one connection, so that there is time to stop it."""
    mailing = make_company(db, PEOPLE, utc_now())
    made = Campaign(
        name="Ấm trà", message_id=mailing.message_id, state=CampaignState.RUNNING,
        account_id=mailing.created_by, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    admin = Account(name="Hà", email="ha@example.com", password_hash="-", created_at=NOW)
    admin.role_rows = [AccountRole(role=Role.ADMIN)]
    db.add_all([made, admin])
    db.flush()
    mailing.campaign_id = made.id
    one_by_one = Limits(relays={f"127.0.0.1:{sink.port}": Limit(connections=1)})
    manners.keep(db, Manners(one_by_one, pause=RULE), None, NOW)
    control.start(db, mailing, utc_now())
    db.commit()
    return made


def _refuse_six_in_a_hundred(sink: Sink, paused: threading.Event) -> None:
    """Half way the server waits until the mailing is paused: what the lane does then is asked here, not how
    fast this machine counts."""
    order: dict[str, int] = {}

    def faults(phase: str, recipient: str) -> str | None:
        if phase != "rcpt":
            return None
        place = order.setdefault(recipient, len(order))
        if place == PEOPLE // 2:
            paused.wait(GIVE_UP_SECONDS)
        return "550 5.1.1 no such user" if place % 50 < REFUSED_OF_FIFTY else None

    sink.faults = faults


def test_six_in_a_hundred_dead_addresses_pause_it_while_it_is_sent(
    database: Database, db: Session, settings: Settings, sink: Sink, campaign: Campaign,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(upkeep, "HEALTH_EVERY", timedelta(seconds=0.1))
    paused = threading.Event()
    _refuse_six_in_a_hundred(sink, paused)
    mailing = db.scalars(select(Mailing)).one()
    mailing_id, campaign_id = mailing.id, campaign.id
    db.commit()
    reports: list[LaneReport] = []
    lane = threading.Thread(
        target=lambda: reports.append(send.run_email_lane(database, settings, mailing_id, clock=utc_now))
    )
    queues = Queues(Redis.from_url(settings.redis_url))
    beat = Beat(settings, database, queues)
    lane.start()
    end = time.monotonic() + GIVE_UP_SECONDS
    while lane.is_alive() and time.monotonic() < end:
        beat.round(utc_now())
        with database.read() as looking:
            if looking.get_one(Mailing, mailing_id).state is MailingState.PAUSED:
                paused.set()
        time.sleep(0.1)
    lane.join(GIVE_UP_SECONDS)
    assert [report.stop for report in reports] == [Stop.NOT_RUNNING]
    db.expire_all()
    counts = states(db, db.get_one(Mailing, mailing_id))
    assert counts[DeliveryState.QUEUED] > 0, "it stopped on the way"
    assert counts[DeliveryState.ACCEPTED] + counts[DeliveryState.REJECTED] >= RULE.least_tried
    assert db.get_one(Mailing, mailing_id).state is MailingState.PAUSED
    assert db.get_one(Campaign, campaign_id).state is CampaignState.PAUSED
    pause = db.scalars(select(AutomaticPause)).one()
    assert pause.cause is PauseCause.BOUNCES
    assert pause.bounced / pause.tried >= 0.05
    assert "mailing.paused_itself" in db.scalars(select(AuditEntry.action)).all()
    _told(db, settings, pause)

    # a person lets it go on: the same addresses do not stop it again
    account = db.scalars(select(Account)).first()
    assert account is not None
    life.resume(db, db.get_one(Campaign, campaign_id), account, utc_now())
    assert health.pause_ailing(db, utc_now() + timedelta(minutes=1)) == []
    sink.faults = lambda _phase, _recipient: None
    db.commit()
    assert send.run_email_lane(database, settings, mailing_id, clock=utc_now).stop is Stop.DRAINED
    beat.round(utc_now() + timedelta(minutes=1))
    db.expire_all()
    assert db.get_one(Mailing, mailing_id).state is MailingState.FINISHED
    assert {row.state for row in rows_of(db, db.get_one(Mailing, mailing_id))} == {
        DeliveryState.ACCEPTED, DeliveryState.REJECTED,
    }  # fmt: skip
    queues.connection.close()


def _told(db: Session, settings: Settings, pause: AutomaticPause) -> None:
    """The marketer and the administrator, in words."""
    rows = db.scalars(select(Notice).where(Notice.kind == NoticeKind.PAUSED)).all()
    readers = {db.get_one(Account, row.account_id).email for row in rows}
    mailing = db.get_one(Mailing, pause.mailing_id)
    assert readers == {"ha@example.com", db.get_one(Account, mailing.created_by).email}
    mail = notices.compose(db, settings, rows[0], NOW)
    assert mail is not None
    text = message_from_bytes(mail.body, policy=policy.default).get_content()
    assert f"Trong {pause.tried} địa chỉ" in text
    assert f"{pause.bounced} địa chỉ không tồn tại" in text
    assert "từ 5% trở lên" in text
    assert f"/campaigns/{mailing.campaign_id}/send" in text
    db.commit()
