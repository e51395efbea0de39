"""`campaign web`: the web application alone."""

from __future__ import annotations

import os

import click

from campaign import config, processes
from campaign.cli.opening import opened


@click.command()
def command() -> None:
    """The web application alone, on CAMPAIGN_HOST and CAMPAIGN_PORT."""
    settings = config.load()
    with opened():
        pass
    argv = processes.web_command(settings)
    os.environ.update(processes.WEB_ENVIRONMENT)
    os.execv(argv[0], argv)  # noqa: S606 (our own program; it takes this process's place and its signals)
