"""What may be held at once, shared among lanes as leases: connections to a relay, messages under way to a
provider. A lane that was killed loses its own by itself."""

from __future__ import annotations

from typing import cast

from redis import Redis

from campaign.dispatch.limits.buckets import script

# a lane asks again every second or so; one that is silent for this long is taken to be dead
LEASE_SECONDS = 30
# where fewer may be held than lanes ask for, one that others wait for is kept for so long. Handing on takes
# half a second (`under_way.AGAIN_SECONDS` on both sides), in which nothing is sent there
TURN_SECONDS = 5
# who waits asks four times a second; who has not for this long has no place in the queue
SILENT_SECONDS = 2


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
        before closes the others before it asks again, or says how many are `used` yet and starts none: then
        lanes that are more than the limit take turns."""
        return self._ask(self.limit, *([] if used is None else [used]))

    def leave(self) -> None:
        """Give all of them back."""
        self._ask(0)

    def _ask(self, limit: int, *used: int) -> int:
        times = [seconds * 1000 for seconds in (LEASE_SECONDS, TURN_SECONDS, SILENT_SECONDS)]
        return cast("int", self._share(keys=self._keys, args=[self._holder, limit, *times, *used]))
