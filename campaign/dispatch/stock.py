"""What a lane has in its hands and has not begun: claimed rows, and the few mails that are written ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaign.dispatch.claim import Claimed
from campaign.dispatch.gate import Gate
from campaign.dispatch.mail import CannotWrite, Mail, Writer
from campaign.dispatch.moves import Held

# a domain that must wait no longer than this is waited for; rows that must wait longer are given back
SHORT_WAIT_SECONDS = 2.0
# so many rows of domains that must wait are kept; with more, others would never get their turn
ASIDE_ROWS = 500
# a wait shorter than this is the time between two messages to the domain
TURNS_WITHIN_SECONDS = 600.0
# rows that are given back come due together in steps of this
STEP_SECONDS = 5


@dataclass(slots=True)
class Job:
    """One message on its way. `again`: its connection broke before anything of it was taken, and it is
    tried on another for nothing."""

    row: Claimed
    mail: Mail
    again: bool = False


@dataclass
class _Aside:
    """Rows of one domain that must wait, until `due` (seconds as given to `fill`)."""

    due: float
    wait: float
    rows: deque[Claimed] = field(default_factory=deque)


class Stock:
    """Rows go in by chunks; jobs come out in their order, but for domains that must wait."""

    def __init__(self, writer: Writer, gate: Gate) -> None:
        self.ready: deque[Job] = deque()
        self.unwritable: list[tuple[Claimed, CannotWrite]] = []
        """Rows whose mail cannot be made; for the caller to take."""
        self.refused: set[int] = set()
        """Rows that may not be sent any more: left out silently."""
        self.asked = 0.0
        """When the oldest of what stands here was last looked at."""
        self.chunks = 0
        """How many have come in."""
        self._unlooked: deque[tuple[int, float]] = deque()
        """Chunks that no look has covered yet: their numbers, and when they were claimed."""
        self._writer = writer
        self._gate = gate
        self._rows: list[Claimed] = []
        self._place = 0
        self._eight_bit = False
        self._mails: Iterator[Mail | CannotWrite] | None = None
        self._later: deque[tuple[Sequence[Claimed], float]] = deque()
        self._aside: dict[str, _Aside] = {}
        self._limits = gate.version

    def add(self, rows: Sequence[Claimed], asked: float) -> None:
        """A chunk, which was looked at when it was claimed."""
        self.asked = min(self.asked, asked) if len(self) else asked
        self.chunks += 1
        self._unlooked.append((self.chunks, asked))
        self._later.append((rows, asked))

    def __len__(self) -> int:
        return len(self.ready) + self.unwritten + self.set_aside

    @property
    def unwritten(self) -> int:
        """Rows that wait for nothing but their turn."""
        return len(self._rows) - self._place + sum(len(rows) for rows, _ in self._later)

    @property
    def set_aside(self) -> int:
        """Rows whose domains must wait."""
        return sum(len(aside.rows) for aside in self._aside.values())

    def row_ids(self) -> list[int]:
        """All rows in it."""
        return [row.row_id for row in self._all()]

    def _all(self) -> Iterator[Claimed]:
        yield from (job.row for job in self.ready)
        yield from self._rows[self._place :]
        for rows, _ in self._later:
            yield from rows
        for aside in self._aside.values():
            yield from aside.rows

    def refuse(self, row_ids: Container[int], begun: Sequence[int]) -> set[int]:
        """Leave these out from now on, if they are here or among the `begun`; which of them are."""
        found = {row_id for row_id in [*self.row_ids(), *begun] if row_id in row_ids}
        self.refused |= found
        return found

    def rest(self, row_ids: Container[int]) -> list[Held]:
        """Let go of these, which may be claimed again; which of them were here."""
        here = [row for row in self._all() if row.row_id in row_ids and row.row_id not in self.refused]
        if not here:
            return []
        found = {row.row_id for row in here}

        def stay(rows: Iterable[Claimed]) -> list[Claimed]:
            return [row for row in rows if row.row_id not in found]

        self.ready = deque(job for job in self.ready if job.row.row_id not in found)
        self._later = deque((stay(rows), asked) for rows, asked in self._later)
        self._begin(stay(self._rows[self._place :]), self._eight_bit)
        for aside in self._aside.values():
            aside.rows = deque(stay(aside.rows))
        return [(row.row_id, row.fence) for row in here]

    def looked(self, asked: float, chunks: int) -> None:
        """The first so many chunks were looked at then; later ones are as old as their claims."""
        while self._unlooked and self._unlooked[0][0] <= chunks:
            self._unlooked.popleft()
        self.asked = max(self.asked, min([asked, *(then for _, then in self._unlooked)]))

    # --- writing ahead ---------------------------------------------------------------------------

    def fill(self, count: int, eight_bit: bool, now: float) -> None:
        """Write until `count` mails are ready, or nothing may be written now."""
        changed, self._limits = self._limits != self._gate.version, self._gate.version
        for domain in [domain for domain, aside in self._aside.items() if changed or aside.due <= now]:
            self._retry(domain, eight_bit, now)
        while len(self.ready) < count:
            if self._place == len(self._rows) and not self._next_chunk(eight_bit):
                return
            if not self._rows:
                continue
            assert self._mails is not None
            row = self._rows[self._place]
            self._place += 1
            may = row.row_id not in self.refused and self._may_start(row, now)
            mail = next(self._mails)
            if may:
                self._written(row, mail)

    def _next_chunk(self, eight_bit: bool) -> bool:
        if not self._later:
            return False
        if not self._aside:
            self.asked = max(self.asked, self._later[0][1])
        rows, _ = self._later.popleft()
        self._begin(list(rows), eight_bit)
        return True

    def _begin(self, rows: list[Claimed], eight_bit: bool) -> None:
        self._rows, self._place, self._eight_bit = rows, 0, eight_bit
        self._mails = self._writer.writes(rows, eight_bit)

    def _written(self, row: Claimed, mail: Mail | CannotWrite) -> None:
        if isinstance(mail, Mail):
            self.ready.append(Job(row, mail))
        else:
            self.unwritable.append((row, mail))

    def rewrite(self, job: Job) -> bool:
        """Without bytes above 127, for a server that does not take them."""
        mail = next(iter(self._writer.writes([job.row], False)))
        if isinstance(mail, CannotWrite):
            self.unwritable.append((job.row, mail))
            return False
        job.mail = mail
        return True

    # --- domains that must wait ------------------------------------------------------------------

    def _may_start(self, row: Claimed, now: float) -> bool:
        domain = domain_of(row.address)
        aside = self._aside.get(domain)
        if aside is None:
            wait = self._gate.take(domain)
            if not wait:
                return True
            aside = self._aside[domain] = _Aside(now + wait, wait)
        aside.rows.append(row)
        return False

    def _retry(self, domain: str, eight_bit: bool, now: float) -> None:
        aside = self._aside[domain]
        while aside.rows and aside.rows[0].row_id in self.refused:
            aside.rows.popleft()
        if aside.rows:
            aside.wait = self._gate.take(domain)
            aside.due = now + aside.wait
            if not aside.wait:
                row = aside.rows.popleft()
                self._written(row, next(iter(self._writer.writes([row], eight_bit))))
        if not aside.rows:
            del self._aside[domain]

    def next_due(self) -> float:
        """When the first of the waiting domains may go on."""
        return min((aside.due for aside in self._aside.values()), default=float("inf"))

    def postponed(self, now: float, moment: datetime) -> dict[Held, datetime]:
        """Claims to give back, for their domains must wait long or too many are waiting, and until when. The
        n-th of a domain waits n times as long, unless all of them wait for one moment (a day's end)."""
        if self._limits != self._gate.version:
            return {}  # they are asked for anew by the next `fill`
        idle = not self.ready and not self.unwritten
        long = idle and self.next_due() > now + SHORT_WAIT_SECONDS
        if not long and self.set_aside < ASIDE_ROWS:
            return {}
        found: dict[Held, datetime] = {}
        for aside in self._aside.values():
            for place, row in enumerate(aside.rows, 1):
                if row.row_id not in self.refused:
                    turns = place if aside.wait < TURNS_WITHIN_SECONDS else 1
                    steps = -int(-max(aside.wait * turns, SHORT_WAIT_SECONDS) // STEP_SECONDS)
                    found[row.row_id, row.fence] = moment + timedelta(seconds=steps * STEP_SECONDS)
        self._aside.clear()
        return found


def domain_of(address: str) -> str:
    """The part behind the at sign, in lower case."""
    return address.rpartition("@")[2].lower()
