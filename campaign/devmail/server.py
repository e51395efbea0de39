"""The development mailbox's SMTP side: takes every mail and sends none on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiosmtpd.smtp import SMTP

from campaign import clock
from campaign.devmail.store import Mailbox
from campaign.inbound.limits import MAX_BYTES
from campaign.inbound.lmtp import null_sender


class Keeper:
    """aiosmtpd's handler: 250 after the file is on the disk."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        # in this thread: files are small, and the order of the index is the order of arrival
        self._mailbox.add(
            null_sender(envelope.mail_from), envelope.rcpt_tos, envelope.original_content, clock.utc_now()
        )
        return "250 2.0.0 Kept"


def factory(mailbox: Mailbox) -> Callable[[], SMTP]:
    """Makes one SMTP session a connection; its product must be called inside the running loop."""
    keeper = Keeper(mailbox)
    return lambda: SMTP(
        keeper,
        data_size_limit=MAX_BYTES,
        enable_SMTPUTF8=True,
        ident="Campaign mailbox",
        hostname="localhost",
        loop=asyncio.get_running_loop(),
    )
