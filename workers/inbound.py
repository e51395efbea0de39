"""Job: read one stored mail."""

from __future__ import annotations

import structlog

from campaign import clock, config
from campaign.db import Database
from campaign.inbound import process
from campaign.links import Signer

log = structlog.get_logger()


def process_mail(mail_id: int) -> None:
    """Read and act on it; whatever is in it, the worker goes on."""
    settings = config.load()
    database = Database(settings.database_url)
    try:
        read(database, Signer(settings.secret_key), mail_id)
    finally:
        database.close()


def read(database: Database, signer: Signer, mail_id: int) -> None:
    """Three transactions: count the attempt, act, or note the failure."""
    with database.write() as db:
        if not process.begin(db, mail_id):
            return
    try:
        with database.write() as db:
            process.process(db, signer, mail_id, clock.utc_now())
    except Exception as error:  # noqa: BLE001 (hostile mail raises anything; it is noted and shelved)
        log.warning("inbound_failed", inbound_mail=mail_id, error=repr(error)[:300])
        with database.write() as db:
            process.fail(db, mail_id, error)
