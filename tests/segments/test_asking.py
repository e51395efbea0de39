"""Where rules are asked nothing can be written, and a question has an end."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from campaign import config
from campaign.config import Settings
from campaign.db import Database
from campaign.errors import SetupError
from campaign.segments.asking import TooLong, asking

# counts to a number that no machine reaches in the time
FOREVER = text(
    "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) "
    "SELECT count(*) FROM n"
)
NO_END = 600
ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)}), segments_seconds=0.2)


def test_nothing_is_written(database: Database, settings: Settings) -> None:
    with pytest.raises(DBAPIError), asking(database, settings) as db:
        db.execute(text("DELETE FROM contact"))
    with database.write() as db:  # the connection is what it was
        db.execute(text("DELETE FROM contact"))


def test_a_question_that_takes_too_long_is_stopped_and_the_connection_serves_again(
    database: Database, settings: Settings
) -> None:
    with pytest.raises(TooLong) as refused, asking(database, settings) as db:
        db.execute(FOREVER)
    assert refused.value.values == {"seconds": 0.2}
    with database.write() as db:
        assert db.scalar(text("SELECT 1")) == 1
    with asking(database, replace(settings, segments_seconds=NO_END)) as db:
        assert db.scalar(text("SELECT 1")) == 1


def test_nobody_waits_for_a_long_question(database: Database, settings: Settings) -> None:
    with asking(database, settings) as db:
        db.scalar(text("SELECT count(*) FROM contact"))
        with database.write() as other:
            other.execute(text("DELETE FROM contact"))


def test_a_newer_question_of_the_same_tab_stops_the_older_one(database: Database, settings: Settings) -> None:
    patient = replace(settings, segments_seconds=NO_END)
    asked = threading.Event()

    def older() -> None:
        with pytest.raises(TooLong), asking(database, patient, tab="a" * 16) as db:  # noqa: PT012
            asked.set()
            db.execute(FOREVER)

    thread = threading.Thread(target=older)
    thread.start()
    asked.wait()
    while thread.is_alive() and not _is_running(database):
        time.sleep(0.05)
    with asking(database, patient, tab="b" * 16) as db:
        assert db.scalar(text("SELECT 1")) == 1
    assert thread.is_alive()  # another tab's question is none of its business
    with asking(database, patient, tab="a" * 16) as db:
        assert db.scalar(text("SELECT 1")) == 1
    thread.join()


ASK = """
import sys, dataclasses
from campaign import config
from campaign.db import Database
from campaign.segments.asking import TooLong, asking
from tests.segments.test_asking import FOREVER, NO_END
url, state, redis = sys.argv[1:]
settings = config.load({"CAMPAIGN_STATE_DIR": state, "REDIS_URL": redis})
settings = dataclasses.replace(settings, segments_seconds=NO_END)
try:
    with asking(Database(url), settings, tab="c" * 16) as db:
        print("asking", flush=True)
        db.execute(FOREVER)
except TooLong:
    print("stopped")
"""


def test_a_newer_question_in_another_process_stops_the_older_one(
    database: Database, settings: Settings, redis_url: str, tmp_path: Path
) -> None:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", ASK, url, str(tmp_path), redis_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as older:
        assert older.stdout is not None
        assert older.stdout.readline() == "asking\n"
        patient = replace(settings, segments_seconds=NO_END, redis_url=redis_url)
        with asking(database, patient, tab="d" * 16) as db:  # of another tab
            assert db.scalar(text("SELECT 1")) == 1
        assert older.poll() is None
        with asking(database, patient, tab="c" * 16) as db:
            assert db.scalar(text("SELECT 1")) == 1
        # it is told again and again, so it need not have begun
        assert older.stdout.read() == "stopped\n"
    assert older.returncode == 0


def _is_running(database: Database) -> bool:
    """PostgreSQL stops only a statement that it works on already; SQLite remembers."""
    if database.is_sqlite:
        return True
    begun = (
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'WITH RECURSIVE n(i)%'"
    )
    with database.read() as db:
        return bool(db.scalar(text(begun)))


def test_settings_of_counting_are_checked(tmp_path: Path) -> None:
    there = {"CAMPAIGN_STATE_DIR": str(tmp_path)}
    url = "postgresql://reader@db/campaign"
    made = config.load(there | {"CAMPAIGN_SEGMENTS_SECONDS": "5", "CAMPAIGN_SEGMENTS_DATABASE_URL": url})
    assert (made.segments_seconds, made.segments_database_url) == (5, url)
    assert url not in repr(made)
    for wrong in (
        {"CAMPAIGN_SEGMENTS_SECONDS": "0"}, {"CAMPAIGN_SEGMENTS_SECONDS": "x"},
        {"CAMPAIGN_SEGMENTS_DATABASE_URL": "sqlite:///x"},
    ):  # fmt: skip
        with pytest.raises(SetupError):
            config.load(there | wrong)
