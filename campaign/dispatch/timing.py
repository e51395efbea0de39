"""An hour as a person chose it: a wall clock, a named zone, and whose clock counts.

Kept beside the moment it stands for, so that pages can say what was meant and a changed rule of summer time
changes the moment, not the hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

# the zone whose clocks are last: when it is over there, it is over everywhere
LAST_ZONE = "Etc/GMT+12"


class Late(StrEnum):
    """What happens to those whose hour had passed when it was chosen."""

    NEXT_DAY = "next_day"
    AT_ONCE = "at_once"


@dataclass(frozen=True)
class Timing:
    """`wall` is naive. With `each` every recipient's own clock counts, and `zone` stands in for recipients
    whose zone nobody knows."""

    wall: datetime
    zone: str
    chosen_at: datetime
    each: bool = False
    late: Late = Late.NEXT_DAY

    @property
    def at(self) -> datetime:
        """The moment in UTC by the clock of `zone`."""
        return moment(self.wall, self.zone)

    def at_in(self, zone: str) -> datetime:
        """The moment in UTC for somebody in that zone, those who would be late included."""
        due = moment(self.wall, zone)
        if due >= self.chosen_at:
            return due
        if self.late is Late.AT_ONCE:
            return self.chosen_at
        wall = self.wall
        while due < self.chosen_at:
            wall += timedelta(days=1)
            due = moment(wall, zone)
        return due

    @property
    def is_over(self) -> bool:
        """Whether the hour had passed when it was chosen: in the zone, or with `each` everywhere."""
        return moment(self.wall, LAST_ZONE if self.each else self.zone) <= self.chosen_at

    def to_json(self) -> dict[str, Any]:
        return {
            "wall": self.wall.isoformat(timespec="minutes"),
            "zone": self.zone,
            "each": self.each,
            "late": self.late.value,
            "chosen_at": self.chosen_at.isoformat(),
        }


def from_json(data: Mapping[str, Any]) -> Timing | None:
    """What `to_json` made; None for nothing."""
    if not data:
        return None
    return Timing(
        datetime.fromisoformat(data["wall"]),
        data["zone"],
        datetime.fromisoformat(data["chosen_at"]),
        data["each"],
        Late(data["late"]),
    )


def moment(wall: datetime, zone: str) -> datetime:
    """In UTC. Of an hour that the clocks show twice the first; an hour that they skip counts as if they had
    not been put forward yet, so it comes as much later as they are (PEP 495, `fold=0`)."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def is_skipped(wall: datetime, zone: str) -> bool:
    """Whether that zone's clocks never show this hour."""
    return moment(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


def is_twice(wall: datetime, zone: str) -> bool:
    """Whether that zone's clocks show this hour twice."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    first, second = there.replace(fold=0).utcoffset(), there.replace(fold=1).utcoffset()
    return first != second and not is_skipped(wall, zone)
