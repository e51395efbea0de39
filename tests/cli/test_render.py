"""`campaign render`, as a person or a script calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from campaign.compose import document
from campaign.db import Database
from campaign.models import Channel
from campaign.render import samples
from tests.factories import make_contact, make_message


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    """An installation with one message (1) and one contact (1)."""
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    (tmp_path / "campaign.db").write_bytes(sqlite_template.read_bytes())
    database = Database(url)
    with database.write() as db:
        make_contact(db, full_name="Lê Thị Mai", email="mai@example.com")
        message = make_message(db, email_layout="offer", letter_layout="business")
        copy = samples.load_sample(Channel.EMAIL, "offer").documents["vi"]
        message.variants[0].document = document.to_json(copy)
    database.close()
    return {**os.environ, "CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": url}


def run(house: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", "render", *arguments],
        env=house, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_message_for_a_contact_in_every_form(house: dict[str, str], tmp_path: Path) -> None:
    done = run(house, "1", "--contact", "1", "--to", str(tmp_path / "out"), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "Lê Thị Mai" in answer["text"]
    assert sorted(Path(path).name for path in answer["files"]) == [
        "letter.pdf", "message.eml", "message.html", "message.txt",
    ]  # fmt: skip
    mail = message_from_bytes((tmp_path / "out" / "message.eml").read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == "mai@example.com"
    assert mail["Subject"] == answer["subject"]
    assert (tmp_path / "out" / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_a_sample_prints_its_text(house: dict[str, str]) -> None:
    done = run(house, "--sample", "greeting", "--language", "en")
    assert done.returncode == 0
    assert done.stdout.startswith("Happy birthday, Catherine\n\n")


def test_copy_from_a_file_with_its_problems(house: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "copy.json"
    copy = document.Document((document.Block("b1", document.Part.BODY, "Chào {{ contact.nick }}"),))
    path.write_text(json.dumps(document.to_json(copy)))
    refused = run(house, "--document", str(path))
    assert refused.returncode == 1
    assert "b1 (text, line 1): There is no field “contact.nick”" in refused.stderr
    (tmp_path / "values.json").write_text('{"contact": {"nick": "Mèo"}}')
    done = run(house, "--document", str(path), "--values", str(tmp_path / "values.json"))
    assert done.returncode == 0, done.stderr
    assert "Chào Mèo\n" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Give one of"),
        (["1"], "--contact"),
        (["9", "--contact", "1"], "no message"),
        (["1", "--contact", "9"], "no contact"),
        (["--sample", "nowhere"], "nowhere"),
        (["--sample", "offer", "--language", "fr"], "'fr'"),
        (["--document", __file__], "not JSON"),
    ],
)
def test_wrong_use_is_one_sentence(house: dict[str, str], arguments: list[str], says: str) -> None:
    done = run(house, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
