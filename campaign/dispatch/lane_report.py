"""What a lane did, and why it ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Stop(StrEnum):
    """Why a lane ended."""

    DRAINED = "drained"  # nothing queued is left
    TIME = "time"  # its half minute is over
    ASKED = "asked"  # the worker is being stopped
    NOT_RUNNING = "not_running"  # paused, cancelled, finished
    DOWN = "down"  # no server answers
    LEASE = "lease"  # it stood still, or could not renew its lease: others may have its rows
    JOURNAL = "journal"  # the journal cannot be written
    DATABASE = "database"  # the database stays away


AT_ONCE = frozenset({Stop.NOT_RUNNING, Stop.LEASE, Stop.JOURNAL})
"""Reasons to give no dot any more, not even to what was begun."""


@dataclass
class LaneReport:
    """What a lane did: outcomes by transition name, and why it ended."""

    stop: Stop = Stop.DRAINED
    detail: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    worked: set[str] = field(default_factory=set)
    """Names of the relays that took, or refused, a message."""
    down: dict[str, str] = field(default_factory=dict)
    """Why relays were left alone, by their names."""
