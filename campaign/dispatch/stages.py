"""Where a lane's processor time goes: for benches, which ask for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    CLAIM = "claim"
    WRITE = "write"
    JOURNAL = "journal"
    SMTP = "smtp"
    RECORD = "record"


@dataclass
class StageTimes:
    """Nanoseconds of processor time by stage, each measured in the thread that does it. `messages` counts
    those that a server decided about. Costs next to nothing while it is not `wanted`."""

    wanted: bool = False
    messages: int = 0
    spent_ns: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))

    @contextmanager
    def spent(self, stage: Stage, inside: Stage | None = None) -> Iterator[None]:
        """All of the block is this stage's, and not that of the one that it stands in."""
        if not self.wanted:
            yield
            return
        began = time.thread_time_ns()
        try:
            yield
        finally:
            spent = time.thread_time_ns() - began
            self.spent_ns[stage] += spent
            if inside is not None:
                self.spent_ns[inside] -= spent

    def microseconds(self) -> dict[str, float]:
        """Per message, by stage."""
        return {stage.value: ns / 1000 / max(1, self.messages) for stage, ns in self.spent_ns.items()}
