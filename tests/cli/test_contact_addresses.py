"""`campaign contact addresses`, as a script calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from campaign.db import Database
from tests.factories import make_contact


def test_addresses_are_counted_by_kind(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "campaign.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    database = Database(url)
    with database.write() as db:
        for province in ("Hà Nội", "TP.HCM", "binh duong", "BRVT", "Biên Hoà", "Biên Hoà", "Huế "):
            make_contact(db, province=province)
        make_contact(db, province="Hà Nội", district="Quận Ba Đình")
        make_contact(db, province="", street="", ward="", form_of_address="")
        make_contact(db, province="Berlin", country="DE")
    database.close()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "campaign.cli", "contact", "addresses", *arguments],
            env={**os.environ, "CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": url},
            capture_output=True, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip

    told = run("--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {
        "new": 3, "old": 3, "unknown": 2, "renamed": 2, "none": 1, "abroad": 1,
        "unknown_provinces": [{"province": "Biên Hoà", "contacts": 2}], "without_form_of_address": 1,
    }  # fmt: skip
    said = run().stdout
    assert "3 are of before July 2025, 2 of them with a province that is gone" in said
    assert "not known: Biên Hoà (2)" in said
