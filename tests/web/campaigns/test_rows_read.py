"""Pages of a campaign read as many rows of a large house as of a small one, and count where questions end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update

from campaign.approval import checklist
from campaign.campaigns import life, moments
from campaign.clock import utc_now
from campaign.contacts import spread
from campaign.db import Database
from campaign.models import Account, AudienceCheck, Campaign, CheckState, Contact, Submission
from campaign.segments import asking
from tests.campaigns.helpers import Office, make_contact
from tests.factories import make_contact as make_somebody
from tests.web.campaigns.conftest import Desk

MORE = 300
PAGES = (
    "/campaigns/1/send",
    "/campaigns/1/whom",
    "/messages/1/write",
    "/messages/1/sheet?language=vi",
    "/review/1",
)
# no question is answered in so short a time
NO_TIME = 1e-9


class Counted:
    """How many rows the database gave out."""

    rows = 0


@contextmanager
def counted(database: Database) -> Iterator[Counted]:
    """All rows that come over connections of this database, whoever fetches them."""
    count = Counted()

    def on_sqlite(_cursor: Any, row: Any) -> Any:
        count.rows += 1
        return row

    def made(connection: Any, *_: Any) -> None:
        if database.is_sqlite:
            connection.row_factory = on_sqlite

    def let_go(connection: Any, *_: Any) -> None:
        if database.is_sqlite:
            connection.row_factory = None

    def executed(_connection: Any, cursor: Any, *_: Any) -> None:
        if not database.is_sqlite:
            count.rows += max(cursor.rowcount, 0)

    event.listen(database.engine, "checkout", made)
    event.listen(database.engine, "checkin", let_go)
    event.listen(database.engine, "after_cursor_execute", executed)
    try:
        yield count
    finally:
        event.remove(database.engine, "checkout", made)
        event.remove(database.engine, "checkin", let_go)
        event.remove(database.engine, "after_cursor_execute", executed)


def rows_of(database: Database, client: FlaskClient, page: str) -> int:
    assert client.get(page).status_code == 200  # what is kept from page to page is there
    with counted(database) as count:
        assert client.get(page).status_code == 200
    assert count.rows
    return count.rows


@pytest.fixture
def signed(database: Database, office: Office) -> None:
    with database.write() as db:
        campaign, now = db.get_one(Campaign, 1), utc_now()
        submission = life.submit(db, campaign, db.get_one(Account, office.people["mai"].id), now)
        reviewer = db.get_one(Account, office.people["tam"].id)
        life.approve(db, submission, reviewer, now, ticked=checklist.QUESTIONS)


def join(database: Database, office: Office, count: int) -> None:
    with database.write() as db:
        first = 100 + (db.scalar(select(func.count(Contact.id))) or 0)
        for number in range(count):
            make_contact(db, office.sender, first + number, utc_now())


@pytest.mark.usefixtures("signed")
def test_no_page_reads_a_row_for_each_contact(database: Database, office: Office, desk: Desk) -> None:
    join(database, office, 20)  # as many as a page shows at most
    clients = {page: desk("tam" if page.startswith("/review") else "mai") for page in PAGES}
    before = {page: rows_of(database, client, page) for page, client in clients.items()}
    join(database, office, MORE)
    after = {page: rows_of(database, client, page) for page, client in clients.items()}
    assert after == before


@pytest.mark.usefixtures("signed")
def test_nor_the_page_of_what_was_sent(database: Database, office: Office, desk: Desk) -> None:
    with database.write() as db:
        campaign = db.get_one(Campaign, 1)
        life.start(db, campaign, db.get_one(Account, office.people["mai"].id), utc_now())
    pages = ("/campaigns/1/send", "/campaigns/1/added")
    before = {page: rows_of(database, desk("mai"), page) for page in pages}
    join(database, office, MORE)
    after = {page: rows_of(database, desk("mai"), page) for page in pages}
    assert after == before
    assert str(MORE) in desk("mai").get("/campaigns/1/added").get_data(as_text=True)


def test_zones_of_many_are_those_of_some(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as db:
        for _ in range(40):
            make_somebody(db)
        db.execute(update(Contact).values(time_zone="Asia/Ho_Chi_Minh"))
        db.execute(update(Contact).where(Contact.id % 3 == 0).values(time_zone="Europe/Berlin"))
        monkeypatch.setattr(spread, "LOOKED_AT", 10)
        some = spread.numbers(db)
        assert some is not None
        assert len(some) <= 10
        assert moments.zones(db, "UTC") == ["UTC", "Asia/Ho_Chi_Minh", "Europe/Berlin"]
        nobody_asked = [number for number in range(1, 41) if number not in some]
        db.execute(update(Contact).where(Contact.id.in_(nobody_asked)).values(time_zone="Asia/Tokyo"))
        assert "Asia/Tokyo" not in moments.zones(db, "UTC"), "only those that are looked at are read"
        monkeypatch.setattr(spread, "LOOKED_AT", 1_000)
        assert "Asia/Tokyo" in moments.zones(db, "UTC"), "of few all are read"


@pytest.fixture
def hurried(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite no question is answered in time: the clock is looked at after the first step. (How PostgreSQL
    stops a question is tested where questions are asked.)"""
    if database.is_sqlite:
        house = app.extensions["campaign"]
        hurried = replace(house, settings=replace(house.settings, segments_seconds=NO_TIME))
        monkeypatch.setitem(app.extensions, "campaign", hurried)
        monkeypatch.setattr(asking, "STEPS", 1)


@pytest.mark.usefixtures("hurried")
def test_a_count_that_takes_too_long_is_stopped_and_the_page_says_so(database: Database, desk: Desk) -> None:
    page = desk("mai").get("/campaigns/1/whom")
    assert page.status_code == 200
    assert ("đã được dừng" in page.get_data(as_text=True)) == database.is_sqlite


@pytest.mark.usefixtures("hurried")
def test_the_editor_is_there_without_people_to_look_at(desk: Desk) -> None:
    assert desk("mai").get("/messages/1/write").status_code == 200


@pytest.mark.usefixtures("hurried")
def test_who_cannot_be_counted_in_time_is_read_in_the_background(database: Database, desk: Desk) -> None:
    desk("mai").post("/messages/1/sign-off")
    with database.read() as db:
        in_background = db.scalars(select(AudienceCheck.state)).all() == [CheckState.FREEZING]
        assert in_background == database.is_sqlite
        assert bool(db.scalars(select(Submission.id)).all()) != database.is_sqlite
