"""Who says how fast: asked before each message and once a second."""

from __future__ import annotations

from typing import Protocol


class Gate(Protocol):
    """Rates and limits that all lanes share."""

    def take(self, domain: str) -> float:
        """Seconds to wait before a message to that domain may start; 0.0: now, and it is counted."""
        ...

    def connections(self) -> int:
        """How many connections this lane may hold now."""
        ...


class OpenGate:
    """No limits but the lane's own."""

    def __init__(self, connections: int) -> None:
        self._connections = connections

    def take(self, domain: str) -> float:
        return 0.0

    def connections(self) -> int:
        return self._connections
