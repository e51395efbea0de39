"""The house's setting of how it sends: limits, warm-up, quiet hours, and when the system pauses a mailing.

One house setting, kept in versions and in the audit log like the others (`campaign.house`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import house
from campaign.dispatch.limits.terms import Limit, Limits, limit_as, limit_from
from campaign.models import Account

NAME = "manners"
# pg_advisory_xact_lock key: who puts rows to rest under the setting holds it shared, who changes it alone
LOCK = 0x4D414E4E


@dataclass(frozen=True)
class QuietHours:
    """Nothing is sent from `begin` until `end` by the recipient's clock; `zone` is the house's, for who has
    none. Off until an administrator turns it on."""

    on: bool = False
    begin: time = time(21)
    end: time = time(8)
    zone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class PauseRule:
    """When a running mailing is paused: shares in per cent, and how many messages there must be before a
    share says anything.

    5 % and 0.1 % are where Amazon SES puts an account under review. With fewer than 1,000 accepted messages
    one single complaint would be more than 0.1 %; the 200 are of the same order as other providers' minimum
    (docs/sources.md).
    """

    bounce_percent: float = 5.0
    complaint_percent: float = 0.1
    least_tried: int = 200
    least_accepted: int = 1000


@dataclass(frozen=True)
class Manners:
    """All of it. `processes`: sending processes on all machines together; 0: as many as this machine's."""

    limits: Limits = field(default_factory=Limits)
    processes: int = 0
    quiet: QuietHours = field(default_factory=QuietHours)
    pause: PauseRule = field(default_factory=PauseRule)


def read(db: Session) -> Manners:
    """What holds now."""
    return read_version(db)[1]


def read_version(db: Session) -> tuple[int, Manners]:
    """What holds now, and the number of this version; 0 while nobody decided anything."""
    number, value = house.current_version(db, NAME)
    return number, Manners() if value is None else from_json(value)


def version(db: Session) -> int:
    """The number of the version that holds now."""
    return house.current_version(db, NAME)[0]


def hold(db: Session) -> None:
    """Until this transaction has ended nobody changes the setting: what it says by then may be acted on, and
    whoever changes it afterwards finds what was done. SQLite has one writer."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock_shared(LOCK)))


def keep(db: Session, manners: Manners, actor: Account | None, now: datetime) -> None:
    """A new version."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(LOCK)))
    house.keep(db, NAME, as_json(manners), actor, now)


def from_json(value: Mapping[str, Any]) -> Manners:
    quiet, pause = value["quiet"], value["pause"]
    return Manners(
        Limits(*(_lines(value[group]) for group in ("relays", "senders", "recipients"))),
        value["processes"],
        QuietHours(
            quiet["on"], time.fromisoformat(quiet["begin"]), time.fromisoformat(quiet["end"]), quiet["zone"]
        ),
        PauseRule(**pause),
    )


def as_json(manners: Manners) -> dict[str, Any]:
    limits, quiet = manners.limits, manners.quiet
    return {
        "relays": {name: limit_as(limit) for name, limit in limits.relays.items()},
        "senders": {name: limit_as(limit) for name, limit in limits.senders.items()},
        "recipients": {name: limit_as(limit) for name, limit in limits.recipients.items()},
        "processes": manners.processes,
        "quiet": {
            "on": quiet.on,
            "begin": quiet.begin.isoformat("minutes"),
            "end": quiet.end.isoformat("minutes"),
            "zone": quiet.zone,
        },
        "pause": dict(vars(manners.pause)),
    }


def _lines(value: Mapping[str, Any]) -> dict[str, Limit]:
    return {name: limit_from(line) for name, line in value.items()}
