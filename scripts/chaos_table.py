"""The results of several runs of the fault lab, one JSON object a line, as a table; exit 1 when one of them
broke an invariant or met too few rows in flight."""

import json
import sys
from pathlib import Path

COLUMNS = {
    "database": "database", "seed": "seed", "recipients": "recipients", "seconds": "seconds", "lost": "lost",
    "duplicates": "twice", "unknown": "unknown", "unknown_bound": "at most", "kills": "kills",
    "kills_with_rows_in_flight": "in flight", "web_kills": "web", "flushes": "flush", "db_kills": "db",
    "outages": "outages", "stops": "stops", "stops_taken_over": "taken over", "clock_jumps": "clocks",
    "full_disks": "full", "slowdowns": "slow", "violations": "violations",
}  # fmt: skip
# of the kills of workers, at least this share must have found rows in flight, or the run showed little
IN_FLIGHT_SHARE = 0.8


def main() -> int:
    runs = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines() if line.startswith("{")]
    rows = [[_cell(run[name]) for name in COLUMNS] for run in runs]
    widths = [max(map(len, column)) for column in zip(COLUMNS.values(), *rows, strict=True)]
    for cells in (list(COLUMNS.values()), *rows):
        print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)))
    for run in runs:
        for sentence in run["violations"]:
            print(f"{run['database']}, seed {run['seed']}: {sentence}")
        for sentence in _weak(run):
            print(f"{run['database']}, seed {run['seed']}: {sentence}")
    return 1 if not runs or any(run["violations"] or _weak(run) for run in runs) else 0


def _weak(run: dict[str, int]) -> list[str]:
    """What makes a run show little."""
    found = []
    if run["kills_with_rows_in_flight"] < IN_FLIGHT_SHARE * run["kills"]:
        found.append("too few kills met rows in flight")
    if run["stops_taken_over"] < run["stops"]:
        found.append("a worker that stood still went on before anybody had its rows")
    return found


def _cell(value: object) -> str:
    return str(len(value)) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    sys.exit(main())
