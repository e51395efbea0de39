"""Mails of the house: one a person and occasion, in their language, never twice, never in the way."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from campaign import config
from campaign.campaigns import life
from campaign.db import Database
from campaign.dispatch import notices, single
from campaign.dispatch.transports import smtp
from campaign.lab.sink import Sink, running
from campaign.models import Account, Notice, NoticeKind
from tests.campaigns.helpers import Office
from tests.conftest import NOW
from tests.sockets import closed_port, free_port, stop


class Box:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope) -> str:
        self.mails.append(envelope.content)
        return "250 kept"


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    given = {"CAMPAIGN_STATE_DIR": str(tmp_path), "SMTP_URL": f"smtp://127.0.0.1:{free_port()}"}
    return config.load(given)


@pytest.fixture
def notice(database: Database) -> int:
    """Tam is told that Mai submitted a letter."""
    with database.write() as db:
        office = Office(db, NOW)
        office.campaign(NOW)
        life.submit(db, office.made, office.account("mai"), NOW, "Gấp nhé")
        wanted = select(Notice.id).where(Notice.account_id == office.account("tam").id)
        return db.scalars(wanted).one()


def test_it_arrives_once_and_says_what_waits(
    database: Database, settings: config.Settings, notice: int
) -> None:
    box = Box()
    server = Controller(box, hostname="127.0.0.1", port=int(settings.smtp_url.rpartition(":")[2]))
    server.start()
    try:
        assert notices.send(database, settings, notice, NOW)
        assert not notices.send(database, settings, notice, NOW + timedelta(hours=1))
    finally:
        stop(server)
    (raw,) = box.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Subject"] == "Chờ anh/chị duyệt: Ấm trà tháng Ba"
    assert mail["To"] == "Tam <tam@example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert "Gấp nhé" in text
    assert f"{settings.base_url}/review/1" in text


def test_a_server_that_is_down_costs_a_try_and_nothing_else(
    database: Database, settings: config.Settings, notice: int
) -> None:
    with closed_port() as port:
        away = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        assert not notices.send(database, away, notice, NOW)
    with database.read() as db:
        row = db.get_one(Notice, notice)
        assert (row.tries, row.sent_at) == (1, None)


@pytest.mark.parametrize(
    ("phase", "answer"), [("mail", "451 4.3.0 later"), ("rcpt", "550 5.1.1 nobody"), ("dot", "554 5.7.1 no")]
)
def test_a_server_that_refuses_leaves_no_socket_open(
    database: Database,
    settings: config.Settings,
    notice: int,
    phase: str,
    answer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[smtp.Connection] = []
    opened = single.Connection

    def kept(*given: Any) -> smtp.Connection:
        """The same, held on to: nobody else closes it."""
        made.append(opened(*given))
        return made[-1]

    monkeypatch.setattr(single, "Connection", kept)
    with running(Sink()) as sink:
        sink.faults = lambda now, _to: answer if now == phase else None
        refusing = replace(settings, smtp_url=f"smtp://127.0.0.1:{sink.port}")
        assert not notices.send(database, refusing, notice, NOW)
        assert _open_to(sink.port) == 0
        assert len(made) == 1


def _open_to(port: int) -> int:
    """Descriptors of this process that are connections to that port."""
    found = 0
    for path in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(
            OSError, TypeError, IndexError
        ):  # gone meanwhile, or a socket of another kind
            if path.is_socket():
                with socket.socket(fileno=os.dup(int(path.name))) as link:
                    found += link.getpeername()[1] == port
    return found


def test_switched_off_none_is_sent(database: Database, settings: config.Settings, notice: int) -> None:
    assert not notices.send(database, replace(settings, notices=False), notice, NOW)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["submitted", "signed", "sent_back", "proposed"])
def test_every_kind_has_its_words(
    database: Database, settings: config.Settings, notice: int, kind: str, language: str
) -> None:
    with database.write() as db:
        row = db.get_one(Notice, notice)
        row.kind = kind
        db.get_one(Account, row.account_id).language = language
        db.flush()
        db.refresh(row)
        mail = notices.compose(db, settings, row, NOW)
    assert mail is not None
    assert b"http" in mail.body


@pytest.mark.parametrize("kind", [NoticeKind.MISSED, NoticeKind.UNDECIDED])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_campaign_that_waits_for_a_decision_is_a_mail_with_the_way_to_its_page(
    database: Database, settings: config.Settings, notice: int, kind: NoticeKind, language: str
) -> None:
    with database.write() as db:
        row = db.get_one(Notice, notice)
        row.kind = kind
        db.get_one(Account, row.account_id).language = language
        db.flush()
        mail = notices.compose(db, settings, row, NOW)
    assert mail is not None
    read = message_from_bytes(mail.body, policy=policy.default)
    assert "Ấm trà tháng Ba" in str(read["Subject"])
    assert f"{settings.base_url}/campaigns/1/send" in read.get_content()
