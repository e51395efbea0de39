"""Evidence packs: they verify from the file alone, and any change shows."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign import config
from campaign.approval import evidence
from campaign.approval.checklist import QUESTIONS
from campaign.approval.evidence import canonical
from campaign.approval.evidence.pack import sealed
from campaign.campaigns import life
from campaign.cli.verify_evidence import command
from campaign.errors import Refused
from tests.campaigns.helpers import Office


@pytest.fixture
def key(tmp_path: Path) -> evidence.Key:
    return evidence.key_of(config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)}))


@pytest.fixture
def pack(db: Session, now: datetime, key: evidence.Key) -> evidence.Pack:
    office = Office(db, now)
    office.campaign(now)
    submission = life.submit(db, office.made, office.account("mai"), now, "Gấp")
    with pytest.raises(Refused):
        evidence.make_pack(db, submission, office.account("tam"), key, now)
    life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
    return evidence.make_pack(db, submission, office.account("tam"), key, now)


def test_all_three_forms_verify(pack: evidence.Pack) -> None:
    for data in (pack.json, pack.pdf, pack.zip):
        report = evidence.verify(data)
        assert (report.broken, report.root) == ([], pack.root)
    assert evidence.verify(pack.json, pack.key.fingerprint).key_checked
    assert not evidence.verify(pack.json, "0" * 64).verified


def test_it_says_who_what_and_why_and_names_no_recipient(pack: evidence.Pack) -> None:
    parts = json.loads(pack.json)["parts"]
    assert parts["people"]["decided"]["name"] != parts["people"]["submitted"]["name"]
    asked = [one for one in QUESTIONS if one != "layout-letter"]  # it goes by e-mail alone
    assert [answer["question"] for answer in parts["checklist"]] == asked
    assert parts["message"]["sha256"] == canonical.sha256(parts["message"]["content"])
    assert "khach0@example.com" not in pack.json.decode()
    assert parts["audience"]["counts"]["people"] > 0


def test_any_changed_byte_shows(pack: evidence.Pack) -> None:
    data = pack.json

    @settings(max_examples=120)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        made = bytearray(data)
        made[place] = (made[place] + by) % 256
        with contextlib.suppress(evidence.Unreadable):
            assert not evidence.verify(bytes(made)).verified

    changed()


def test_a_forger_with_another_key_is_found_by_the_fingerprint(pack: evidence.Pack, tmp_path: Path) -> None:
    parts = json.loads(pack.json)["parts"]
    parts["waivers"] = [{"rule": "word-limit"}]
    other = evidence.key_of(config.load({"CAMPAIGN_STATE_DIR": str(tmp_path / "other")}))
    forged = replace(pack, envelope=sealed(parts, other), key=other)
    assert evidence.verify(forged.json).verified  # it is whole, and signed by somebody
    assert not evidence.verify(forged.json, pack.key.fingerprint).verified


def test_the_pages_of_the_pdf_are_signed_too(pack: evidence.Pack) -> None:
    made = bytearray(pack.pdf)
    place = made.index(b"/MediaBox") + 14
    made[place] = made[place] ^ 1
    assert not evidence.verify(bytes(made)).verified


def test_the_command_needs_only_the_file(pack: evidence.Pack, tmp_path: Path) -> None:
    path = tmp_path / "evidence.pdf"
    path.write_bytes(pack.pdf)
    assert CliRunner().invoke(command, [str(path)]).exit_code == 0
    told = CliRunner().invoke(command, [str(path), "--key", pack.key.fingerprint, "--json"])
    assert json.loads(told.stdout) == {
        "verified": True, "broken": [], "root": pack.root, "key": pack.key.fingerprint, "key_checked": True,
    }  # fmt: skip
    tampered = tmp_path / "evidence.json"
    tampered.write_bytes(pack.json.replace("Gấp".encode(), "Gắp".encode()))
    refused = CliRunner().invoke(command, [str(tampered)])
    assert (refused.exit_code, "people: changed" in refused.stdout) == (1, True)
    tampered.write_bytes(b"not evidence")
    assert CliRunner().invoke(command, [str(tampered)]).exit_code == 2
