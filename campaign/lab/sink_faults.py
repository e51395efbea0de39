"""How the sink misbehaves: what it may do instead of an ordinary reply, by chance and by plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from random import Random

DROP = "drop"
HANG = "hang"
TAKE_AND_DROP = "take and drop"  # accepted, but its reply is never sent
LATE = "late"  # the ordinary reply, after a while

Faults = Callable[[str, str], str | None]
"""Phase (greeting, mail, rcpt, data, body, dot) and recipient (empty before RCPT) to what is done instead of
the ordinary reply: a line like `451 4.7.1 later`, DROP, HANG, LATE or TAKE_AND_DROP. `body` strikes when the
first bytes of a body have come."""

Rates = Mapping[str, Mapping[str, float]]
"""By phase: what is done instead, and the share of cases in which it is."""


def by_chance(rates: Rates, seed: int) -> Faults:
    """Faults that strike a share of all cases."""
    random = Random(seed)

    def fault(phase: str, _recipient: str) -> str | None:
        chances = rates.get(phase)
        if not chances:
            return None
        drawn = random.random()
        for act, share in chances.items():
            drawn -= share
            if drawn < 0:
                return act
        return None

    return fault


class Pace:
    """Lets so many messages a second through, over all connections together."""

    def __init__(self, per_second: float, seed: int = 0) -> None:
        self._step = 1 / per_second if per_second else 0.0
        self._next = 0.0
        self._random = Random(seed)

    def wait(self) -> float:
        """Seconds until the next message may go on."""
        if not self._step:
            return 0.0
        now = time.monotonic()
        self._next = max(self._next, now) + self._step
        return self._next - now

    def early(self) -> bool:
        """Whether a message waits before its body or after its dot: half of them each, so that a kill
        finds messages in every phase."""
        return self._random.random() < 0.5
