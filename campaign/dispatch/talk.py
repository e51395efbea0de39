"""A lane's conversations: many connections, one thread, one journal.

Per message: the envelope, the body in one write, the intent in the journal, the dot and the next envelope in
another write. All bodies that are complete at one wake-up share one write to the journal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from campaign.dispatch.gate import Gate
from campaign.dispatch.journal import Journal
from campaign.dispatch.judge import Judge
from campaign.dispatch.moves import Outcome
from campaign.dispatch.stock import Job, Stock, domain_of
from campaign.dispatch.transports.channel import Channel, Route
from campaign.dispatch.transports.dialogue import Unasked, Unwritable, Verdict
from campaign.dispatch.transports.pool import Pool
from campaign.dispatch.transports.smtp import CLOSING, NOT_LET_IN, Lost

Line = Channel[Job]


class Talk:
    """`settle` hears what became of each message; `may_end` is asked right before each dot."""

    def __init__(
        self,
        pool: Pool[Job],
        stock: Stock,
        journal: Journal,
        judge: Judge,
        gate: Gate,
        settle: Callable[[Outcome], None],
        may_end: Callable[[], bool],
    ) -> None:
        self._pool = pool
        self._stock = stock
        self._journal = journal
        self._judge = judge
        self._gate = gate
        self._settle = settle
        self._may_end = may_end
        self._complete: list[Line] = []
        self._closed = False
        self._limits = gate.version
        self.worked: set[str] = set()
        """Names of the relays that decided about a message."""

    # --- state of the conversations --------------------------------------------------------------

    @property
    def begun(self) -> int:
        """Messages under way, ended or not."""
        return sum(
            (line.dialogue.opening is not None) + (line.dialogue.doubtful is not None)
            for line in self._pool.channels
        )

    def opening_ids(self) -> list[int]:
        """Rows whose dot was not given yet."""
        return [
            line.dialogue.opening.row.row_id
            for line in self._pool.channels
            if line.dialogue.opening is not None
        ]

    def domains(self) -> Iterator[str]:
        """Of what was let through and is not over: ready, under way, or waiting for the word on its dot."""
        yield from self._stock.domains()
        for line in self._pool.channels:
            for job in (line.dialogue.opening, line.dialogue.doubtful):
                if job is not None:
                    yield domain_of(job.row.address)

    def break_off(self) -> None:
        """Give no dot any more; what waits for the answer to one goes on waiting."""
        self._closed = True
        for line in list(self._pool.channels):
            self._drop_if_idle(line)

    def _drop_if_idle(self, line: Line) -> bool:
        if line.dialogue.doubtful is not None:
            return False
        self._drop(line)
        return True

    def _drop(self, line: Line) -> None:
        if line in self._complete:
            self._complete.remove(line)
        self._pool.drop(line)

    # --- one wake-up -----------------------------------------------------------------------------

    def poll(self, seconds: float) -> None:
        """Wait for servers, hear them, and say what follows."""
        readable, writable = self._pool.poll(seconds)
        self._pool.arrivals()
        for line in readable:
            self._hear(line)
        for line in writable:
            self._speak(line)

    def expire(self) -> None:
        """Break off with servers that were silent for too long."""
        for line, silence in self._pool.silent():
            self._lose(line, Lost(silence))

    def _hear(self, line: Line) -> None:
        verdicts: list[Verdict[Job]] = []
        trouble: Lost | Unasked | None = None
        try:
            line.read(verdicts)
        except (Lost, Unasked) as error:
            trouble = error
        closing = False
        for verdict in verdicts:
            closing |= self._decided(line, verdict)
        if trouble is not None or closing:
            self._lose(line, trouble or Lost("the server is closing"))
        elif not (self._closed and self._drop_if_idle(line)):
            self._speak(line)

    def _speak(self, line: Line) -> None:
        try:
            line.write(self._may_end)
        except Lost as error:
            self._lose(line, error)
            return
        if line.is_blocked or line.watched_for_writing:
            self._pool.watch(line)
        if line.dialogue.holds and line not in self._complete:
            self._complete.append(line)

    # --- dots ------------------------------------------------------------------------------------

    def end_complete(self, start_next: bool) -> None:
        """Write the journal; then give the dots that it announces, each with the next envelope. Raises
        JournalBroken with no dot given."""
        complete, self._complete = self._complete, []
        ending: list[tuple[Line, Job]] = []
        for line in complete:
            job = line.dialogue.opening
            assert job is not None
            if self._closed or job.row.row_id in self._stock.refused:
                self._pool.drop(line)  # without its dot the message is not sent
                continue
            self._journal.intend(job.row.row_id, job.row.fence, job.mail.sha256)
            ending.append((line, job))
        try:
            self._journal.flush()
        except BaseException:
            for line, _ in ending:
                self._pool.drop(line)
            raise
        for line, _ in ending:
            line.end()
            if start_next:
                self._start(line)
            self._speak(line)

    def flush(self) -> None:
        """Write the journal's waiting lines."""
        self._journal.flush()

    def start_free(self) -> None:
        """Start messages on connections that have none; those that other lanes need are closed instead."""
        if self._pool.is_crowded:
            for line in list(self._pool.channels):
                if self._pool.has_too_many(line.route) and self._rests(line):
                    self._pool.drop(line, politely=True)
        for line in list(self._pool.channels):
            if not self._stock.ready:
                return
            if line.dialogue.is_free and not line.is_blocked:
                self._start(line)
                self._speak(line)

    @staticmethod
    def _rests(line: Line) -> bool:
        """Whether nothing is under way on it."""
        return line.dialogue.is_free and line.dialogue.doubtful is None and not line.is_blocked

    def _start(self, line: Line) -> None:
        """The next message that may go and fits this server, if there is one."""
        dialogue, stock = line.dialogue, self._stock
        while dialogue.is_free and stock.ready and self._may_start(line.route):
            job = stock.ready.popleft()
            if job.row.row_id in stock.refused:
                continue
            if not dialogue.offers.eight_bit and not job.mail.data.isascii() and not stock.rewrite(job):
                continue
            limit = dialogue.offers.size_limit
            if limit and len(job.mail.data) > limit:
                if self._is_left_to_another(line, job):
                    return
                self._settle(self._judge.too_large(job))
                continue
            if wait := self._gate.via(line.route.relay.name):
                line.route.rests_until = time.monotonic() + wait
                stock.ready.appendleft(job)  # for the connections to other relays
                return
            try:
                dialogue.start(job, job.mail.envelope, job.mail.data)
            except Unwritable as error:
                if self._is_left_to_another(line, job):
                    return
                self._settle(self._judge.answered(job, "rcpt", error.reply))

    def _is_left_to_another(self, line: Line, job: Job) -> bool:
        """What this server cannot take waits for one of another relay, if there is one that can."""
        envelope, size = job.mail.envelope, len(job.mail.data)
        here = line.dialogue.offers.take(envelope, size)  # what hinders it then hinders it everywhere
        if here or not self._pool.another_may(line.route, lambda offers: offers.take(envelope, size)):
            return False
        self._stock.ready.append(job)
        return True

    def hear_limits(self) -> None:
        """Relays that had to wait are asked anew when their limits may be others."""
        changed, self._limits = self._limits != self._gate.version, self._gate.version
        if changed:
            for route in self._pool.routes:
                route.rests_until = 0.0

    def _may_start(self, route: Route) -> bool:
        """Whether messages may start over it: not while its limits, or other lanes, want it to wait."""
        rests = route.rests_until > 0 and route.rests_until > time.monotonic()
        return not rests and not self._pool.has_too_many(route)

    def next_due(self) -> float:
        """When the first relay that must wait may take a message again; only while one waits for it."""
        if not self._stock.ready:
            return float("inf")
        now = time.monotonic()
        resting = [route.rests_until for route in self._pool.routes if route.rests_until > now]
        return min(resting, default=float("inf"))

    # --- what became of messages -----------------------------------------------------------------

    def _decided(self, line: Line, verdict: Verdict[Job]) -> bool:
        """Note it; whether the server is closing the connection."""
        job, phase, reply = verdict
        route = line.route
        if phase == "mail" and reply.code in NOT_LET_IN:
            # nothing is tried over it any more; who asked for it is free for the other relays
            route.down = f"{route.relay.name}: {reply.code} {reply.text}"
            self._stock.ready.appendleft(job)
            return True
        if reply.code != CLOSING:
            route.losses = 0
            self.worked.add(route.relay.name)
            self._settle(self._judge.answered(job, phase, reply))
            return False
        if phase != "dot" and line.dialogue.taken and (phase == "mail" or not job.again):
            self._try_again(job)
            return True
        self._settle(self._judge.answered(job, phase, reply))
        if not line.dialogue.taken:
            self._refused(line, f"{route.relay.name}: {reply.code} {reply.text}")
        return True

    def _try_again(self, job: Job) -> None:
        """Servers end a connection after so many messages or seconds; the message that notices it is tried
        on another, for nothing of it was taken. Once, when it may be to blame; but before its MAIL was
        answered it said nothing of its own, and connections that began together come to their end together:
        each that ends so has taken another message."""
        job.again = True
        self._stock.ready.appendleft(job)

    def _refused(self, line: Line, why: str) -> None:
        """The server sent us away before it took anything on this connection."""
        line.route.open -= 1
        self._pool.refused(line.route, why)
        line.route.open += 1

    def _lose(self, line: Line, trouble: Lost | Unasked) -> None:
        """The connection is over, for whatever reason."""
        dialogue, judge = line.dialogue, self._judge
        used = dialogue.taken > 0 or dialogue.doubtful is not None
        if line.unended is not None:
            self._settle(judge.put_off(line.unended, "connection", str(trouble)))
        if dialogue.doubtful is not None:
            self._settle(judge.lost(dialogue.doubtful, str(trouble)))
            self._pool.lost(line.route, str(trouble))
        job = dialogue.opening
        if job is not None and not self._closed:
            if dialogue.refusal is not None:
                self._decided(line, Verdict(job, *dialogue.refusal))
            elif isinstance(trouble, Unasked) and trouble.reply.code != CLOSING and trouble.reply.code >= 400:
                self._settle(judge.answered(job, "body", trouble.reply))
            elif (used or line.unended is not None) and (not job.again or dialogue.has_had_enough):
                self._try_again(job)
            else:
                self._settle(judge.put_off(job, "connection", str(trouble)))
                self._pool.lost(line.route, str(trouble))
        if isinstance(trouble, Unasked) and trouble.reply.code == CLOSING and not used:
            self._refused(line, f"{line.route.relay.name}: {trouble}")
        self._drop(line)
