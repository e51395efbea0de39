"""What may be held at once, shared among lanes as leases: connections to a relay, messages under way to a
provider. A lane that was killed loses its own by itself."""

from __future__ import annotations

from typing import cast

from redis import Redis

from campaign.dispatch.limits.buckets import script

# a lane asks again every second or so; one that is silent for this long is taken to be dead
LEASE_SECONDS = 30


class Slots:
    """One lane's part of what may be held of `subject`, a relay's name or `to/` and a provider. RedisError
    when the server is away."""

    def __init__(self, redis: Redis, prefix: str, subject: str, holder: str, limit: int) -> None:
        keys = f"{prefix}:slots:{subject}"
        self._keys = [f"{keys}:leases", f"{keys}:held"]
        self._holder = holder
        self.limit = limit
        self._share = redis.register_script(script("slots"))

    def share(self, used: int | None = None) -> int:
        """How many of the limit are this lane's own from now on; renews its lease. Who is told fewer than
        before closes the others before it asks again, or says how many are `used` yet and starts none."""
        arguments: list[str | int] = [
            self._holder,
            self.limit,
            LEASE_SECONDS,
            *([] if used is None else [used]),
        ]
        return cast("int", self._share(keys=self._keys, args=arguments))

    def leave(self) -> None:
        """Give all of them back."""
        self._share(keys=self._keys, args=[self._holder, 0, LEASE_SECONDS])
