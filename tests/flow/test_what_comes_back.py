"""The way back on real parts: mail out by SMTP into the mailbox, people act over HTTP and LMTP, and what
they did stands in the numbers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign import config
from campaign.care import answer
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.devmail.reading import read as take_apart
from campaign.devmail.store import Mailbox
from campaign.dispatch import control, send
from campaign.lab.bench_company import make_company
from campaign.lab.people import habit_of
from campaign.lab.recipients import Recipients
from campaign.links import Signer
from campaign.models import Channel, InboundMail, InboundState, Reply, Role, Suppression
from campaign.processes import web_command
from campaign.report import numbers
from tests.care.test_inbox import make_reply
from tests.factories import make_account
from tests.sockets import free_port, wait_for_port
from workers.inbound import read

RECIPIENTS = 150


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    ports = {name: free_port() for name in ("CAMPAIGN_PORT", "CAMPAIGN_MAILBOX_PORT", "CAMPAIGN_LMTP_PORT")}
    return config.load(
        {name: str(port) for name, port in ports.items()}
        | {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": f"unix://{tmp_path}/nobody.sock",
        }
    )


@pytest.fixture
def servers(settings: Settings) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The web application, the mailbox and the intake as processes of their own."""
    environ = os.environ | {
        "CAMPAIGN_STATE_DIR": str(settings.state_dir),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "CAMPAIGN_PORT": str(settings.web_port),
        "CAMPAIGN_MAILBOX_PORT": str(settings.mailbox_port),
        "CAMPAIGN_LMTP_PORT": str(settings.lmtp_port),
        "CAMPAIGN_SECRET_KEY": settings.secret_key.decode(),
    }
    commands = [
        web_command(settings),
        (sys.executable, "-m", "campaign.devmail"),
        (sys.executable, "-m", "campaign.inbound.lmtp"),
    ]
    started = [subprocess.Popen(command, env=environ) for command in commands]
    for port in (settings.web_port, settings.mailbox_port, settings.lmtp_port):
        wait_for_port(port)
    yield started
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        process.wait(300)


def send_mailing(database: Database, settings: Settings) -> int:
    """A signed mailing to everybody, sent a minute ago as far as the rows say."""
    now = utc_now() - timedelta(minutes=1)
    with database.write() as db:
        mailing = make_company(db, RECIPIENTS, now)
        control.start(db, mailing, now)
        mailing_id = mailing.id
    send.run_email_lane(database, settings, mailing_id, clock=lambda: now)
    return mailing_id


def test_what_people_do_stands_in_the_numbers(
    database: Database, settings: Settings, servers: list[subprocess.Popen[bytes]]
) -> None:
    mailing_id = send_mailing(database, settings)
    mails = Mailbox(settings.mailbox_dir).summaries()
    assert len(mails) == RECIPIENTS
    done = Recipients(replace(settings, demo=True)).act(utc_now() + timedelta(seconds=10))
    assert done.mails == RECIPIENTS

    # an orderly end of the web server writes the last hits down
    servers[0].send_signal(signal.SIGTERM)
    assert servers[0].wait(300) == 0

    with database.read() as db:
        waiting = list(db.scalars(select(InboundMail.id)))
    for mail_id in waiting:
        read(database, Signer(settings.secret_key), mail_id)

    habits = [habit_of(mail.recipients[0]) for mail in mails]
    with database.read() as db:
        counted = numbers.of_mailing(db, mailing_id).channels[Channel.EMAIL]
        replies = list(db.scalars(select(Reply)))
        suppressed = len(db.scalars(select(Suppression)).all())
        assert set(db.scalars(select(InboundMail.state))) == {InboundState.PARSED}
    hard = sum(habit.bounces == "5.1.1" for habit in habits)
    assert counted.sent == RECIPIENTS
    assert counted.opened == sum(habit.opens for habit in habits)
    assert counted.opened_by_machine == sum(habit.scanned and not habit.opens for habit in habits)
    assert counted.clicked == sum(habit.clicks for habit in habits)
    assert counted.bounced == sum(bool(habit.bounces) for habit in habits)
    assert counted.replied == len(replies) == sum(habit.replies for habit in habits)
    assert counted.unsubscribed == sum(habit.unsubscribes for habit in habits)
    assert counted.complained == sum(habit.complains for habit in habits)
    left = sum(habit.unsubscribes or habit.complains for habit in habits)
    assert suppressed == hard + left
    assert counted.opened > 60
    assert counted.replied > 3
    assert all(reply.delivery_id and "> " not in reply.text for reply in replies)


def test_a_click_leads_where_the_author_said(
    database: Database, settings: Settings, servers: list[subprocess.Popen[bytes]]
) -> None:
    send_mailing(database, settings)
    mailbox = Mailbox(settings.mailbox_dir)
    raw = mailbox.get(mailbox.summaries()[0].id).raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    links = take_apart(mailbox.get(mailbox.summaries()[0].id)).links
    tracked = next(link for link in links if "/c/" in link)

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as redirect:
        urllib.request.build_opener(Stay).open(tracked)
    assert redirect.value.code == 302
    assert redirect.value.headers["Location"].startswith("https://")
    redirect.value.close()
    with pytest.raises(urllib.error.HTTPError) as redirect:
        urllib.request.build_opener(Stay).open(tracked[:-2] + ("AA" if tracked[-2:] != "AA" else "BB"))
    assert redirect.value.code == 404
    redirect.value.close()


def test_an_answer_reaches_the_customer_as_one_thread(
    database: Database, settings: Settings, servers: list[subprocess.Popen[bytes]]
) -> None:
    with database.write() as db:
        clerk = make_account(db, Role.CARE)
        mailing_id = answer.answer(db, make_reply(db), "Dạ vâng, mai em giao ạ.", clerk, utc_now()).id
    send.run_email_lane(database, settings, mailing_id, clock=utc_now)
    mailbox = Mailbox(settings.mailbox_dir)
    (sent,) = mailbox.summaries()
    assert (sent.recipients, sent.subject) == (("an@example.com",), "Re: Trà xuân")
    reading = take_apart(mailbox.get(sent.id))
    assert reading.headers["in-reply-to"] == "<their.id@example.com>"
    assert "Dạ vâng, mai em giao ạ." in reading.text
    assert "list-unsubscribe" not in reading.headers
