"""`campaign segment exam`, as a person or a script calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.cli import EXIT_USAGE
from campaign.db import Database
from tests.factories import make_contact, make_segment


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    """An installation with one segment of one person, and no sender yet."""
    (tmp_path / "campaign.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    database = Database(url)
    with database.write() as db:
        make_contact(db, tags=["vip"])
        make_segment(db, name="Khách quen", rule={"type": "tag", "tag": "vip"})
    database.close()
    return {**os.environ, "CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": url}


def run(house: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", "segment", "exam", *arguments],
        env=house, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_json_and_sentences(house: dict[str, str]) -> None:
    done = run(house, "Khách quen", "--json")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert (facts["segment"], facts["verdict"]) == ("Khách quen", "fails")
    assert {name: one["verdict"] for name, one in facts["criteria"].items()} == {
        "measurable": "passes",
        "stable": "unknown",
        "identifiable": "unknown",
        "different": "unknown",
        "serviceable": "fails",
    }
    said = run(house, "Khách quen")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Khách quen: Do not send yet. Mend this first: serviceable.")
    assert "Khoan hãy gửi" in run(house, "Khách quen", "--language", "vi").stdout


def test_what_is_not_there(house: dict[str, str]) -> None:
    assert "There is no segment 'Nhầm'" in run(house, "Nhầm").stderr
    assert run(house, "Nhầm").returncode == EXIT_USAGE
    assert run(house, "Khách quen", "--sender", "Nhầm").returncode == EXIT_USAGE
