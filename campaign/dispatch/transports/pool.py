"""The connections of one lane: several relays, opened aside, watched together.

Connecting, encrypting and logging in may take seconds, so threads do it while the others go on. A relay that
does not answer is left to the others for the rest of the lane; one that takes fewer connections than we want
gets fewer.
"""

from __future__ import annotations

import contextlib
import selectors
import smtplib
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from campaign.dispatch.transports.channel import Channel, Route
from campaign.dispatch.transports.dialogue import Offers
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Down, Timeouts, connect

# connections that are made at the same time
CONNECTING_AT_ONCE = 4
# connections lost in a row after which a relay counts as down
LOSSES_TO_STOP = 3

T = TypeVar("T")


class Pool(Generic[T]):
    """Channels by relay. One thread uses it; `wake` may be called from any."""

    def __init__(self, relays: Sequence[Relay], limit: int, local_name: str, timeouts: Timeouts) -> None:
        self.routes = [Route(relay, limit) for relay in relays]
        self.limit = limit
        self.channels: list[Channel[T]] = []
        self._local_name = local_name
        self._timeouts = timeouts
        self._selector = selectors.DefaultSelector()
        self._ear, self._bell = socket.socketpair()
        for end in (self._ear, self._bell):
            end.setblocking(False)
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._threads = ThreadPoolExecutor(CONNECTING_AT_ONCE, thread_name_prefix="smtp-connect")
        self._arriving: list[tuple[Route, Future[smtplib.SMTP]]] = []

    @property
    def takes_8bit(self) -> bool:
        """Whether every server we talk to takes bytes above 127."""
        return all(channel.dialogue.offers.eight_bit for channel in self.channels)

    @property
    def is_crowded(self) -> bool:
        """Whether any relay has too many."""
        return any(self.has_too_many(route) for route in self.routes)

    def has_too_many(self, route: Route) -> bool:
        """Whether more connections are open than are allowed by now, in all or to this relay."""
        return len(self.channels) > self.limit or route.open > route.allowed

    def allow(self, limit: int, of_relay: Callable[[str], int]) -> None:
        """So many connections from now on: in all, and to each relay by its name."""
        self.limit = limit
        for route in self.routes:
            route.allowed = of_relay(route.relay.name)

    @property
    def is_down(self) -> bool:
        """Whether nobody is left to talk to."""
        return not self.channels and not self._arriving and all(route.down for route in self.routes)

    @property
    def why_down(self) -> str:
        return "; ".join(route.down for route in self.routes if route.down)

    # --- opening ---------------------------------------------------------------------------------

    def another_may(self, route: Route, take: Callable[[Offers], bool]) -> bool:
        """Whether a server of another relay can take what one of this cannot, or one that is being connected
        to may turn out to."""
        return any(other.opening for other in self.routes if other is not route) or any(
            take(channel.dialogue.offers) for channel in self.channels if channel.route is not route
        )

    def grow(self, wanted: int) -> None:
        """Open connections until there are that many, or as many as are allowed."""
        missing = min(wanted, self.limit) - len(self.channels) - len(self._arriving)
        for _ in range(missing):
            route = self._next_route()
            if route is None:
                return
            route.opening += 1
            future: Future[smtplib.SMTP] = self._threads.submit(
                connect, route.relay, self._local_name, self._timeouts.connect
            )
            self._arriving.append((route, future))
            future.add_done_callback(lambda _done: self.wake())

    def _next_route(self) -> Route | None:
        """The relay that has the least of its share."""
        usable = [route for route in self.routes if route.has_room]
        return min(
            usable, key=lambda route: (route.open + route.opening + 1) / route.relay.weight, default=None
        )

    def arrivals(self) -> None:
        """Take the connections that were made; note the relays that do not answer."""
        waiting: list[tuple[Route, Future[smtplib.SMTP]]] = []
        for route, future in self._arriving:
            if not future.done():
                waiting.append((route, future))
                continue
            route.opening -= 1
            try:
                channel: Channel[T] = Channel(route, future.result(), self._timeouts)
            except Down as error:
                self.refused(route, str(error))
            else:
                route.open += 1
                self.channels.append(channel)
                self._selector.register(channel, selectors.EVENT_READ, channel)
        self._arriving = waiting

    def refused(self, route: Route, why: str) -> None:
        """The relay sent a connection away."""
        if route.open:
            route.takes = route.open  # it works, but takes no more of us
        else:
            route.down = why

    # --- watching --------------------------------------------------------------------------------

    def wake(self) -> None:
        """Let `poll` return now; after the end nobody listens."""
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def poll(self, seconds: float) -> tuple[list[Channel[T]], list[Channel[T]]]:
        """Wait for servers that spoke, and servers that take more."""
        readable: list[Channel[T]] = []
        writable: list[Channel[T]] = []
        for key, events in self._selector.select(seconds):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    self._ear.recv(4096)
                continue
            if events & selectors.EVENT_READ:
                readable.append(key.data)
            else:
                writable.append(key.data)
        return readable, writable

    def watch(self, channel: Channel[T]) -> None:
        """Hear of the channel when it takes more, as long as something waits to be written."""
        blocked = channel.is_blocked
        if blocked != channel.watched_for_writing:
            channel.watched_for_writing = blocked
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if blocked else 0)
            self._selector.modify(channel, events, channel)

    def silent(self) -> Sequence[tuple[Channel[T], str]]:
        """Channels whose servers were silent for too long, and what was waited for."""
        return [(channel, silence) for channel in self.channels if (silence := channel.silence)]

    # --- closing ---------------------------------------------------------------------------------

    def drop(self, channel: Channel[T], *, politely: bool = False) -> None:
        """End a connection."""
        self._selector.unregister(channel)
        self.channels.remove(channel)
        channel.route.open -= 1
        if politely:
            channel.quit()
        else:
            channel.abort()

    def lost(self, route: Route, why: str) -> None:
        """One more of the relay's connections broke before a message was decided."""
        route.losses += 1
        if route.losses >= LOSSES_TO_STOP:
            route.down = f"{route.relay.name}: {why}"

    def close(self) -> None:
        """Say goodbye everywhere."""
        for channel in list(self.channels):
            self.drop(channel, politely=True)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for _, future in self._arriving:
            future.add_done_callback(_hang_up)
        self._selector.close()
        self._ear.close()
        self._bell.close()


def _hang_up(future: Future[smtplib.SMTP]) -> None:
    """A connection that came too late."""
    if not future.cancelled() and future.exception() is None:
        future.result().close()
