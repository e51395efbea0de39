"""`campaign demo`: fill an empty installation once, and forget it on request."""

from __future__ import annotations

import shutil
from datetime import datetime

from campaign.accounts import people
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch.print_letters import Press
from campaign.errors import SetupError
from campaign.lab import seed, told
from campaign.links import Addresses, Signer
from campaign.processes import Program, python_module
from campaign.storage import FileStore

# what `--reset` may delete; anything else in the state folder is somebody's
OURS = (
    "campaign.db",
    "campaign.db-wal",
    "campaign.db-shm",
    "appendonlydir",
    "dump.rdb",
    "valkey.sock",
    "valkey.log",
    "mailbox",
    "files",
)


def fill(settings: Settings, now: datetime) -> bool:
    """Seed the database unless somebody works in it already; says whether it did."""
    database = Database(settings.database_url)
    try:
        with database.write() as db:
            if people.anybody(db):
                return False
            seeded = seed.seed(db, now)
        addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
        press = Press(database, FileStore(settings.files_dir), addresses, lambda: now)
        told.story(press, seeded, now)
        return True
    finally:
        database.close()


def forget(settings: Settings) -> None:
    """Delete the demo's data; SetupError when it does not lie in files of this folder."""
    if not settings.database_url.startswith("sqlite") or not settings.redis_embedded:
        raise SetupError(
            "The demo's data lies on servers of yours (DATABASE_URL, REDIS_URL); empty those yourself."
        )
    for name in OURS:
        path = settings.state_dir / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def households(settings: Settings) -> list[Program]:
    """The program of the simulated people."""
    return [Program("people", python_module("campaign.lab.households"))] if settings.mailbox_port else []
