"""The small office behind a running application; `desk("mai")` is a browser of Mai's, signed in by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, Campaign, Message
from campaign.web.unit import SESSION_COOKIE
from tests.campaigns.helpers import Office

Desk = Callable[[str], FlaskClient]


@pytest.fixture
def office(database: Database) -> Office:
    """A complete draft by Mai, committed."""
    with database.write() as db:
        made = Office(db, utc_now() - timedelta(hours=1))
        made.campaign(utc_now() - timedelta(hours=1), channels="both")
    return made


@pytest.fixture
def desk(app: Flask, database: Database, office: Office) -> Desk:
    def sit_down(name: str) -> FlaskClient:
        with database.write() as db:
            token = sessions.start(db, db.get_one(Account, office.people[name].id), utc_now())
        client = app.test_client()
        client.set_cookie(SESSION_COOKIE, token)
        return client

    return sit_down


class Rows:
    """The rows as they are in the database now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def campaign(self) -> Campaign:
        with self._database.read() as db:
            return db.get_one(Campaign, 1)

    @property
    def message(self) -> Message:
        return self.campaign.message


@pytest.fixture
def rows(database: Database, office: Office) -> Rows:
    return Rows(database)
