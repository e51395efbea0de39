"""What the lab does that kills nobody: workers stop still, clocks jump, a disk is full, a database slow."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

from campaign.lab import proc
from campaign.lab.chaos_plan import What
from campaign.lab.chaos_system import System, Victim

# a stop waits so long for a sender that holds rows
SENDER_SECONDS = 60.0
AGAIN_SECONDS = 0.05
# a clock is wrong by up to an hour (a zone or a summer time mistaken), for so long
JUMP_SECONDS, JUMPED_SECONDS = 3600.0, (3.0, 10.0)
# a journal may fill its last page first: that is a few seconds of mail
FULL_SECONDS = (8.0, 14.0)
SLOW_SECONDS = (6.0, 12.0)
# what a clock that was ahead has put off is due when all clocks are ahead by more than that
IN_THE_END_SECONDS = 2 * JUMP_SECONDS

Later = Callable[[float, Callable[[], None]], None]


class Standing:
    """Does what the plan says; `later` puts an act on the clock, `done` counts."""

    def __init__(
        self, system: System, seed: int, stop_seconds: float, later: Later, done: Counter[What]
    ) -> None:
        self._system = system
        self._random = Random(seed + 2)
        self._stop_seconds = stop_seconds
        self._later = later
        self._done = done
        self._still: set[int] = set()
        self._is_full = False
        self.stops_taken_over = 0
        """Stops whose rows were all in other hands when the sender went on."""

    # --- standing still --------------------------------------------------------------------------

    def moving(self) -> list[tuple[str, int, int]]:
        """Senders that do not stand still: name, parent, child."""
        return [found for found in self._system.senders() if found[2] not in self._still]

    def connections(self) -> int:
        """To the sink, of those who stand still."""
        return sum(proc.connections(pid, self._system.sink.port) for pid in self._still)

    def stop(self, victim: Victim) -> None:
        self._stop(victim, time.monotonic() + SENDER_SECONDS)

    def _stop(self, victim: Victim, until: float) -> None:
        holding = [found for found in self.moving() if self._system.rows_of(found[2])]
        if holding:
            _name, parent, child = self._random.choice(holding)
            stopped = self._system.stop_worker(parent, child, victim)
            if stopped:
                self._stopped(stopped, child)
                return
        if time.monotonic() < until:
            self._later(AGAIN_SECONDS, partial(self._stop, victim, until))

    def _stopped(self, stopped: list[int], child: int) -> None:
        self._still |= set(stopped)
        self._done[What.STOP] += 1
        held = self._system.rows_of(child)
        self._later(self._stop_seconds, partial(self._go_on, stopped, child, held))

    def _go_on(self, stopped: list[int], child: int, held: int) -> None:
        self.stops_taken_over += held > 0 and not self._system.rows_of(child)
        self._still -= set(stopped)
        proc.go_on(stopped)
        self._wait_for_last_words(child)

    def _wait_for_last_words(self, child: int) -> None:
        """What it was told while it stood still it reads now, and what was unknown may become known."""
        if proc.is_alive(child):
            self._later(AGAIN_SECONDS, partial(self._wait_for_last_words, child))

    # --- clocks ----------------------------------------------------------------------------------

    def jump(self) -> None:
        """One program's clock, or those of all, are wrong for a while; the way back is a jump, too."""
        names = sorted(self._system.clocks)
        struck = self._random.choice([[name] for name in names] + [names])
        seconds = self._random.choice((-1, 1)) * self._random.uniform(JUMP_SECONDS / 2, JUMP_SECONDS)
        self._set(struck, seconds)
        self._done[What.CLOCK_JUMP] += 1
        self._later(self._random.uniform(*JUMPED_SECONDS), partial(self._set, struck, 0.0))

    def _set(self, names: list[str], seconds: float) -> None:
        for name in names:
            self._system.clocks[name].jump(seconds)

    def in_the_end(self) -> None:
        """All clocks are ahead for good, as if the hour had passed for which a wrong one put things off."""
        self._set(sorted(self._system.clocks), IN_THE_END_SECONDS)

    # --- disk and database -----------------------------------------------------------------------

    def fill_disk(self) -> None:
        disk = self._system.disk
        assert disk is not None
        if self._is_full:
            self._later(AGAIN_SECONDS, self.fill_disk)
            return
        self._is_full = True
        disk.fill(self._system.workers(), self._random)
        self._done[What.FULL_DISK] += 1
        self._later(self._random.uniform(*FULL_SECONDS), self._free_disk)

    def _free_disk(self) -> None:
        assert self._system.disk is not None
        self._system.disk.free(self._system.workers())
        self._is_full = False

    def slow_down(self) -> None:
        if self._system.cluster is not None and not self._system.cluster.answers():
            self._later(AGAIN_SECONDS, self.slow_down)
            return
        seconds = self._random.uniform(*SLOW_SECONDS)
        self._system.slow_down(self._random.randrange(2**31), seconds)
        self._done[What.SLOWDOWN] += 1
        self._later(seconds, lambda: None)  # the run is not over before
