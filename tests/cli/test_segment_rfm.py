"""`campaign segment rfm`, as a script calls it: without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ORDERS = '''customer_id,date,amount
KH1,2026-03-01,1990000
"Ễn, ""An""",01/02/2026,"-1.990.000"
KH1,2026-03-01T10:00:00Z,12.50
KH2,2026-04-01,1
'''


def run(orders: str, *arguments: str, file: str = "-") -> subprocess.CompletedProcess[str]:
    """In a place where a database can be neither found nor loaded."""
    without = {**os.environ, "DATABASE_URL": "postgresql://nowhere.invalid/none"}
    code = "import sys; sys.modules['sqlalchemy'] = None; from campaign.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "segment", "rfm", "--orders", file, "--as-of", "2026-03-09", *arguments],
        env=without, input=orders, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_line_of_json_per_customer() -> None:
    done = run(ORDERS, "--json")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"customer_id": "KH1", "recency_days": 8, "frequency": 1, "monetary": 1990012.5,
         "r": 3, "f": 1, "m": 3},
        {"customer_id": 'Ễn, "An"', "recency_days": 36, "frequency": 1, "monetary": -1990000,
         "r": 1, "f": 1, "m": 1},
    ]  # fmt: skip


def test_a_table_to_read(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8-sig")
    done = run("", file=str(tmp_path / "orders.csv"))
    assert [line.split() for line in done.stdout.splitlines()[:2]] == [
        ["customer_id", "recency_days", "frequency", "monetary", "r", "f", "m"],
        ["KH1", "8", "1", "1990012.5", "3", "1", "3"],
    ]


def test_a_bad_row_prints_nothing_but_what_to_do() -> None:
    done = run(f"{ORDERS}KH3,morgen,1\n", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Row 6: “morgen” is not a date. Write 31/12/2026 or 2026-12-31." in done.stderr


def test_wrong_use() -> None:
    for done in (run("", "--json"), run(ORDERS, file="nowhere.csv"), run(ORDERS, "--as-of", "soon")):
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
