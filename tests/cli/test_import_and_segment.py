"""`campaign import` and `campaign segment`, as a person or a script calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from campaign.db import Database
from campaign.models import AuditEntry, Contact, OrderStatistics
from tests.factories import make_contact, make_order, make_segment, make_sender

CONTENT = "Họ tên,E-mail\nLan,lan@example.com\nHoa,hỏng\n"


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    """An installation of its own: the environment a command runs in."""
    (tmp_path / "campaign.db").write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'campaign.db'}")
    with database.write() as db:
        make_sender(db, name="Trà Sen")
        make_segment(db, name="Khách quen", rule={"type": "tag", "tag": "vip"})
    database.close()
    (tmp_path / "khach.csv").write_text(CONTENT, encoding="utf-8")
    return {
        **os.environ,
        "CAMPAIGN_STATE_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'campaign.db'}",
    }


def run(house: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", *arguments],
        env=house, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def names(house: dict[str, str]) -> list[str]:
    database = Database(house["DATABASE_URL"])
    with database.read() as db:
        found = [contact.full_name for contact in db.query(Contact)]
    database.close()
    return found


def test_an_import_says_what_it_did_and_exits_1_for_refused_rows(
    house: dict[str, str], tmp_path: Path
) -> None:
    file = str(tmp_path / "khach.csv")
    tried = run(house, "import", file, "--source", "hội chợ", "--dry-run", "--json")
    assert tried.returncode == 1, tried.stderr
    assert json.loads(tried.stdout) | {"refusals": []} == {
        "dry_run": True, "rows": 2, "created": 1, "changed": 0, "merged": 0, "unchanged": 0, "refused": 1,
        "consents": 0, "kept_silent": 0, "suppressed": 0, "refusals": [],
    }  # fmt: skip
    assert names(house) == []

    done = run(
        house, "import", file, "--source", "hội chợ", "--refused", str(tmp_path / "refused.csv"),
        "--reason", "to mend them",
        "--consent-sender", "Trà Sen", "--consent-wording", "Tôi đồng ý", "--consent-by", "Hương",
        "--consent-on", "2026-03-01",
    )  # fmt: skip
    assert done.returncode == 1
    assert "2 rows: 1 created, 0 changed, 0 merged, 0 unchanged, 1 refused." in done.stdout
    assert "1 consents recorded" in done.stdout
    assert "row 3: “hỏng” is not an e-mail address" in done.stdout
    assert names(house) == ["Lan"]
    assert "Hoa" in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")
    database = Database(house["DATABASE_URL"])
    with database.read() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "export.refused")).one()
        assert (entry.detail["reason"], entry.detail["file"]) == ("to mend them", "refused.csv")
    database.close()


def test_refused_rows_leave_with_a_reason_or_not_at_all(house: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "refused.csv"
    common = ("import", str(tmp_path / "khach.csv"), "--source", "hội chợ", "--refused", str(out))
    for arguments in (common, (*common, "--reason", "  ")):
        failed = run(house, *arguments)
        assert failed.returncode == 2
        assert "say why with --reason" in failed.stderr
        assert not out.exists()
        assert names(house) == []


def test_wrong_use_is_one_sentence(house: dict[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "khach.csv")
    for arguments, words in (
        (["import", file, "--source", "x", "--map", "Tên=full_name"], "no column “Tên”"),
        (["import", file, "--source", "x", "--map", "nonsense"], "HEADING=FIELD"),
        (["import", file, "--source", "x", "--consent-sender", "Ai đó"], "there is no sender"),
        (["segment", "count", "Không có"], "There is no segment"),
    ):
        failed = run(house, *arguments)
        assert failed.returncode in (1, 2)
        assert words in failed.stderr
        assert "Traceback" not in failed.stderr


def test_segments_are_listed_counted_and_explained(house: dict[str, str]) -> None:
    (listed,) = json.loads(run(house, "segment", "list", "--json").stdout)
    assert listed == {"name": "Khách quen", "says": "Customers who bear the tag “vip”."}
    counted = json.loads(run(house, "segment", "count", "Khách quen", "--json").stdout)
    assert (counted["people"], counted["sender"]) == (0, "Trà Sen")
    explained = json.loads(run(house, "segment", "explain", "Khách quen", "--json").stdout)
    assert explained["vi"] == "Khách hàng mang thẻ “vip”."


def test_statistics_of_orders_that_went_astray_are_said_and_mended(house: dict[str, str]) -> None:
    database = Database(house["DATABASE_URL"])
    with database.write() as db:
        make_order(db, make_contact(db))
        db.flush()
        db.execute(update(OrderStatistics).values(amount=-1))
    database.close()
    found = run(house, "segment", "statistics", "--json")
    assert (found.returncode, json.loads(found.stdout)) == (1, {"wrong": 1, "rebuilt": False})
    assert run(house, "segment", "statistics", "--rebuild").returncode == 0
    assert "agree" in run(house, "segment", "statistics").stdout
