"""docs/retention.md names every table and every rule: a new table with people in it asks for a decision."""

from __future__ import annotations

import re
from pathlib import Path

from campaign.care import retention
from campaign.models import Base

PAGE = (Path(__file__).parents[3] / "docs/retention.md").read_text(encoding="utf-8")


def _first_cells(heading: str) -> list[str]:
    """Names in the first column of the table below that heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_table_is_named_once() -> None:
    assert sorted(_first_cells("Every table")) == sorted(Base.metadata.tables)


def test_every_rule_is_explained_with_its_default() -> None:
    assert sorted(_first_cells("What each rule does")) == sorted(retention.defaults())
    for name, days in retention.defaults().items():
        row = next(line for line in PAGE.splitlines() if line.startswith("| `") and f"`{name}`" in line)
        assert row.split("|")[2].strip() == (f"{days} days" if days else "kept"), name
