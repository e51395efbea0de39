"""The bench of segments at a small size: all figures, and every segment counts what its SQL counts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from campaign import migrations
from campaign.contacts import order_statistics
from campaign.db import Database
from campaign.errors import IntegrityError, NotFound, SetupError
from campaign.lab import bench_segments, bench_segments_fill
from campaign.lab.bench_segments import Plan
from campaign.lab.bench_segments_fill import Size


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_all_questions_agree_with_their_sql(database: str, request: pytest.FixtureRequest) -> None:
    if database == "postgresql" and not request.config.getoption("--postgres"):
        pytest.skip("the PostgreSQL lane is off")
    figures = bench_segments.bench(Plan(600, 3000, database, 1), lambda said: None)
    assert figures.database == database
    assert len(figures.segments) == len(bench_segments.questions()) == 31
    empty = [name for name, asked in figures.segments.items() if not asked.count]
    assert empty == []  # a question that nobody fits compares nothing
    told = bench_segments.as_json(figures)
    assert told["ntile_seconds"] > 0
    assert told["rfm_seconds"] > 0
    assert set(told["phase_seconds"]) == {"fill", "rfm", "questions", "upkeep"}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_kept_shop_is_found_again(
    database: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if database == "postgresql" and not request.config.getoption("--postgres"):
        pytest.skip("the PostgreSQL lane is off")
    with tempfile.TemporaryDirectory() as name:  # a folder that the server's own user may enter
        keep = Path(name)
        keep.chmod(0o755)
        asked = Plan(300, 900, database, 1, only=("01", "rfm"), keep=keep)
        first = bench_segments.bench(asked, lambda said: None)
        assert list(first.segments) == ["01_hanoi"]
        assert first.upkeep_us_per_order is None
        assert bench_segments.as_json(first)["ratio_to_ntile"] > 0
        monkeypatch.setattr(bench_segments_fill, "Shop", None)  # nothing is made a second time
        again = bench_segments.bench(asked, lambda said: None)
        assert again.segments["01_hanoi"].count == first.segments["01_hanoi"].count > 0
        with pytest.raises(SetupError, match="another folder with --keep"):
            bench_segments.bench(replace(asked, contacts=301), lambda said: None)


def test_a_question_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match="01_hanoi"):
        bench_segments.bench(Plan(10, 10, "sqlite", 1, only=("99",)), lambda said: None)


def test_what_is_loaded_is_what_any_load_leaves(tmp_path: Path) -> None:
    """Triggers, indexes and statistics of orders are there afterwards."""
    plain = Database(f"sqlite:///{tmp_path / 'plain.db'}")
    migrations.upgrade(plain)
    with bench_segments_fill.opened("sqlite", tmp_path) as filled:
        bench_segments_fill.fill(filled, Size(100, 400), bench_segments.TODAY, bench_segments.NOW)
        with plain.read() as one, filled.read() as other:
            query = text(
                "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'customer_order' ORDER BY name"
            )
            assert other.execute(query).all() == one.execute(query).all()
            assert order_statistics.wrong(other) == 0
    plain.close()


def test_a_wrong_question_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[], dict] = bench_segments.questions
    wrong = {name: (rule, "SELECT -1") for name, (rule, _) in list(real().items())[:1]}
    monkeypatch.setattr(bench_segments, "questions", lambda *_: wrong)
    with pytest.raises(IntegrityError, match="01_hanoi"):
        bench_segments.bench(Plan(100, 300, "sqlite", 1), lambda said: None)
