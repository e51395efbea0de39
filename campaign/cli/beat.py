"""`campaign beat`: the clock."""

from __future__ import annotations

import click

from campaign import beat, config, logs


@click.command()
def command() -> None:
    """The clock: schedules, sweeps, rings. One is enough; a second one waits for its turn."""
    logs.set_up()
    beat.run(config.load())
