"""The page and its numbers, which ask for themselves every two seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from campaign.dispatch import lock
from campaign.dispatch.lock import Lock
from campaign.models import DeliveryState
from campaign.watch import counts, signs
from campaign.watch.counts import Counts
from campaign.watch.fleet import Fleet
from campaign.watch.probes import Finding
from campaign.web import health, unit
from campaign.web.language import t
from campaign.web.operations import unknown
from campaign.web.operations.blueprint import admins_only, blueprint

MINUTE, HOUR, DAY = 60, 3600, 86400
# states in which something is still to be done, by the machine or by a person
OPEN = (
    DeliveryState.QUEUED,
    DeliveryState.CLAIMED,
    DeliveryState.IN_PRINT,
    DeliveryState.DEFERRED,
    DeliveryState.UNKNOWN,
)


@dataclass(frozen=True)
class Now:
    """Everything that the page shows of the present."""

    found: dict[str, Finding]
    counts: Counts
    counted_at: datetime | None
    beat_at: datetime | None
    beat_host: str
    fleet: Fleet | None
    """None: the queue server does not answer."""
    lock: Lock | None

    @property
    def red(self) -> list[str]:
        return [name for name, finding in self.found.items() if not finding.ok]

    @property
    def waiting(self) -> int:
        """Deliveries that have not left yet."""
        return sum(self.counts.of(state) for state in OPEN if state is not DeliveryState.UNKNOWN)


@blueprint.get("")
@admins_only
def index() -> str:
    """All of it."""
    return render_template(
        "operations/index.html", here=_now(), open_states=OPEN, age=age, unknown=unknown.shown()
    )


@blueprint.get("/live")
@admins_only
def live() -> str:
    """The numbers alone."""
    return render_template("operations/_live.html", here=_now(), open_states=OPEN, age=age)


def _now() -> Now:
    found = health.monitor().look()
    counted, counted_at = counts.kept(unit.db())
    sign = signs.last(unit.db(), signs.BEAT)
    return Now(
        found=found,
        counts=counted,
        counted_at=counted_at,
        beat_at=sign.at if sign else None,
        beat_host=sign.host if sign else "",
        fleet=health.workers() if found["redis"].ok else None,
        lock=lock.look(unit.db(), unit.settings()),
    )


def age(seconds: float) -> str:
    """`12 s`, `3 min`, `2 h`, `4 days` in the page's language."""
    for size, key in (
        (DAY, "operations-age-days"),
        (HOUR, "operations-age-hours"),
        (MINUTE, "operations-age-minutes"),
    ):
        if seconds >= size:
            return t(key, count=round(seconds / size))
    return t("operations-age-seconds", count=round(seconds))
