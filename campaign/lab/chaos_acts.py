"""What the lab does to a running system: the strikes of its plan, and what people do meanwhile."""

from __future__ import annotations

import heapq
import itertools
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.contacts import suppression
from campaign.errors import CampaignError
from campaign.lab.chaos_check import Refusal
from campaign.lab.chaos_plan import Event, Faults, What
from campaign.lab.chaos_standing import Standing
from campaign.lab.chaos_system import System, Victim
from campaign.links import Addresses, Signer
from campaign.models import Account, Campaign, CampaignState, Delivery, DeliveryState, SuppressionReason

# a kill waits so long for a worker that is sending; then it takes what is there
SENDER_SECONDS = 15.0
DB_DOWN_SECONDS = (0.5, 3.0)
PAUSE_SECONDS = (2.5, 4.0)
# what cannot be done now, because what it needs is down, is tried again after this
AGAIN_SECONDS = 0.5
HTTP_SECONDS = 2.0
FAULT_STATUS = 500
# whose mail has not left: a chunk that a sender has claimed may take a minute to leave
WAITING = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.DEFERRED)


class LabError(CampaignError):
    """The lab itself could not do what it wanted to; the run says nothing about the system."""


class Acts:
    """Does what the plan says, and remembers what must hold afterwards."""

    def __init__(self, system: System, campaign_id: int, seed: int, faults: Faults) -> None:
        self._system = system
        self._campaign_id = campaign_id
        self._outage_seconds = faults.outage_seconds
        self._random = Random(seed + 1)
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._turn = itertools.count()
        self._chosen: set[int] = set()
        self._paused = False
        settings = system.settings
        self._addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
        self.done: Counter[What] = Counter()
        self.standing = Standing(system, seed, faults.stop_seconds, self.later, self.done)
        self.kills_with_rows = 0
        self.unknown_bound = 0
        """By kills; what the sink lost comes on top."""
        self.refusals: list[Refusal] = []
        self.pauses: list[tuple[float, float]] = []

    def begin(self, event: Event) -> None:
        """Put the event's act on the clock."""
        acts: dict[What, Callable[[], None]] = {
            What.KILL: lambda: self._kill(event.victim, time.monotonic() + SENDER_SECONDS),
            What.WEB_KILL: self._kill_web,
            What.FLUSH: self._flush,
            What.DB_KILL: self._kill_database,
            What.OUTAGE: self._outage,
            What.REDIS_OUTAGE: self._redis_outage,
            What.PAUSE: self._pause,
            What.STOP: lambda: self.standing.stop(event.victim),
            What.CLOCK_JUMP: self.standing.jump,
            What.FULL_DISK: self.standing.fill_disk,
            What.SLOWDOWN: self.standing.slow_down,
            What.LEAVE: lambda: self._people(event.people, self._leave),
            What.SUPPRESS: lambda: self._people(event.people, self._suppress),
        }
        self.later(event.after, acts[event.what])

    def turn(self) -> None:
        """Do what is due now. What finds the database away comes again."""
        while self._later and self._later[0][0] <= time.monotonic():
            _, _, act = heapq.heappop(self._later)
            try:
                act()
            except DBAPIError:
                self.later(AGAIN_SECONDS, act)

    @property
    def is_idle(self) -> bool:
        return not self._later

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Put an act on the clock."""
        heapq.heappush(self._later, (time.monotonic() + seconds, next(self._turn), act))

    # --- strikes ---------------------------------------------------------------------------------

    def _kill(self, victim: Victim, until: float) -> None:
        senders = self.standing.moving()
        if not senders:
            if time.monotonic() < until:
                self.later(0.05, lambda: self._kill(victim, until))
            else:
                self._kill_idle()
            return
        name, parent, child = self._random.choice(senders)
        kill = self._system.kill_worker(name, parent, child, victim)
        self.done[What.KILL] += 1
        self.kills_with_rows += kill.rows > 0
        self.unknown_bound += kill.connections

    def _kill_idle(self) -> None:
        """Nobody has sent for a while: a worker is killed as it is, even one that stands still."""
        self.unknown_bound += self.standing.connections()
        self._system.kill_idle_worker(self._random)
        self.done[What.KILL] += 1

    def _kill_web(self) -> None:
        self._system.kill_web()
        self.done[What.WEB_KILL] += 1

    def _flush(self) -> None:
        if self._system.flush():
            self.done[What.FLUSH] += 1
        else:
            self.later(AGAIN_SECONDS, self._flush)

    def _kill_database(self) -> None:
        cluster = self._system.cluster
        assert cluster is not None
        if not cluster.answers():
            self.later(AGAIN_SECONDS, self._kill_database)
            return
        cluster.kill()
        self._system.database.engine.dispose()
        self.done[What.DB_KILL] += 1
        self.later(self._random.uniform(*DB_DOWN_SECONDS), cluster.start)

    def _outage(self) -> None:
        self._system.sink.order(listen=False)
        self.done[What.OUTAGE] += 1
        self.later(self._outage_seconds, lambda: void(self._system.sink.order(listen=True)))

    def _redis_outage(self) -> None:
        self._system.redis_outage(self._outage_seconds)
        self.done[What.REDIS_OUTAGE] += 1

    # --- people ----------------------------------------------------------------------------------

    def _people(self, count: int, act: Callable[[int, str], None]) -> None:
        """The act for that many of those who wait for their mail. Each is a try of its own."""
        with self._system.database.read() as db:
            waiting = select(Delivery.id, Delivery.address).where(Delivery.state.in_(WAITING))
            rows = db.execute(waiting.order_by(Delivery.id)).all()
        free = [row for row in rows if row[0] not in self._chosen]
        for row_id, address in self._random.sample(free, min(count, len(free))):
            self._chosen.add(row_id)
            self.later(0, partial(act, row_id, address))

    def _leave(self, row_id: int, address: str) -> None:
        """The mail program's own button: one POST (RFC 8058), again until the pages answer."""
        request = urllib.request.Request(  # noqa: S310 (our own http address)
            self._addresses.unsubscribe(row_id), data=b"List-Unsubscribe=One-Click", method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=HTTP_SECONDS) as answer:  # noqa: S310 (as above)
                answer.read()
        except OSError as error:  # refused, cut off, or a page that says 500 while the database is away
            if isinstance(error, urllib.error.HTTPError) and error.code < FAULT_STATUS:
                raise LabError(f"The page refused to unsubscribe {address}: {error}") from error
            self.later(AGAIN_SECONDS, partial(self._leave, row_id, address))
        else:
            self._refused(What.LEAVE, address, "unsubscribed")

    def _suppress(self, row_id: int, address: str) -> None:
        with self._system.database.write() as db:
            row = db.get_one(Delivery, row_id)
            suppression.suppress(
                db, row.channel, row.address_key, SuppressionReason.REQUESTED, source="lab", now=utc_now()
            )
        self._refused(What.SUPPRESS, address, "suppressed")

    def _refused(self, what: What, address: str, why: str) -> None:
        self.refusals.append(Refusal(address, time.time(), why))
        self.done[what] += 1

    def _pause(self) -> None:
        if self._paused:
            self.later(AGAIN_SECONDS, self._pause)
            return
        if not self._change(life.pause, CampaignState.PAUSED):
            return
        began, self._paused = time.time(), True
        self.done[What.PAUSE] += 1
        # the window ends before the first try to end it, for nobody outside knows the moment of a commit
        self.later(self._random.uniform(*PAUSE_SECONDS), lambda: self._resume(began, time.time()))

    def _resume(self, began: float, ended: float) -> None:
        try:
            self._change(life.resume, CampaignState.RUNNING)
        except DBAPIError:
            self.later(AGAIN_SECONDS, partial(self._resume, began, ended))
            return
        self._paused = False
        self.pauses.append((began, ended))

    def _change(self, act: Callable[..., object], target: CampaignState) -> bool:
        """Do it, unless it is so: a commit whose answer was lost may have been one. False: it is over."""
        with self._system.database.write() as db:
            campaign = db.get_one(Campaign, self._campaign_id)
            if campaign.state is CampaignState.FINISHED:
                return False
            if campaign.state is not target:
                act(db, campaign, db.get_one(Account, campaign.account_id), utc_now())
        return True


def void(_: object) -> None:
    """For acts whose answer is of no interest."""
