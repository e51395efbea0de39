"""`campaign contact find`, as a person and as a machine read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.cli import group
from campaign.db import Database
from tests.factories import make_contact, make_organisation


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    with database.write() as db:
        house = make_organisation(db)
        for number, name in enumerate(("Nguyễn Văn Á", "Nguyễn Thị Bé", "Trần Lan")):
            make_contact(
                db, full_name=name, code=f"N{number}", phone=f"091234567{number}", email="",
                organisation_id=house.id, tags=["vip"] if number else [],
            )  # fmt: skip

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(group, ["contact", "find", *arguments])

    return invoke


def test_json_goes_on_from_page_to_page(run) -> None:  # type: ignore[no-untyped-def]
    first = json.loads(run("nguyen", "--limit", "1", "--json").stdout)
    assert (first["query"], first["found"]) == ("nguyen", 2)
    assert first["next"] == first["contacts"][0]["id"]
    second = json.loads(run("nguyen", "--limit", "1", "--after", str(first["next"]), "--json").stdout)
    assert second["next"] is None
    assert {one["name"] for page in (first, second) for one in page["contacts"]} == {
        "Nguyễn Văn Á",
        "Nguyễn Thị Bé",
    }
    assert first["contacts"][0]["organisation"]


def test_lines_for_a_person_and_filters(run) -> None:  # type: ignore[no-untyped-def]
    shown = run("+84 912 345", "--tag", "vip")
    assert shown.exit_code == 0
    assert "N1  Nguyễn Thị Bé  0912345671" in shown.stdout
    assert "Nguyễn Văn Á" not in shown.stdout
    assert "2 of 2" in shown.stderr


def test_nobody_is_exit_1_and_a_megabyte_is_wrong_use(run) -> None:  # type: ignore[no-untyped-def]
    nobody = run("zzz", "--json")
    assert nobody.exit_code == 1
    assert json.loads(nobody.stdout)["contacts"] == []
    refused = run("x" * 1_000_000)
    assert refused.exit_code == 2
    assert "longer than any name" in refused.stderr
