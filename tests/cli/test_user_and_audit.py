"""`campaign user` and `campaign audit`, as a person and as a machine use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from campaign.cli import group
from campaign.db import Database
from campaign.errors import CampaignError, InvalidInput, Refused

Run = Callable[..., Result]
PASSWORD = "trà sen mùa hạ\n"


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))

    def invoke(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(group, arguments, input=typed)

    return invoke


def _add(run: Run, email: str = "an@example.com", *roles: str) -> Result:
    given = [part for role in roles or ("admin",) for part in ("--role", role)]
    return run("user", "add", email, "--name", "Phạm Quốc Ân", *given, typed=PASSWORD)


def test_a_person_is_added_listed_and_changed(run: Run) -> None:
    assert _add(run).exit_code == 0
    assert _add(run, "ha@example.com", "reviewer", "care").exit_code == 0
    people = json.loads(run("user", "list", "--json").stdout)
    assert [(person["email"], person["roles"]) for person in people] == [
        ("an@example.com", ["admin"]),
        ("ha@example.com", ["care", "reviewer"]),
    ]
    assert run("user", "set-roles", "ha@example.com", "reviewer").exit_code == 0
    assert run("user", "set-password", "ha@example.com", typed="một câu khác hẳn\n").exit_code == 0
    assert run("user", "deactivate", "ha@example.com").exit_code == 0
    assert "(deactivated)" in run("user", "list").stdout


def test_what_is_refused_raises_for_the_entry_point(run: Run) -> None:
    short = run("user", "add", "an@example.com", "--name", "Ân", "--role", "admin", typed="ngắn\n")
    assert isinstance(short.exception, InvalidInput)
    _add(run)
    assert isinstance(run("user", "deactivate", "an@example.com").exception, Refused)
    assert isinstance(run("user", "deactivate", "ai-do@example.com").exception, CampaignError)
    assert run("user", "set-roles", "an@example.com", "king").exit_code == 2


def test_the_log_is_listed_and_verified(run: Run, database: Database) -> None:
    _add(run)
    lines = [json.loads(line) for line in run("audit", "list", "--json").stdout.splitlines()]
    assert [line["action"] for line in lines] == ["account.created"]
    assert run("audit", "list", "--action", "sender.").stdout == ""
    assert json.loads(run("audit", "verify", "--json").stdout) == {"whole": True, "entries": 1}
    with database.write() as db:
        if database.is_sqlite:
            db.execute(text("DROP TRIGGER audit_entry_no_update"))
        else:
            db.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        db.execute(text("UPDATE audit_entry SET actor = 'ai đó'"))
        if not database.is_sqlite:
            db.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
    broken = run("audit", "verify", "--json")
    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["broken_at"] == 1
