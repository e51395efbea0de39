"""What became of a mailing's e-mail: how many addresses did not exist, how many people complained.

Counted since the mailing began, or since a person let it go on after the system had paused it: what was known
then is not held against it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, distinct, func, select
from sqlalchemy.orm import Session

from campaign.models import AutomaticPause, Channel, Delivery, DeliveryState, Event, EventKind

# the server refused the recipient because of the address: RFC 3463 §3.2, X.1.Y
_NO_ADDRESS = and_(
    Delivery.state == DeliveryState.REJECTED,
    Delivery.reason == "rcpt",
    Delivery.smtp_reply.startswith("5.1."),
)


@dataclass(frozen=True)
class Tally:
    """`tried`: accepted, or refused for its address; `bounced`: refused so, or come back later for good;
    `complained`: somebody called it spam."""

    tried: int = 0
    accepted: int = 0
    bounced: int = 0
    complained: int = 0

    def since(self, base: Tally) -> Tally:
        return Tally(*(now - then for now, then in zip(self.values, base.values, strict=True)))

    @property
    def values(self) -> tuple[int, int, int, int]:
        return (self.tried, self.accepted, self.bounced, self.complained)

    @property
    def bounce_share(self) -> float:
        return self.bounced / self.tried if self.tried else 0.0

    @property
    def complaint_share(self) -> float:
        return self.complained / self.accepted if self.accepted else 0.0


def of_mailing(db: Session, mailing_id: int) -> Tally:
    """All of the mailing's."""
    ours = (Delivery.mailing_id == mailing_id, Delivery.channel == Channel.EMAIL)
    sums = select(
        func.count(case((Delivery.state == DeliveryState.ACCEPTED, 1))), func.count(case((_NO_ADDRESS, 1)))
    ).where(*ours, Delivery.state.in_((DeliveryState.ACCEPTED, DeliveryState.REJECTED)))
    accepted, refused = db.execute(sums).one()
    came_back = (
        select(Event.kind, func.count(distinct(Event.delivery_id)))
        .join(Delivery, Delivery.id == Event.delivery_id)
        .where(*ours, Delivery.state == DeliveryState.ACCEPTED)
        .where(
            (Event.kind == EventKind.COMPLAINT)
            | and_(Event.kind == EventKind.BOUNCE, Event.detail["hard"].as_boolean())
        )
        .group_by(Event.kind)
    )
    events = {row[0]: row[1] for row in db.execute(came_back)}
    bounced = refused + events.get(EventKind.BOUNCE, 0)
    return Tally(accepted + refused, accepted, bounced, events.get(EventKind.COMPLAINT, 0))


def since_resumed(db: Session, mailing_id: int, counts: Tally) -> Tally:
    """What counts now, of all `counts` of the mailing."""
    pause = last(db, mailing_id)
    if pause is None:
        return counts
    return counts.since(
        Tally(pause.base_tried, pause.base_accepted, pause.base_bounced, pause.base_complained)
    )


def last(db: Session, mailing_id: int) -> AutomaticPause | None:
    """The newest pause by the system."""
    newest = select(AutomaticPause).where(AutomaticPause.mailing_id == mailing_id)
    return db.scalar(newest.order_by(AutomaticPause.id.desc()).limit(1))


def note_resume(db: Session, mailing_id: int, now: datetime) -> None:
    """A person lets it go on: counting begins again from what is known now."""
    pause = last(db, mailing_id)
    if pause is None or pause.resumed_at is not None:
        return
    counts = of_mailing(db, mailing_id)
    pause.resumed_at = now
    pause.base_tried, pause.base_accepted = counts.tried, counts.accepted
    pause.base_bounced, pause.base_complained = counts.bounced, counts.complained
    db.flush()
