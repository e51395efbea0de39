"""`campaign segment export NAME --reason …`: people leave by file or screen, never without a reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.cli import EXIT_NO, EXIT_USAGE
from campaign.contacts.csv_safe import BOM
from campaign.db import Database
from campaign.models import AuditEntry
from tests.cli.test_segment_exchange import house, run  # noqa: F401 (a fixture)
from tests.factories import make_contact


@pytest.fixture
def shop(house: dict[str, str]) -> dict[str, str]:  # noqa: F811 (that fixture)
    database = Database(house["DATABASE_URL"])
    with database.write() as db:
        make_contact(db, full_name="+84 Lan", tags=["vip"])
        make_contact(db, full_name="Người khác")
    database.close()
    return house


def entries(house: dict[str, str]) -> list[dict]:  # noqa: F811
    database = Database(house["DATABASE_URL"])
    with database.read() as db:
        found = db.scalars(select(AuditEntry).where(AuditEntry.action == "export.recipients"))
        kept = [entry.detail | {"noun": entry.noun} for entry in found]
    database.close()
    return kept


def test_people_leave_with_a_reason(shop: dict[str, str], tmp_path: Path) -> None:
    done = run(shop, "export", "Khách quen", "--reason", "cho nhà in")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix(BOM))))
    assert [row["full_name"] for row in rows] == ["'+84 Lan"]
    file = tmp_path / "people.csv"
    done = run(shop, "export", "Khách quen", "--people", "--reason", "cho nhà in", "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert "1 people" in done.stderr
    assert "'+84 Lan" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    of_segment = {"reason": "cho nhà in", "by": "command line", "noun": "segment"}
    assert entries(shop) == [
        of_segment | {"file": "standard output"}, of_segment | {"file": "people.csv"},
    ]  # fmt: skip


def test_no_people_without_a_reason_and_over_no_file(shop: dict[str, str], tmp_path: Path) -> None:
    for without in (("--people",), ("--reason", "  ")):
        done = run(shop, "export", "Khách quen", *without)
        assert done.returncode == EXIT_USAGE
        assert "--reason" in done.stderr
        assert done.stdout == ""
    there = tmp_path / "there.csv"
    there.write_text("mine", encoding="utf-8")
    done = run(shop, "export", "Khách quen", "--reason", "x", "--output", str(there))
    assert done.returncode == EXIT_USAGE
    assert there.read_text(encoding="utf-8") == "mine"
    gone = tmp_path / "gone.csv"
    done = run(shop, "export", "Nhầm", "--reason", "x", "--output", str(gone))
    assert done.returncode == EXIT_USAGE
    assert "campaign segment list" in done.stderr
    assert not gone.exists()
    assert entries(shop) == []


def test_without_people_it_is_the_rule(shop: dict[str, str]) -> None:
    done = run(shop, "export", "Khách quen")
    assert '"campaign-segment"' in done.stdout
    assert done.returncode != EXIT_NO
    assert entries(shop) == []
