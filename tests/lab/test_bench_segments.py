"""The bench of segments at a small size: all figures, and every segment counts what its SQL counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from campaign.errors import IntegrityError
from campaign.lab import bench_segments
from campaign.lab.bench_segments import Plan


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_all_questions_agree_with_their_sql(database: str, request: pytest.FixtureRequest) -> None:
    if database == "postgresql" and not request.config.getoption("--postgres"):
        pytest.skip("the PostgreSQL lane is off")
    figures = bench_segments.bench(Plan(600, 3000, database, 1), lambda said: None)
    assert figures.database == database
    assert len(figures.segments) == 20
    empty = [name for name, asked in figures.segments.items() if not asked.count]
    assert empty == []  # a question that nobody fits compares nothing
    assert figures.ntile_seconds > 0
    assert figures.rfm_seconds > 0


def test_a_wrong_question_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[], dict] = bench_segments.questions
    wrong = {name: (rule, "SELECT -1") for name, (rule, _) in list(real().items())[:1]}
    monkeypatch.setattr(bench_segments, "questions", lambda: wrong)
    with pytest.raises(IntegrityError, match="01_hanoi"):
        bench_segments.bench(Plan(100, 300, "sqlite", 1), lambda said: None)
