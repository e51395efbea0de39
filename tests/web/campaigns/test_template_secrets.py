"""Hostile copy through every door of the writing desk: nothing of the house comes out, nothing goes out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from campaign import config
from campaign.compose.document import Part
from campaign.db import Database
from campaign.lab.sink import Sink, running
from campaign.models import Contact
from tests.campaigns.helpers import good_copy
from tests.compose.escapes import BOMBS, ESCAPES
from tests.web.campaigns.conftest import Desk, Rows
from tests.web.campaigns.test_write import HTMX, saved, typed

ENVIRONMENT, KEY, OTHER = "canary-of-the-environment", "canary-of-the-secret-key", "canary@other.example"
WRITE, LINT = "/messages/1/write?language=vi", "/messages/1/lint?language=vi"
LOOKS = (
    WRITE,
    "/messages/1/documents/email?language=vi&contact=1",
    "/messages/1/documents/letter?language=vi&contact=1",
    "/messages/1/check",
)
PLACES = ("body", "hook", "salutation", "closing", "postscript", "subject", "preheader", "action")
# an application a group: making one takes longer than trying one of them
GROUPS = 3
SERVER_ERROR = 500
# ten times what all the answers to one of them take
SECONDS = 20.0


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        server.bodies = []
        yield server


@pytest.fixture
def settings(sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    monkeypatch.setenv("CAMPAIGN_CANARY", ENVIRONMENT)
    monkeypatch.setenv("CAMPAIGN_SECRET_KEY", KEY)
    return config.load(
        {"CAMPAIGN_STATE_DIR": str(tmp_path / "state"), "SMTP_URL": f"smtp://127.0.0.1:{sink.port}"}
    )


@pytest.fixture
def mai(desk: Desk, database: Database) -> FlaskClient:
    """Mai looks at the message as the first of two contacts; the canary is the second one's address."""
    with database.write() as db:
        db.execute(update(Contact).where(Contact.id == 2).values(email=OTHER, email_key=OTHER))
    return desk("mai")


@pytest.fixture
def secrets(database: Database, settings: config.Settings) -> list[str]:
    url = database.url.render_as_string(hide_password=False)
    return [ENVIRONMENT, KEY, OTHER, url, str(settings.secret_key)]


def answers(mai: FlaskClient, rows: Rows, source: str, place: str) -> Iterator[tuple[str, int, str]]:
    """Saved, linted, looked at in every view, sent to oneself: where, status, what came back."""
    words = typed(good_copy(), base=saved(rows), **{place: source})
    answer = mai.post(LINT, data=words, headers=HTMX)
    yield LINT, answer.status_code, answer.text
    answer = mai.post(WRITE, data=words)
    assert answer.status_code == 303
    assert saved(rows).text(Part(place)) == source
    for look in LOOKS:
        answer = mai.get(look)
        yield look, answer.status_code, answer.get_data().decode("utf-8", "replace")
    answer = mai.post("/messages/1/test-send?language=vi", data={"contact": "1"}, follow_redirects=True)
    yield "test send", answer.status_code, answer.text


def test_the_harmless_message_is_shown_and_sent(
    mai: FlaskClient, rows: Rows, sink: Sink, secrets: list[str]
) -> None:
    """So that the silence of the others says something."""
    for where, status, text in answers(mai, rows, "Kính gửi {{ contact.full_name }},", "salutation"):
        assert status == 200, where
        assert not any(secret in text for secret in secrets), where
    assert len(sink.accepted) == 1


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_way_out_leads_anywhere(
    mai: FlaskClient, rows: Rows, sink: Sink, secrets: list[str], group: int
) -> None:
    for number, source in enumerate(ESCAPES[group::GROUPS]):
        place = PLACES[number % len(PLACES)]
        for where, status, text in answers(mai, rows, source, place):
            assert status < SERVER_ERROR, (where, source)
            assert not any(secret in text for secret in secrets), (where, source)
    assert sink.accepted == []


@pytest.mark.parametrize("group", range(GROUPS))
def test_what_would_use_up_the_machine_is_refused(
    mai: FlaskClient, rows: Rows, sink: Sink, secrets: list[str], group: int
) -> None:
    for name in list(BOMBS)[group::GROUPS]:
        begun = time.process_time()
        for where, status, text in answers(mai, rows, BOMBS[name], "body"):
            assert status < SERVER_ERROR, (where, name)
            assert not any(secret in text for secret in secrets), (where, name)
        assert time.process_time() - begun < SECONDS, name
    assert sink.accepted == []
