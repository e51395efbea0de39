"""`campaign report` as a person and as a machine read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.cli import group
from campaign.db import Database
from campaign.errors import NotFound
from campaign.models import EventKind
from tests.factories import make_delivery
from tests.report.test_numbers import happen, make_campaign


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    with database.write() as db:
        campaign, mailing = make_campaign(db)
        for _ in range(3):
            delivery = make_delivery(db, mailing)
        happen(db, delivery.id, EventKind.CLICK)

    def invoke(which: str, *arguments: str) -> Result:
        return CliRunner().invoke(group, ["report", which or str(campaign.id), *arguments])

    return invoke


def test_json(run) -> None:  # type: ignore[no-untyped-def]
    facts = json.loads(run("", "--json").output)
    assert facts["name"] == "Trà xuân"
    assert facts["channels"]["email"]["clicked"] == 1
    assert (facts["people"], facts["responded"]) == (3, 1)


def test_by_name_for_a_person(run) -> None:  # type: ignore[no-untyped-def]
    shown = run("Trà xuân").output
    assert "1 of 3 people responded" in shown
    assert "33.3%" in shown


def test_csv(run) -> None:  # type: ignore[no-untyped-def]
    lines = run("", "--csv", "--reason", "for the printer").output.splitlines()
    assert len(lines) == 4
    assert lines[0].lstrip("\ufeff").startswith("customer_code,name,channel")


def test_no_such_campaign(run) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(run("4711").exception, NotFound)
