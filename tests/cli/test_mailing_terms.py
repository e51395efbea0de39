"""`campaign mailing terms` and `choose` from the outside: what holds, who changed it, what is refused."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import logs
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.cli import main
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account, AuditEntry, Campaign, MessageEdit, MessageVariant, Trial
from tests.campaigns.test_trials import office_with, started
from tests.factories import make_account


class Runs(Protocol):
    def __call__(self, *words: str) -> tuple[int, dict[str, Any], str]: ...


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def run(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Runs:
    """`campaign mailing`, in this process: its exit code, what it said for programs, and for people."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")  # nobody there: the beat would ring
    monkeypatch.setattr(logs, "set_up", lambda: None)  # the tests have their own log

    def act(*words: str) -> tuple[int, dict[str, Any], str]:
        monkeypatch.setattr(sys, "argv", ["campaign", "mailing", *words])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        last = said.out.splitlines()[-1] if said.out else ""  # before it a log that is not set up writes
        found = json.loads(last) if last.startswith("{") else {"text": said.out}
        return code, found, said.err

    return act


def test_a_test_and_a_hold_out_are_chosen_and_shown(
    database: Database, db: Session, now: datetime, run: Runs
) -> None:
    office = office_with(db, now, people=4)
    marketer = db.get_one(Account, office.made.account_id)
    nobody = make_account(db, email="clerk@example.com")
    db.commit()
    number, me = str(office.made.id), marketer.email

    code, found, _ = run("terms", number, "--json")
    assert (code, found["trial"], found["hold_out"]) == (0, None, 0)
    code, found, words = run(
        "terms", office.made.name, "--as", me, "--share", "30", "--measure", "click",
        "--default", "b", "--hold-out", "10", "--json",
    )  # fmt: skip
    assert code == 0, words
    assert found["trial"] == {
        "arms": ["a", "b"], "share": 30, "measure": "click", "hours": 24, "default": "b",
    }  # fmt: skip
    assert found["hold_out"] == 10
    # what is not named stays
    found = run("terms", number, "--as", me, "--default", "person", "--json")[1]
    assert found["trial"]["default"] == "person"
    assert (found["trial"]["share"], found["hold_out"]) == (30, 10)
    code, _, words = run("terms", number, "--as", me, "--share", "99")
    assert code == 1
    assert "5" in words
    code, _, words = run("terms", number, "--hold-out", "5")
    assert (code, "--as" in words) == (2, True)
    code, _, words = run("terms", number, "--hold-out", "5", "--as", nobody.email)
    assert (code, "marketer" in words) == (1, True)
    assert run("terms", number, "--hold-out", "5", "--as", "x@example.com")[0] == 2
    assert run("terms", "no such campaign")[0] == 2
    text = str(run("terms", number)[1]["text"])
    assert "measure    click" in text
    found = run("terms", number, "--as", me, "--no-trial", "--hold-out", "0", "--json")[1]
    assert (found["trial"], found["hold_out"]) == (None, 0)
    with database.read() as fresh:
        assert fresh.get_one(Campaign, office.made.id).terms == {}
        arms = fresh.scalars(select(MessageVariant.arm)).all()
        assert "b" in arms, "the words of a test that was given up stay"
        edits = fresh.scalars(select(MessageEdit).where(MessageEdit.part == "terms")).all()
        assert {edit.account_id for edit in edits} == {marketer.id}
        actors = select(AuditEntry.actor_id).where(AuditEntry.action == "campaign.terms")
        assert fresh.scalars(actors).all() == [marketer.id] * 3


def test_later_additions_have_a_last_day(database: Database, db: Session, now: datetime, run: Runs) -> None:
    office = office_with(db, now, people=2)
    me = db.get_one(Account, office.made.account_id).email
    db.commit()
    number = str(office.made.id)
    run("terms", number, "--as", me, "--added-until", "2100-01-31")
    assert run("terms", number, "--json")[1]["added_until"] == "2100-01-31"
    assert run("terms", number, "--as", me, "--added-until", "soon")[0] == 2
    assert run("terms", number, "--as", me, "--added-until", "1999-01-01")[0] == 1
    found = run("terms", number, "--as", me, "--added-until", "none", "--json")[1]
    assert found["added_until"] is None


def test_what_is_being_sent_keeps_its_terms_and_a_person_decides_its_test(
    database: Database, db: Session, now: datetime, run: Runs
) -> None:
    office = office_with(db, now, people=6)
    me = db.get_one(Account, office.made.account_id).email
    mailing = started(office, SendingTerms(trial=TrialTerms(share=50)), now)
    db.commit()
    code, _, words = run("terms", str(office.made.id), "--as", me, "--hold-out", "5")
    assert code == 1
    assert words
    number = str(mailing.id)
    assert run("choose", number, "c")[0] == 1, "the test has two versions"
    code, found, _ = run("choose", number, "B", "--json")
    assert (code, found["winner"]) == (0, "b")
    assert run("choose", number, "a")[0] == 1
    assert run("choose", "999", "a")[0] == 2
    with database.read() as fresh:
        assert fresh.scalars(select(Trial.winner)).all() == ["b"]
