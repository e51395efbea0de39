"""`campaign beat`: the clock."""

from __future__ import annotations

import click

from campaign import config, logs
from campaign.beat import process


@click.command()
def command() -> None:
    """The clock: schedules, sweeps, rings. One is enough; a second one waits for its turn."""
    logs.set_up()
    process.run(config.load())
