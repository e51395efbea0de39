"""The LMTP intake (RFC 2033): `python -m campaign.inbound.lmtp`.

A mail server hands over replies and bounces here. A mail is committed to the database before 250 is said,
for after that nobody else keeps it; while the database is away the answer is 451 and the server keeps it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from campaign import clock, config
from campaign.db import Database
from campaign.errors import CampaignError
from campaign.inbound import intake, limits
from campaign.inbound.serve import serve
from campaign.queue import Job, Queues, connect

log = structlog.get_logger()
STORED = "250 2.0.0 Stored"
AWAY = "451 4.3.0 The database is away; keep it and try again"
TOO_MANY = "452 4.5.3 Too many recipients"
# a mail to more of our addresses than this is no reply
MAX_RECIPIENTS = 50


class Intake:
    """aiosmtpd's handler. One answer for each recipient, as LMTP wants."""

    def __init__(self, database: Database, ring: Callable[[int], None]) -> None:
        self._database = database
        self._ring = ring

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        raw = bytes(envelope.original_content)
        answers = [
            await asyncio.to_thread(self._store, raw, null_sender(envelope.mail_from), recipient)
            for recipient in envelope.rcpt_tos
        ]
        return "\r\n".join(answers)

    def _store(self, raw: bytes, envelope_from: str, envelope_to: str) -> str:
        try:
            with self._database.write() as db:
                mail_id = intake.store(db, raw, envelope_from, envelope_to, clock.utc_now()).id
        except SQLAlchemyError as error:
            log.error("inbound_not_stored", to=envelope_to, error=str(error))
            return AWAY
        self._ring(mail_id)
        return STORED


def null_sender(mail_from: str | None) -> str:
    """aiosmtpd gives the null reverse-path of bounces as `<>`; here it is empty."""
    return "" if mail_from in (None, "<>") else str(mail_from)


def factory(handler: Intake) -> Callable[[], LMTP]:
    """Makes one LMTP session a connection; must be called inside the running loop."""
    return lambda: LMTP(
        handler,
        data_size_limit=limits.MAX_BYTES,
        enable_SMTPUTF8=True,
        ident="Campaign LMTP",
        hostname="localhost",
        loop=asyncio.get_running_loop(),
    )


def ringer(queues: Queues) -> Callable[[int], None]:
    """Rings the worker; a lost ring is made up for by the beat."""

    def ring(mail_id: int) -> None:
        try:
            queues.ring(Job.INBOUND, mail_id)
        except RedisError as error:
            log.warning("ring_lost", inbound_mail=mail_id, error=str(error))

    return ring


def main() -> None:
    settings = config.load()
    database = Database(settings.database_url)
    handler = Intake(database, ringer(Queues(connect(settings))))
    try:
        asyncio.run(serve(factory(handler), settings.lmtp_host, settings.lmtp_port, "the LMTP intake"))
    except CampaignError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the supervisor shows it)
        sys.exit(2)
    finally:
        database.close()


if __name__ == "__main__":
    main()
