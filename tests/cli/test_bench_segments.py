"""`campaign bench segments` says by its exit whether the limits hold, for one database and for both."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner

from campaign.cli import EXIT_USAGE, main
from campaign.cli.bench import command
from campaign.lab import bench_segments, bench_segments_limits
from campaign.lab.bench_segments import Figures, Scored

ASKED = ["segments", "--contacts", "300", "--orders", "900", "--rounds", "1", "--only", "01", "--json"]
# what is compared at this size is compiling: a limit that nothing misses, and one that all miss
NEVER, ALWAYS = 1e9, 1e-9


def figures(database: str, to_ntile: float | None, to_handwritten: float | None) -> Figures:
    scored = None if to_ntile is None else Scored(1.0, 1.0, to_ntile, 1.0)
    return Figures(database, 1, 1, 1, scored, None, to_handwritten, "08", {}, {})


@pytest.mark.parametrize(
    ("ntile", "handwritten", "misses"),
    [
        (0.3, 1.2, 0),
        (0.31, 1.2, 1),
        (0.3, 1.21, 1),
        (0.9, 9.0, 2),
        (None, None, 0),
        (None, 1.3, 1),
        (0.4, None, 1),
    ],
)
def test_each_limit_is_held(ntile: float | None, handwritten: float | None, misses: int) -> None:
    found = {"sqlite": figures("sqlite", ntile, handwritten), "other": figures("other", 0.1, 0.1)}
    lines = bench_segments_limits.missed(found)
    assert len(lines) == misses
    assert all(line.startswith("sqlite: ") for line in lines)
    if misses:
        assert bench_segments_limits.worst(found) == "sqlite"


@pytest.mark.parametrize(("limit", "code"), [(NEVER, 0), (ALWAYS, 1)])
def test_the_exit_says_whether_a_limit_is_missed(
    monkeypatch: pytest.MonkeyPatch, limit: float, code: int
) -> None:
    monkeypatch.setattr(bench_segments_limits, "TO_HANDWRITTEN", limit)
    answer = CliRunner().invoke(command, [*ASKED, "--database", "sqlite"])
    assert answer.exit_code == code, answer.output
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    assert told["database"] == "sqlite"
    assert told["databases"]["sqlite"]["segments"]["01_hanoi"]["count"] > 0
    assert ("01_hanoi" in answer.stderr) == (code == 1)


def test_both_databases_in_one_run(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--postgres"):
        pytest.skip("the PostgreSQL lane is off")
    monkeypatch.setattr(bench_segments_limits, "TO_HANDWRITTEN", NEVER)
    answer = CliRunner().invoke(command, [*ASKED, "--only", "rfm"])
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    assert set(told["databases"]) == {"postgresql", "sqlite"}
    worst = told["databases"][told["database"]]
    assert told["ratio_to_ntile"] == worst["ratio_to_ntile"] > 0
    others = [one["ratio_to_ntile"] for one in told["databases"].values()]
    assert answer.exit_code == int(max(others) > bench_segments_limits.TO_NTILE)


def test_a_wrong_count_is_another_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    real = bench_segments.questions()
    wrong = {name: (rule, "SELECT -1") for name, (rule, _) in list(real.items())[:1]}
    monkeypatch.setattr(bench_segments, "questions", lambda *_: wrong)
    monkeypatch.setattr(sys, "argv", ["campaign", "bench", *ASKED, "--database", "sqlite"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == EXIT_USAGE
