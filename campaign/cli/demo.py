"""`campaign demo`: the whole system with a small company's data."""

from __future__ import annotations

import os

import click

from campaign import clock, config, supervisor
from campaign.accounts.demo import LOGINS, PASSWORD
from campaign.config import Settings
from campaign.lab import demo


@click.command()
@click.option("--reset", is_flag=True, help="Forget the demo's data and stop; the next start begins anew.")
def command(reset: bool) -> None:
    """The whole system with a small company's data, in the browser; Ctrl-C stops it.

    \b
    The first start fills var/ with a tea house in Hà Nội and its customers, and sends one campaign to the
    development mailbox, where simulated people open, click, answer, bounce and unsubscribe. The next start
    goes on with the same data. Nothing leaves this machine.
    """
    os.environ["CAMPAIGN_DEMO"] = "1"  # the children read it too
    settings = config.load()
    if reset:
        with supervisor.only_one(settings):
            demo.forget(settings)
        click.echo("The demo's data is gone. Start over with: make demo")
        return

    def prepare() -> None:
        click.echo("Preparing the demo's company ...")
        if demo.fill(settings, clock.utc_now()):
            click.echo("A tea house in Hà Nội and its customers are in place.")
        else:
            click.echo("Going on with the data of last time (make demo-reset starts over).")

    supervisor.up(
        settings, extra=demo.households(settings), prepare=prepare, on_ready=lambda: _welcome(settings)
    )


def _welcome(settings: Settings) -> None:
    lines = [f"  {'/'.join(login.roles):<9} {login.email:<18} {login.name}" for login in LOGINS]
    click.echo(
        f"\n  Campaign is ready: {settings.base_url}\n\n"
        + "\n".join(lines)
        + f"\n\n  The password of all four: {PASSWORD}\n  Ctrl-C stops everything.\n"
    )
