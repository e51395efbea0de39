"""The bench of the import on a small file, on both databases: it runs and says what it is to say."""

from __future__ import annotations

import pytest

from campaign.lab import bench_import, bench_import_data

ROWS = 2_000


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_both_sides_write_the_same_and_figures_are_told(database: str) -> None:
    told: list[str] = []
    figures = bench_import.bench(ROWS, 1, (database,), told.append)[database]
    assert figures.counts["rows"] == ROWS
    assert figures.counts["merged"] == ROWS // bench_import_data.TWICE
    assert figures.counts["refused"] == ROWS // bench_import_data.REFUSED + ROWS // bench_import_data.ERASED
    assert figures.counts["kept_silent"] == ROWS // bench_import_data.SUPPRESSED
    assert figures.limit_seconds == pytest.approx(3 * figures.baseline_seconds, abs=0.02)
    assert figures.ratio_to_limit == pytest.approx(figures.seconds / figures.limit_seconds, rel=0.2)
    assert figures.peak_rss_mb > 0
