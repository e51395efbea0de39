"""Who says how fast: asked before each message and once a second."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Protocol


class Gate(Protocol):
    """Rates and limits that all lanes share."""

    @property
    def version(self) -> int:
        """Another number each time that limits have changed or tokens came back: what had to wait may be
        asked for anew."""
        ...

    @property
    def setting(self) -> int | None:
        """The version of the house's setting that its answers follow; None when they follow none. What had to
        wait under an older one than holds is not put to rest."""
        ...

    def take(self, domain: str) -> float:
        """Seconds to wait before a message to that domain may start; 0.0: now, and it is counted."""
        ...

    def follow(self, in_hand: Callable[[], Iterable[str]]) -> None:
        """Said once, before the first `take`: where the domains of what was let through and is not over are
        found, one for each message."""
        ...

    def freed(self) -> Collection[str]:
        """Domains that had to wait until others of their messages were over, and may be asked for anew."""
        ...

    def via(self, relay: str) -> float:
        """The same for one more message that starts over that relay, by its name. Asked once `take` has let
        the message through, when it is known who takes it."""
        ...

    def connections(self) -> int:
        """How many connections this lane may hold now."""
        ...

    def connections_of(self, relay: str) -> int:
        """How many of these may be to that relay; as of the last `connections`."""
        ...


class OpenGate:
    """No limits but the lane's own."""

    version = 0
    setting: int | None = None

    def __init__(self, connections: int) -> None:
        self._connections = connections

    def take(self, domain: str) -> float:
        return 0.0

    def follow(self, in_hand: Callable[[], Iterable[str]]) -> None:
        """Nothing is counted."""

    def freed(self) -> Collection[str]:
        return ()

    def via(self, relay: str) -> float:
        return 0.0

    def connections(self) -> int:
        return self._connections

    def connections_of(self, relay: str) -> int:
        return self._connections
