"""`campaign contact export`: a file of its own, with a reason, overwriting nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from campaign.cli import group
from campaign.db import Database
from campaign.errors import NotFound, SetupError
from campaign.models import AuditEntry
from tests.factories import make_contact


@pytest.fixture
def code(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path / "state"))
    with database.write() as db:
        return make_contact(db, full_name="Lan").code


def run(*words: str) -> int:
    return CliRunner().invoke(group, ["contact", "export", *words], catch_exceptions=False).exit_code


def test_the_file_is_written_for_its_owner_and_the_log_knows_why(
    database: Database, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "lan.zip"
    assert run(code, "--reason", "asked by letter", "--out", str(file)) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as packed:
        assert "Lan" in packed.read("index.html").decode()
    with database.read() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "export.person")).one()
        assert entry.detail["reason"] == "asked by letter"
    with pytest.raises(SetupError, match="overwrites nothing"):
        run(code, "--reason", "again", "--out", str(file))


def test_no_reason_no_file(database: Database, code: str, tmp_path: Path) -> None:
    file = tmp_path / "lan.zip"
    assert run(code, "--out", str(file)) == 2
    assert run(code, "--reason", "  ", "--out", str(file)) == 2
    assert not file.exists()
    with pytest.raises(NotFound):
        run("nobody", "--reason", "x", "--out", str(file))
