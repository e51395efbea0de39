"""A test to oneself goes through real SMTP, is audited, and is counted nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign import config
from campaign.db import Database
from campaign.lab.sink import Sink, running
from campaign.models import AuditEntry, Delivery, Mailing
from tests.web.campaigns.conftest import Desk
from tests.web.campaigns.test_write import good_copy, typed

URL = "/messages/1/test-send?language=vi"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        server.bodies = []
        yield server


@pytest.fixture
def settings(sink: Sink, tmp_path: Path) -> config.Settings:
    return config.load(
        {"CAMPAIGN_STATE_DIR": str(tmp_path / "state"), "SMTP_URL": f"smtp://127.0.0.1:{sink.port}"}
    )


def test_it_arrives_as_the_chosen_recipient_would_see_it(desk: Desk, database: Database, sink: Sink) -> None:
    assert desk("mai").post(URL, data={"contact": "1"}).status_code == 303
    assert [mail.recipient for mail in sink.accepted] == ["mai@example.com"]
    mail = message_from_bytes(sink.bodies[0])
    assert str(make_header(decode_header(mail["Subject"]))).startswith("[Thử] [QC] Tiết kiệm 30%")
    words = b"".join(part.get_payload(decode=True) or b"" for part in mail.walk()).decode()
    assert "Nguyễn Thị Lan 0" in words
    with database.read() as db:
        assert "message.test_sent" in db.scalars(select(AuditEntry.action)).all()
        assert db.scalars(select(Mailing)).all() == db.scalars(select(Delivery)).all() == []


def test_hostile_words_are_not_sent(desk: Desk, database: Database, sink: Sink) -> None:
    client = desk("mai")
    client.post("/messages/1/write?language=vi", data=typed(good_copy(), hook="{{ ''.__class__ }}"))
    assert client.post(URL, data={"contact": "1"}).status_code == 303
    assert "Chưa gửi thử được" in client.get("/messages/1/write").text
    assert sink.accepted == []


def test_a_silent_server_is_said_and_nothing_is_audited(
    desk: Desk, database: Database, app: object, settings: config.Settings
) -> None:
    object.__setattr__(settings, "smtp_url", "smtp://127.0.0.1:9")
    client = desk("mai")
    assert client.post(URL, data={"contact": "1"}).status_code == 303
    assert "Chưa gửi thử được" in client.get("/messages/1/write").text
    with database.read() as db:
        assert "message.test_sent" not in db.scalars(select(AuditEntry.action)).all()
