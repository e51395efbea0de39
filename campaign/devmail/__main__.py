"""`python -m campaign.devmail`: the development mailbox until a signal says stop."""

from __future__ import annotations

import asyncio
import sys

from campaign import config
from campaign.devmail.server import factory
from campaign.devmail.store import Mailbox
from campaign.errors import CampaignError
from campaign.inbound.serve import serve


def main() -> None:
    settings = config.load()
    port = settings.mailbox_port
    try:
        asyncio.run(serve(factory(Mailbox(settings.mailbox_dir)), "127.0.0.1", port, "the mailbox"))
    except CampaignError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the supervisor shows it)
        sys.exit(2)


if __name__ == "__main__":
    main()
