"""Connections to a relay, shared among lanes as leases: a lane that was killed loses its own by itself."""

from __future__ import annotations

from typing import cast

from redis import Redis

from campaign.dispatch.limits.buckets import script

# a lane asks again every second or so; one that is silent for this long is taken to be dead
LEASE_SECONDS = 30


class Slots:
    """One lane's part of a relay's connections. RedisError when the server is away."""

    def __init__(self, redis: Redis, prefix: str, relay: str, holder: str, limit: int) -> None:
        keys = f"{prefix}:slots:{relay}"
        self._keys = [f"{keys}:leases", f"{keys}:held"]
        self._holder = holder
        self.limit = limit
        self._share = redis.register_script(script("slots"))

    def share(self) -> int:
        """How many of the limit are this lane's own from now on; renews its lease. Who is told fewer than
        before closes the others before it asks again."""
        return cast("int", self._share(keys=self._keys, args=[self._holder, self.limit, LEASE_SECONDS]))

    def leave(self) -> None:
        """Give all of them back."""
        self._share(keys=self._keys, args=[self._holder, 0, LEASE_SECONDS])
