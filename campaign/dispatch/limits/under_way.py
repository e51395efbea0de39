"""Messages to one provider that are under way at once, shared among all lanes.

A lane talks to relays, not to the provider's servers: a relay opens a connection there for each message that
it has in hand. So a limit of connections to a provider is one of messages that were let through and have no
answer yet. Each lane that sends to the provider has a part of the limit, as it has of a relay's connections
(`slots`), and counts by itself what it uses of it: no call a message. With more lanes than the limit allows
messages they take turns; who is told that its turn is over starts none there, and asks like those who wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from campaign.dispatch.limits.providers import provider_of
from campaign.dispatch.limits.slots import LEASE_SECONDS, Slots

# a part is renewed this often, and others hear of what became free …
RENEW_SECONDS = 1.0
# … who has none left asks again no sooner than this …
AGAIN_SECONDS = 0.25
# … and who has sent nothing there for this long leaves its part to others
IDLE_SECONDS = 1.0
_NOBODY: frozenset[str] = frozenset()


@dataclass
class _Part:
    """A lane's part of one provider's limit. `waiting`: domains that were told to wait for it."""

    provider: str
    slots: Slots
    allowed: int = 0
    used: int = 0
    asked_at: float = float("-inf")
    busy_at: float = float("-inf")
    waiting: set[str] = field(default_factory=set)


class UnderWay:
    """Of one lane. `slots_of` a provider: None where its messages at once are not limited; `ask` for a part,
    with what is in use of it: of the server, or without it as the lane's own; `leave` a part, if the server
    is there (`SharedGate`)."""

    def __init__(
        self,
        slots_of: Callable[[str], Slots | None],
        ask: Callable[[Slots, int], int],
        leave: Callable[[Slots], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._slots_of = slots_of
        self._ask = ask
        self._give_back = leave
        self.in_hand: Callable[[], Iterable[str]] = tuple
        """The domains of what was let through and is not over, one for each message."""
        self._monotonic = monotonic
        self._by_domain: dict[str, _Part | None] = {}
        self._by_provider: dict[str, _Part] = {}
        self._held: dict[str, _Part] = {}
        """By provider, those that the server knows of or that are in use. Of the others nothing is used."""

    def wait(self, domain: str) -> float:
        """Seconds until it is worth asking again; 0.0: there is room for one more."""
        part = self._part(domain)
        if part is None or self._has_room(part):
            return 0.0
        part.waiting.add(domain)
        return AGAIN_SECONDS

    def let_through(self, domain: str) -> None:
        """One more is under way."""
        part = self._by_domain[domain]
        if part is not None:
            part.used += 1

    def freed(self) -> Collection[str]:
        """Domains that were told to wait and need not any more."""
        if not any(part.waiting for part in self._held.values()):
            return _NOBODY
        self._count()
        found: set[str] = set()
        for part in self._held.values():
            if part.waiting and part.used < part.allowed:
                found |= part.waiting
                part.waiting.clear()
        return found

    def renew(self) -> None:
        """Tell the server what is in use, and give back what is not."""
        self._count()
        now = self._monotonic()
        for part in list(self._held.values()):
            if part.used or part.waiting:
                part.busy_at = now
            if now > part.busy_at + IDLE_SECONDS:
                self._leave(part)
            elif now > part.asked_at + RENEW_SECONDS:
                self._refresh(part, now)

    def leave(self) -> None:
        """Give everything back."""
        for part in list(self._held.values()):
            self._leave(part)

    def _part(self, domain: str) -> _Part | None:
        try:
            return self._by_domain[domain]
        except KeyError:
            part = self._by_domain[domain] = self._found(provider_of(domain))
            return part

    def _found(self, provider: str) -> _Part | None:
        """Domains of one provider share its part."""
        part = self._by_provider.get(provider)
        if part is None and (slots := self._slots_of(provider)) is not None:
            part = self._by_provider[provider] = self._held[provider] = _Part(provider, slots)
            part.busy_at = self._monotonic()
        return part

    def _has_room(self, part: _Part) -> bool:
        now = self._monotonic()
        # a part whose lease may be over is asked for anew
        if part.used < part.allowed and now < part.asked_at + LEASE_SECONDS / 2:
            return True
        if now < part.asked_at + AGAIN_SECONDS:
            return False
        self._held[part.provider] = part
        part.busy_at = now
        self._count()
        self._refresh(part, now)
        return part.used < part.allowed

    def _refresh(self, part: _Part, now: float) -> None:
        part.allowed, part.asked_at = self._ask(part.slots, part.used), now

    def _leave(self, part: _Part) -> None:
        del self._held[part.provider]
        part.allowed, part.used, part.asked_at = 0, 0, float("-inf")
        self._give_back(part.slots)

    def _count(self) -> None:
        """What is in use by now: from what the lane has in hand, so that no road out of it is forgotten."""
        for part in self._held.values():
            part.used = 0
        for domain in self.in_hand():
            if (counted := self._part(domain)) is not None:
                counted.used += 1
