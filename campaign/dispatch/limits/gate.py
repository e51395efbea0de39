"""What a lane asks before a message: may it start now, and how many connections may be open?

Tokens are taken in batches and kept by the lane for a moment (`Rate.life`), so that 5,000 messages a second
cost some twenty calls a second; what was not used goes back. Where nothing is limited no call is made. When
the server of the limits is away, the lane keeps to its own part of them (`local`) and asks again soon.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

import structlog
from redis.exceptions import RedisError

from campaign.dispatch.limits.account import Account
from campaign.dispatch.limits.buckets import Bucket, SharedBuckets, Taken
from campaign.dispatch.limits.local import LocalBuckets
from campaign.dispatch.limits.providers import provider_of
from campaign.dispatch.limits.routes import Routes
from campaign.dispatch.limits.slots import Slots
from campaign.dispatch.limits.under_way import UnderWay

log = structlog.get_logger()

# a server that was away is asked again after this many seconds
RETRY_SECONDS = 5.0

T = TypeVar("T")


class SharedGate:
    """The gate of one lane: see `campaign.dispatch.gate.Gate`. `connections` is asked at least every few
    seconds, and who is told fewer than before closes the others before asking again; 0 means none now.
    Call `close` at the end: tokens and connections go back."""

    def __init__(
        self,
        buckets_of: Callable[[str], list[Bucket]],
        shared: SharedBuckets,
        local: LocalBuckets,
        slots: Mapping[str, Slots | None],
        own_connections: int,
        processes: int,
        relays: Mapping[str, Sequence[Bucket]] | None = None,
        at_once: Callable[[str], Slots | None] | None = None,
    ) -> None:
        """`slots`: by relay, None for one whose connections are not limited; `own_connections`: what the
        lane would hold without them; `processes`: by how many a limit is divided while the server is away;
        `relays`: the buckets of each when there are several, else they are among those of `buckets_of`;
        `at_once`: of a provider, None for one whose messages under way are not limited; left out when none
        are."""
        self._buckets_of = buckets_of
        self._shared = shared
        self._local = local
        self._slots = slots
        self._own = own_connections
        self._processes = processes
        self._routes = Routes(relays, self._draw) if relays and any(relays.values()) else None
        self._under_way = None if at_once is None else UnderWay(at_once, self._ask_part, self._leave_part)
        self._by_domain: dict[str, Account | None] = {}
        self._accounts: dict[tuple[str, ...], Account] = {}
        self._shares: dict[str, int] = {}
        self._away_until = 0.0
        self._told = False

    setting: int | None = None
    """Its limits are given, and stay."""

    @property
    def version(self) -> int:
        """See `Gate`."""
        return 0 if self._routes is None else self._routes.returns

    def take(self, domain: str) -> float:
        """See `Gate`. Without the server of the limits the lane keeps to its part."""
        if self._under_way is None:
            return self._take(domain)
        wait = self._under_way.wait(domain) or self._take(domain)
        if not wait:
            self._under_way.let_through(domain)
        return wait

    def follow(self, in_hand: Callable[[], Iterable[str]]) -> None:
        """See `Gate`. What is in hand already counts from now on."""
        if self._under_way is not None:
            self._under_way.in_hand = in_hand
            self._under_way.renew()

    def freed(self) -> Collection[str]:
        """See `Gate`."""
        return () if self._under_way is None else self._under_way.freed()

    def _take(self, domain: str) -> float:
        """A token of every bucket that the domain's messages need."""
        try:
            account = self._by_domain[domain]
        except KeyError:
            account = self._open(domain)
        wait = 0.0 if account is None else self._draw(account)
        if wait or self._routes is None:
            return wait
        wait = self._routes.lay()
        if wait and account is not None:
            account.tokens += 1  # drawn a moment ago
        return wait

    def via(self, relay: str) -> float:
        """See `Gate`. With one relay `take` has counted it."""
        return 0.0 if self._routes is None else self._routes.use(relay)

    def connections(self) -> int:
        """See `Gate`."""
        if self._under_way is not None:
            self._under_way.renew()
        limited = {relay: slots for relay, slots in self._slots.items() if slots is not None}
        if not limited:
            return self._own
        self._shares = self._ask(
            lambda: {relay: slots.share() for relay, slots in limited.items()},
            lambda: {relay: max(1, slots.limit // self._processes) for relay, slots in limited.items()},
        )
        return min(self._own, sum(self.connections_of(relay) for relay in self._slots))

    def connections_of(self, relay: str) -> int:
        """See `Gate`."""
        return min(self._own, self._shares.get(relay, self._own))

    def close(self) -> None:
        """Give back what was not used."""
        try:
            if self._routes is not None:
                self._routes.leave()
            for account in [*self._accounts.values(), *(self._routes.accounts if self._routes else ())]:
                if account.tokens and account.day >= 0:
                    self._shared.take(account.buckets, 0, account.tokens, account.day)
                account.tokens = 0
            for slots in self._slots.values():
                if slots is not None:
                    slots.leave()
            if self._under_way is not None:
                self._under_way.leave()
        except RedisError as error:
            log.info("limits_not_returned", why=str(error))

    def _open(self, domain: str) -> Account | None:
        """The account of a domain seen for the first time; domains with the same buckets share one."""
        buckets = self._buckets_of(provider_of(domain))
        key = tuple(bucket.name for bucket in buckets)
        account = self._accounts.setdefault(key, Account(buckets)) if buckets else None
        self._by_domain[domain] = account
        return account

    def _draw(self, account: Account) -> float:
        """A token of the account: 0.0, or seconds to wait for one."""
        now = time.monotonic()
        if account.tokens and now < account.good_until:
            account.tokens -= 1
            return 0.0
        if now < account.wait_until:
            return account.wait_until - now
        return self._refill(account, now)

    def _refill(self, account: Account, now: float) -> float:
        left = account.tokens if account.day >= 0 else 0
        wanted = account.wanted()
        account.tokens = 0
        taken = self._ask(
            lambda: self._shared.take(account.buckets, wanted, left, account.day),
            lambda: self._alone(account),
        )
        account.note(taken, now)
        if not account.tokens:
            return max(taken.wait, 0.001)
        account.tokens -= 1
        return 0.0

    def _alone(self, account: Account) -> Taken:
        """A token of this process's own part; a long wait ends when the server may be back."""
        taken = self._local.take(account.buckets, 1)
        return Taken(taken.tokens, min(taken.wait, RETRY_SECONDS), taken.day)

    def _ask_part(self, slots: Slots, used: int) -> int:
        """How many messages to a provider may be under way from here."""
        return self._ask(lambda: slots.share(used), lambda: max(1, slots.limit // self._processes))

    def _leave_part(self, slots: Slots) -> None:
        """Without the server nobody hears of it, and the lease of the part runs out."""
        self._ask(slots.leave, lambda: None)

    def _ask(self, shared: Callable[[], T], alone: Callable[[], T]) -> T:
        """What the server says; without it, what this process says by itself."""
        if time.monotonic() < self._away_until:
            return alone()
        try:
            answer = shared()
        except RedisError as error:
            self._away_until = time.monotonic() + RETRY_SECONDS
            if not self._told:
                log.warning("limits_kept_alone", processes=self._processes, why=str(error))
            self._told = True
            return alone()
        if self._told:
            log.info("limits_shared_again")
        self._told = False
        return answer


def holder() -> str:
    """A name for one lane among all."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
