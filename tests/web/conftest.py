"""An application of the test's own, and browsers that are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign import config
from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Role
from campaign.queue import Queues, connect
from campaign.watch import probes, relays
from campaign.watch.monitor import KEEP_SECONDS, Monitor
from campaign.web import create_app, health, unit
from campaign.web.unit import SESSION_COOKIE
from tests import people

SignedIn = Callable[..., FlaskClient]
# how long a probe has
PATIENCE_SECONDS = 60


class ReadingClient(FlaskClient):
    """Reads each answer to its end, as servers do: a download that nobody reads keeps its session open."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> Any:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes counts, however busy the machine; that what hangs is a no has tests of its own."""
    for asks in (probes, relays, health):
        monkeypatch.setattr(asks, "ASK_SECONDS", PATIENCE_SECONDS)
    monkeypatch.setattr(Monitor.__init__, "__defaults__", (KEEP_SECONDS, PATIENCE_SECONDS))


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.load({"CAMPAIGN_STATE_DIR": str(tmp_path / "state")})


@pytest.fixture
def app(settings: config.Settings, database: Database) -> Iterator[Flask]:
    """The application on this test's database; forms need no token (what proves them has its own test)."""
    made = create_app(settings, database, Queues(connect(settings)))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made.test_client_class = ReadingClient
    yield made
    # hits that still wait are written now, not into the next test's rows
    made.extensions["campaign-tracking"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, database: Database) -> SignedIn:
    """`signed_in(Role.CARE, Role.ADMIN)` gives a browser of a new person with these roles."""

    def sign_in(*roles: Role, language: str = "vi") -> FlaskClient:
        with database.write() as db:
            account = people.make_account(db, *roles, language=language)
            token = sessions.start(db, account, utc_now())
        client = app.test_client()
        client.set_cookie(SESSION_COOKIE, token)
        return client

    return sign_in


class HeldClock:
    """The present moment of every request: it stands until the test moves it, however slow the machine."""

    def __init__(self) -> None:
        self.moment = utc_now()

    def __call__(self) -> datetime:
        return self.moment

    def goes_on(self, **by: float) -> None:
        """`goes_on(seconds=2)`: what comes next happens so much later."""
        self.moment += timedelta(**by)


@pytest.fixture
def held_clock(monkeypatch: pytest.MonkeyPatch) -> HeldClock:
    """For tests of waits and of codes that count for half a minute."""
    clock = HeldClock()
    monkeypatch.setattr(unit, "utc_now", clock)
    return clock
