"""`campaign bench import`: a large file of customers, checked, matched and with consent, beside the least
that could be done with it (`benchmarks/baselines/import_rows.py`), on both databases in one run.

Each side has a process of its own and an empty database of its own; they take turns.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from campaign.lab import postgres
from campaign.lab.bench_import_data import write
from campaign.lab.bench_import_lanes import Lane, Postgres, Sqlite

ROUNDS = 5
TIMES_BASELINE = 3.0  # the limit

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Figures:
    """Medians; seconds of wall clock, `peak_rss_mb` of the importing process."""

    seconds: float
    limit_seconds: float
    """Three times the baseline."""
    ratio_to_limit: float
    """Median of the rounds' own ratios."""
    peak_rss_mb: float
    baseline_seconds: float
    counts: dict[str, int]


def bench(rows: int, rounds: int, databases: tuple[str, ...], tell: Tell) -> dict[str, Figures]:
    """Figures by database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-import-")))
        tell("writing the file")
        file = folder / "khach.csv"
        write(file, rows)
        lanes: dict[str, Lane] = {}
        for name in databases:
            where = folder / name
            where.mkdir()
            if name == "postgresql":
                where.chmod(0o755)
                cluster = stack.enter_context(postgres.running())
                lanes[name] = Postgres(where, file, cluster.url, rows)
            else:
                lanes[name] = Sqlite(where, file, rows)
        return {name: _rounds(name, lane, rounds, tell) for name, lane in lanes.items()}


def _rounds(name: str, lane: Lane, rounds: int, tell: Tell) -> Figures:
    tell(f"{name}: preparing")
    lane.prepare()
    ours: list[dict[str, Any]] = []
    theirs: list[float] = []
    for number in range(1, rounds + 1):
        tell(f"{name}: round {number} of {rounds}, import")
        ours.append(lane.ours(keep=number == 1))
        tell(f"{name}: round {number} of {rounds}, baseline")
        theirs.append(lane.theirs())
    ratios = [one["seconds"] / (TIMES_BASELINE * other) for one, other in zip(ours, theirs, strict=True)]
    baseline = median(theirs)
    return Figures(
        round(median(one["seconds"] for one in ours), 2),
        round(TIMES_BASELINE * baseline, 2),
        round(median(ratios), 3),
        round(max(one["peak_rss_mb"] for one in ours), 1),
        round(baseline, 2),
        ours[-1]["counts"],
    )
