"""Until when a mailing is tried: as long as a server may still take it, not a word more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.dispatch import clerk, control, manners, moves
from campaign.dispatch.clerk import Rest
from campaign.dispatch.plan import ATTEMPTS_FOR
from campaign.dispatch.sweep import sweep
from campaign.models import Channel, MailingState
from campaign.models import DeliveryState as State
from tests.dispatch.making import make_mailing, states

LONG = ATTEMPTS_FOR + timedelta(hours=24)


def test_what_no_server_took_in_time_expires(db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now)
    control.start(db, mailing, now)
    sweep(db, now + LONG)
    assert states(db, mailing) == {State.EXPIRED: 3}


def test_letters_wait_for_their_print_run_however_long(db: Session) -> None:
    """Started on a Friday, printed on a Monday."""
    now = utc_now()
    mailing = make_mailing(db, now, channel=Channel.LETTER)
    control.start(db, mailing, now)
    sweep(db, now + LONG)
    assert states(db, mailing) == {State.QUEUED: 3}
    assert mailing.state is MailingState.RUNNING


def test_a_pause_costs_nobody_their_mail(db: Session) -> None:
    """Paused on a Friday, by a person or by the system, and let go on on a Monday."""
    now = utc_now()
    mailing = make_mailing(db, now)
    control.start(db, mailing, now)
    control.pause(db, mailing, now)
    sweep(db, now + LONG)
    assert states(db, mailing) == {State.QUEUED: 3}
    control.resume(db, mailing, now + LONG)
    sweep(db, now + LONG)
    assert states(db, mailing) == {State.QUEUED: 3}
    sweep(db, now + LONG + LONG)
    assert states(db, mailing) == {State.EXPIRED: 3}


def test_who_waits_for_a_limit_is_tried_as_long_as_everybody(db: Session) -> None:
    """A warm-up lets few go each day, and takes weeks."""
    now = utc_now()
    mailing = make_mailing(db, now)
    control.start(db, mailing, now)
    db.commit()
    later = now + ATTEMPTS_FOR - timedelta(hours=1)
    tomorrow = later + timedelta(hours=20)
    held = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 3, later)
    rows = {(row_id, 1): Rest(tomorrow, moves.LIMITED) for row_id in held}
    clerk.postpone(db, mailing.id, rows, manners.version(db), "lane")
    db.commit()
    sweep(db, tomorrow)
    assert states(db, mailing) == {State.QUEUED: 3}
    db.refresh(mailing)
    assert mailing.deadline == tomorrow + ATTEMPTS_FOR
