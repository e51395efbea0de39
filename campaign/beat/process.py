"""The beat as a program: rounds until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time

import structlog
from sqlalchemy.exc import OperationalError

from campaign.beat.rounds import Beat
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.queue import Queues, connect

log = structlog.get_logger()

EVERY_SECONDS = 2.0
# between two rounds it looks this often whether limits were changed: what rests for them is woken within
# `waking.SETTLE_SECONDS` and this
LOOK_SECONDS = 0.25


def run(settings: Settings) -> None:
    """Rounds until SIGTERM or SIGINT."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    database = Database(settings.database_url)
    beat = Beat(settings, database, Queues(connect(settings)), stop.is_set)
    while not stop.is_set():
        try:
            beat.round(utc_now())
        except OperationalError as error:
            log.warning("no_database", why=str(error.orig))
        if not beat.has_more:
            rest(beat, stop)
    database.close()


def rest(beat: Beat, stop: threading.Event) -> None:
    """Until the next round is due; changed limits do not wait for it."""
    until = time.monotonic() + EVERY_SECONDS
    while time.monotonic() < until and not stop.wait(LOOK_SECONDS):
        try:
            beat.hasten(utc_now())
        except OperationalError:  # the round will say so
            continue
