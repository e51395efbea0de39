"""The table of `make chaos`, and when it says no."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "database": "sqlite", "seed": 1, "recipients": 10, "seconds": 1.5, "lost": 0, "duplicates": 0,
    "unknown": 1, "unknown_bound": 2, "kills": 50, "kills_with_rows_in_flight": 40, "web_kills": 1,
    "flushes": 1, "db_kills": 0, "outages": 1, "stops": 1, "stops_taken_over": 1, "clock_jumps": 2,
    "full_disks": 1, "slowdowns": 1, "violations": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({}, 0, "sqlite"),
        ({"violations": ["I1: twice"]}, 1, "I1: twice"),
        ({"kills_with_rows_in_flight": 39}, 1, "too few kills"),
        ({"stops_taken_over": 0}, 1, "went on before anybody"),
    ],
)
def test_it_says_no_when_a_run_was_bad_or_weak(
    tmp_path: Path, change: dict[str, object], code: int, words: str
) -> None:
    results = tmp_path / "results"
    results.write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD | change) + "\n")
    done = subprocess.run(
        [sys.executable, "scripts/chaos_table.py", str(results)], capture_output=True, text=True
    )
    assert done.returncode == code
    assert words in done.stdout


def test_no_result_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("")
    done = subprocess.run([sys.executable, "scripts/chaos_table.py", str(tmp_path / "results")])
    assert done.returncode == 1
