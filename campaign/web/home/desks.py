"""What a desk is made of: a sentence, what waits, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# as many as one takes in at a glance; the area's own page lists all
SHOWN = 5


@dataclass(frozen=True)
class Item:
    """One line that waits: `state` and `kind` are for the tag, `done` of `total` for what is moving."""

    title: str
    href: str | None
    state: str = ""
    kind: str = ""
    note: str = ""
    at: datetime | None = None
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Action:
    """Words and address of a link; without an address it is not shown."""

    key: str
    href: str | None


@dataclass(frozen=True)
class Desk:
    """`name` chooses the words: `home-NAME-title`, `-sentence` (with `counts`), `-empty`."""

    name: str
    counts: Mapping[str, int]
    items: list[Item]
    main: Action
    more: Action | None = None
    hints: list[str] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits here."""
        return not any(self.counts.values())
