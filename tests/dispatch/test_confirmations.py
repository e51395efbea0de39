"""The mail of a double opt-in, as a real server gets it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.orm import Session

from campaign import config
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import consent, domains, suppression
from campaign.contacts.opt_in import confirming, importing, waiting
from campaign.db import Database
from campaign.dispatch import confirmations, single
from campaign.lab.sink import Sink, running
from campaign.links import Signer
from campaign.models import (
    Channel,
    ConsentForm,
    ConsentPurpose,
    Contact,
    OptIn,
    OptInState,
    Sender,
    SuppressionReason,
)
from campaign.queue import JOB_TIMEOUT_SECONDS, Job
from tests.contacts.test_opt_in import Person, ask, make_form
from tests.factories import make_contact, make_sender


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    server.bodies = []
    with running(server):
        yield server


@pytest.fixture
def settings(tmp_path: Path, database: Database, sink: Sink) -> Settings:
    return config.load(
        {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "CAMPAIGN_SECRET_KEY": "confirm",
            "CAMPAIGN_BASE_URL": "https://thu.example.com",
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": f"unix://{tmp_path}/nobody.sock",
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
        }
    )


def make_asked(database: Database, **facts: object) -> OptIn:
    with database.write() as db:
        row = ask(db, make_form(db, utc_now()), utc_now(), **facts)  # type: ignore[arg-type]
        assert row is not None
        return row


def mails(sink: Sink) -> list[EmailMessage]:
    assert sink.bodies is not None
    return [cast("EmailMessage", message_from_bytes(body, policy=policy.default)) for body in sink.bodies]


def state(database: Database, row: OptIn) -> OptInState:
    with database.read() as db:
        return db.get_one(OptIn, row.id).state


def test_one_mail_with_a_link_that_grants(database: Database, settings: Settings, sink: Sink) -> None:
    row = make_asked(database, name="Ai\r\nBcc: x@example.com https://evil.example")
    assert confirmations.send(database, settings, row.id, utc_now())
    assert not confirmations.send(database, settings, row.id, utc_now())
    (mail,) = mails(sink)
    assert mail["To"] == "lan@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "Xin xác nhận địa chỉ thư của quý khách"
    assert mail["List-Unsubscribe"] is None
    assert mail["Bcc"] is None
    body = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert body is not None
    assert html is not None
    for text in (body.get_content(), html.get_content()):
        assert "evil.example" not in text, "a stranger mails no words of theirs through us"
        assert row.asks["wording"][:30] in text.replace("\n", " ")
    link = next(line for line in body.get_content().splitlines() if "/k/" in line)
    token = link.strip().rpartition("/k/")[2]
    assert link.strip().startswith("https://thu.example.com/k/")
    with database.write() as db:
        found = confirming.find(db, Signer(settings.secret_key), token)
        assert found is not None
        assert found.state is OptInState.SENT
        assert confirming.confirm(db, found, network="x", now=utc_now()) is confirming.Standing.DONE


@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_the_mail_speaks_the_readers_language(
    database: Database, settings: Settings, sink: Sink, language: str
) -> None:
    with database.write() as db:
        sender = make_sender(db)
        contact = make_contact(db, email="lan@example.com", language=language)
        ask_people(db, sender, contact)
        row_id = waiting.due(db, utc_now())[0]
    assert confirmations.send(database, settings, row_id, utc_now())
    subject = mails(sink)[0]["Subject"]
    assert {"vi": "Quý khách", "en": "Would you", "zh": "您想"}[language] in subject


def ask_people(db: Session, sender: Sender, *people: Contact) -> None:
    importing.ask(
        db, [Person(one) for one in people], import_id=None, sender_id=sender.id,
        purposes=[ConsentPurpose.MARKETING], terms=consent.Terms("Tôi đồng ý nhận thư."), now=utc_now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "sent"),
    [
        (SuppressionReason.UNSUBSCRIBED, True),
        (SuppressionReason.REQUESTED, True),
        (SuppressionReason.BOUNCED, False),
        (SuppressionReason.COMPLAINED, False),
    ],
)
def test_who_may_be_asked(
    database: Database, settings: Settings, sink: Sink, reason: SuppressionReason, sent: bool
) -> None:
    row = make_asked(database)
    with database.write() as db:
        suppression.suppress(db, Channel.EMAIL, "lan@example.com", reason, source="x", now=utc_now())
    assert confirmations.send(database, settings, row.id, utc_now()) is sent
    assert state(database, row) is (OptInState.SENT if sent else OptInState.CLOSED)
    assert len(mails(sink)) == sent


def test_a_files_people_are_not_asked_against_any_no(
    database: Database, settings: Settings, sink: Sink
) -> None:
    with database.write() as db:
        sender = make_sender(db)
        people = [make_contact(db, email=f"a{number}@x{number}.example.com") for number in range(2)]
        ask_people(db, sender, *people)
        suppression.suppress(
            db, Channel.EMAIL, people[0].email_key, SuppressionReason.UNSUBSCRIBED, source="x", now=utc_now()
        )
        domains.suppress(db, "x1.example.com", reason="x", account=None, now=utc_now())
        due = waiting.due(db, utc_now())
    assert [confirmations.send(database, settings, row_id, utc_now()) for row_id in due] == [False, False]
    assert mails(sink) == []


def test_a_server_that_refuses_is_asked_again_later(
    database: Database, settings: Settings, sink: Sink
) -> None:
    row = make_asked(database)
    sink.faults = lambda phase, to: "451 4.3.0 later" if phase == "rcpt" else None
    now = utc_now()
    assert not confirmations.send(database, settings, row.id, now)
    assert not confirmations.send(database, settings, row.id, now)
    sink.faults = lambda phase, to: None
    assert confirmations.send(database, settings, row.id, now + waiting.AGAIN_AFTER * 2)
    assert len(mails(sink)) == 1


def test_a_server_is_not_asked_when_the_job_has_no_time_left(
    database: Database, settings: Settings, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_asked(database)
    too_little = single.ASIDE_SECONDS + confirmations.TIMEOUTS.dot + 1
    monkeypatch.setitem(JOB_TIMEOUT_SECONDS, Job.CONFIRMATION, too_little)
    assert not confirmations.send(database, settings, row.id, utc_now())
    assert sink.connections == 0


def test_a_form_closed_since_still_answers_who_asked(
    database: Database, settings: Settings, sink: Sink
) -> None:
    row = make_asked(database)
    with database.write() as db:
        for form in db.query(ConsentForm):
            form.active = False
    assert confirmations.send(database, settings, row.id, utc_now())
