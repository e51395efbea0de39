"""`campaign up`: everything this machine needs, under one supervisor."""

from __future__ import annotations

import click

from campaign import config, supervisor


@click.command()
def command() -> None:
    """Start everything this machine needs; Ctrl-C stops it.

    \b
    Queue server (unless REDIS_URL is set), web pages, workers, beat, incoming replies and, unless SMTP_URL
    is set, the development mailbox. State lies in var/ (CAMPAIGN_STATE_DIR).
    """
    settings = config.load()

    def ready() -> None:
        click.echo(f"\n  Campaign is ready: {settings.base_url}\n")

    supervisor.up(settings, on_ready=ready)
