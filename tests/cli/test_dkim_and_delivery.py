"""`campaign dkim` and `campaign delivery` on an installation of their own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign import cli, config, migrations
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, send
from campaign.dispatch.dkim import dns
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import Contact, Delivery


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    database = Database(config.load().database_url)
    migrations.upgrade(database)
    return database


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.group, arguments)


def test_a_key_from_the_command_line(installation: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No keys" in run("dkim", "list").output
    made = json.loads(run("dkim", "new", "example.com", "--algorithm", "ed25519", "--json").output)
    assert made["state"] == "new"
    assert made["record"].startswith("v=DKIM1; k=ed25519; p=")
    name = (made["domain"], made["selector"])
    assert made["record"] in run("dkim", "record", *name).output
    monkeypatch.setattr(dns, "texts", lambda _name: [])
    assert run("dkim", "activate", *name).exception is not None
    monkeypatch.setattr(dns, "texts", lambda _name: [made["record"]])
    assert json.loads(run("dkim", "activate", *name, "--json").output)["state"] == "active"
    assert "retired" in run("dkim", "retire", *name).output
    assert [key["state"] for key in json.loads(run("dkim", "list", "--json").output)] == ["retired"]
    installation.close()


def test_a_delivery_from_the_command_line(installation: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.write() as db:
        mailing = make_company(db, 1, utc_now())
        control.start(db, mailing, utc_now())
        mailing_id = mailing.id
    with running(Sink()) as sink:
        sink.bodies = []
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{sink.port}")
        send.run_email_lane(installation, config.load(), mailing_id, clock=utc_now)
    with installation.read() as db:
        row = db.query(Delivery).one()
    shown = run("delivery", "show", str(row.id))
    assert (shown.exit_code, "exactly what was sent" in shown.output) == (0, True)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in shown.output
    raw = run("delivery", "show", str(row.id), "--raw")
    assert raw.stdout_bytes == sink.bodies[0]
    facts = json.loads(run("delivery", "show", str(row.id), "--json").output)
    assert facts["verdict"] == "exact"
    assert facts["sha256"] == hashlib.sha256(sink.bodies[0]).hexdigest()
    with installation.write() as db:
        db.get_one(Contact, row.contact_id).erased_at = utc_now()
    gone = run("delivery", "show", str(row.id), "--json")
    assert gone.exit_code == 1
    facts = json.loads(gone.output)
    assert (facts["verdict"], facts["message"], facts["address"]) == ("erased", None, None)
    installation.close()
