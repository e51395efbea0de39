"""Runs an aiosmtpd protocol until a signal says stop; shared by the LMTP intake and the mailbox."""

from __future__ import annotations

import asyncio
import errno
import signal
from collections.abc import Callable

from campaign.errors import SetupError

# open connections are left to finish for at most this long after the signal
GRACE_SECONDS = 2.0

Factory = Callable[[], asyncio.Protocol]


async def serve(
    factory: Factory, host: str, port: int, what: str, ready: Callable[[], None] | None = None
) -> None:
    """Listen on host and port until SIGTERM or SIGINT. SetupError when the port is taken."""
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(factory, host, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise SetupError(f"Port {port} on {host} is taken; {what} cannot start there.") from error
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if ready is not None:
        ready()
    await stop.wait()
    server.close()
    await _let_finish()


async def _let_finish() -> None:
    """Wait a moment for sessions that are in the middle of a mail; cancel what is left."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=GRACE_SECONDS)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
