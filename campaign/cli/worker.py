"""`campaign worker`: one worker on one queue."""

from __future__ import annotations

import os
import sys

import click

from campaign.queue import QueueName


@click.command()
@click.argument("queue", type=click.Choice([name.value for name in QueueName]))
def command(queue: str) -> None:
    """One worker on one queue, until SIGTERM. Start as many as there are cores."""
    argv = (sys.executable, "-m", "workers", queue)
    os.execv(argv[0], argv)  # noqa: S606 (workers stand above this package; they take this process's place)
