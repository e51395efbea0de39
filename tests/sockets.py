"""Ports for servers that tests start."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from campaign.processes import free_port

__all__ = ["closed_port", "free_port", "stop", "wait_for_port"]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port that refuses: it is taken, and nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def wait_for_port(port: int, seconds: float = 300) -> None:
    """Until something listens there."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def stop(controller: Controller, seconds: float = 10) -> None:
    """Stop a server of aiosmtpd when the last client has gone: it leaves open what is under way, and that
    would be held against whichever test runs when it is collected."""
    end = time.monotonic() + seconds
    while asyncio.all_tasks(controller.loop) and time.monotonic() < end:
        time.sleep(0.01)
    controller.stop()
