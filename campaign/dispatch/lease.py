"""How long a lane may take its claims for its own, by the clock that counts from the boot."""

from __future__ import annotations

from campaign.dispatch.host import boot_seconds
from campaign.dispatch.states import LEASE

# a lane that stands still is dead for its host by then: its last look at the clock and the bytes that follow
# it are this close, however busy the machine
FROZEN_AFTER = LEASE.total_seconds() + 10
# and its host has read its journal by then: it looks every few seconds. Before that nobody gives it up unread
READ_AFTER = FROZEN_AFTER + 20


class Lease:
    """Begins when it is made; every renewal counts from the moment at which it was asked for."""

    def __init__(self) -> None:
        self._seconds = LEASE.total_seconds()
        self._since = boot_seconds()

    def holds(self) -> bool:
        """Asked right before each dot: whether nobody may have taken our rows for a dead lane's."""
        return boot_seconds() < self._since + self._seconds

    def is_old(self, boot: float) -> bool:
        """Whether it should be renewed."""
        return boot > self._since + self._seconds / 3

    def renew(self, asked: float) -> None:
        self._since = asked
