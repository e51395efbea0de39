"""A mailing's e-mail, from the signed content to a lane that sends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from campaign import audit
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, lock
from campaign.dispatch.claim import Terms
from campaign.dispatch.dkim.keys import signing_keys
from campaign.dispatch.gate import Gate
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import Lane
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.limits import following
from campaign.dispatch.limits.opening import Lane as LimitedLane
from campaign.dispatch.stages import StageTimes
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.dispatch.writer import MailWriter, track_links
from campaign.errors import IntegrityError, NotFound, SetupError, TemplateError
from campaign.links import Addresses, Signer
from campaign.models import Channel, Mailing, MailingState, Submission
from campaign.render import content as contents
from campaign.render.content import MessageContent

log = structlog.get_logger()


def run_email_lane(
    database: Database,
    settings: Settings,
    mailing_id: int,
    *,
    clock: Callable[[], datetime],
    should_stop: Callable[[], bool] = lambda: False,
    relays: Sequence[Relay] | None = None,
    gate: Gate | None = None,
    times: StageTimes | None = None,
    heard: Callable[[str], None] = lambda relay: None,
) -> LaneReport:
    """One lane over the mailing; NotFound when there is none. Commits as it goes: see `lane`. `relays`: those
    of the settings that may be tried now; all when left out."""
    with database.write() as db:
        mailing = db.get(Mailing, mailing_id)
        if mailing is None:
            raise NotFound(f"There is no mailing {mailing_id}.")
        if mailing.state is not MailingState.RUNNING:
            return LaneReport(Stop.NOT_RUNNING)
        if locked := lock.check(db, settings, clock()):
            return LaneReport(Stop.NOT_RUNNING, locked.sentence)
        try:
            content = signed_content(db, mailing)
            if Channel.EMAIL not in content.layouts:
                return LaneReport()  # letters alone: nothing here is a lane's, and the press has its own bell
            writer = make_writer(db, settings, content)
        except (IntegrityError, NotFound, SetupError, TemplateError) as error:
            # nothing of it may go out, and trying again mends nothing: a person must look
            control.pause(db, mailing, clock())
            audit.record(db, None, "mailing.unsendable", "mailing", mailing_id, clock(), why=str(error))
            log.error("unsendable", mailing=mailing_id, why=str(error))
            return LaneReport(Stop.NOT_RUNNING, str(error))
        terms = terms_of(mailing, content, Channel.EMAIL)
    routes = relays or read_relays(settings.smtp_url)
    about = LimitedLane([one.name for one in routes], content.sender.domain, settings.smtp_connections)
    shared = following.opened(settings, database, about, clock)
    with nullcontext(gate) if gate else shared as asked:
        lane = Lane(
            database,
            terms,
            writer,
            routes,
            this_host(settings.state_dir),
            clock=clock,
            should_stop=should_stop,
            gate=asked,
            times=times,
            heard=heard,
        )
        return lane.run()


def signed_content(db: Session, mailing: Mailing) -> MessageContent:
    """What was signed, letter by letter; IntegrityError when it is not what the mailing was made for."""
    submission = db.get_one(Submission, mailing.submission_id)
    if not contents.hash_json(submission.content) == submission.content_hash == mailing.content_hash:
        raise IntegrityError(f"Mailing {mailing.id}: the stored content is not the one that was signed.")
    return contents.from_json(db, submission.content)


def terms_of(mailing: Mailing, content: MessageContent, channel: Channel) -> Terms:
    """The terms under which this mailing's rows are claimed."""
    return Terms(mailing.id, channel, content.purpose, content.sender.id, mailing.deadline)


def make_writer(db: Session, settings: Settings, content: MessageContent) -> MailWriter:
    """Compiles every variant once, opens the sender's signing keys and makes the rows of the links that are
    tracked."""
    addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    keys = signing_keys(db, content.sender.domain, settings.secret_key)
    writer = MailWriter(content, addresses, keys)
    writer.track(track_links(db, content.message_id, writer.links))
    return writer
