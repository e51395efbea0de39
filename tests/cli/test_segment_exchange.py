"""`campaign segment export|import`, as a person or a script calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.cli import EXIT_NO, EXIT_USAGE
from campaign.db import Database
from campaign.models import Role
from tests.factories import make_account, make_segment


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "campaign.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    database = Database(url)
    with database.write() as db:
        make_account(db, Role.ADMIN)
        make_segment(db, name="Khách quen", rule={"type": "tag", "tag": "vip"})
    database.close()
    return {**os.environ, "CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": url}


def run(house: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", "segment", *arguments],
        env=house, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_out_and_in_again(house: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    done = run(house, "export", "Khách quen", "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_text(encoding="utf-8"))["name"] == "Khách quen"
    taken = run(house, "import", str(file), "--json")
    assert (taken.returncode, json.loads(taken.stdout)["error"]) == (EXIT_NO, "segments-error-name-taken")
    kept = run(house, "import", str(file), "--name", "Bản sao", "--json")
    assert json.loads(kept.stdout) == {
        "segment": "Bản sao", "says": "Customers who bear the tag “vip”.", "kept": True,
    }  # fmt: skip
    assert "Bản sao" in run(house, "list").stdout
    assert run(house, "export", "Nhầm").returncode == EXIT_USAGE


def test_a_wrong_file_is_told_with_its_place(house: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    made = {"format": "campaign-segment", "version": 1, "name": "x", "rule": {"type": "sql"}}
    file.write_text(json.dumps(made), encoding="utf-8")
    refused = run(house, "import", str(file), "--check", "--json")
    told = json.loads(refused.stdout)
    assert (refused.returncode, told["place"]) == (EXIT_NO, "rule.type")
    assert "A condition is wrong" in told["says"]
    assert "rule.type" in run(house, "import", str(file)).stderr
