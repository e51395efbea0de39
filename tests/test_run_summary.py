"""The last line of `make test` counts, and names the lanes that it does not run."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CASE = '<testcase classname="tests.one" name="{name}">{what}</testcase>'


def summary(folder: Path, *cases: str) -> subprocess.CompletedProcess[str]:
    (folder / "1-main.xml").write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    return subprocess.run(
        [sys.executable, ROOT / "scripts/test_summary.py", folder], capture_output=True, text=True
    )


def test_the_last_line_names_every_lane_that_is_left_out(tmp_path: Path) -> None:
    done = summary(
        tmp_path, CASE.format(name="a", what=""), CASE.format(name="b", what='<skipped message="x"/>')
    )
    assert done.returncode == 0
    last = done.stdout.splitlines()[-1]
    assert last.startswith("1 passed, 0 failed, 1 skipped; ")
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"]
    left_out = set(re.findall(r"not (\w+)", options))
    assert left_out
    assert set(re.findall(r"make (?:test-)?(\w+)(?=,|$)", last)) == left_out | {"chaos"}
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [name for name in re.findall(r"make ([a-z-]+)", last) if name not in targets] == []


def test_the_script_leaves_out_what_pytest_leaves_out() -> None:
    """A lane that `make test` begins or ceases to run changes the last line too."""
    script = (ROOT / "scripts/run_tests.sh").read_text()
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"]
    (chosen,) = re.findall(r'--postgres -m "([^"]+)"', script)
    assert set(re.findall(r"not (\w+)", chosen)) == set(re.findall(r"not (\w+)", options)) | {"browser"}


@pytest.mark.parametrize("what", ['<failure message="x"/>', '<error message="x"/>'])
def test_a_failure_is_named_and_fails(tmp_path: Path, what: str) -> None:
    done = summary(tmp_path, CASE.format(name="a", what=what))
    assert done.returncode == 1
    assert "FAILED   tests.one::a" in done.stdout


def test_nothing_run_is_a_failure(tmp_path: Path) -> None:
    assert summary(tmp_path).returncode == 1
