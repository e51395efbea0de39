"""Precision and recall of the rules on texts whose writers read the catalogue and never the code.

Each folder here is a set by other writers, a file a language; `first_run.json` in it has the figures of the
first run, before anything was mended. `make bench-lint-quality` prints today's beside those and names each
text that was judged wrong; `--json` prints one JSON object as the last line, `--keep` writes first runs that
are not there yet.

Each text says which rules must find something (`expect`) and which must not (`absent`; `*` stands for all
others). What else a rule finds in it nobody has judged, and it counts neither way.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from lint_rules.document import Draft
from lint_rules.engine import check

HERE = Path(__file__).parent
FIRST_RUN = "first_run.json"
LANGUAGES = ("vi", "en", "zh")
Figures = dict[str, dict[str, int | float]]
"""By language."""


@dataclass
class Tally:
    """Counts of one language; `wrong` has a line for each misjudgement."""

    texts: int = 0
    clean: int = 0
    clean_without_finding: int = 0
    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    unjudged: int = 0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, int | float]:
        """The counts with precision and recall, from 0 to 1; of clean texts alone the counts."""
        counts: dict[str, int | float] = {
            "texts": self.texts,
            "clean": self.clean,
            "clean_without_finding": self.clean_without_finding,
            "hits": self.hits,
            "misses": self.misses,
            "false_alarms": self.false_alarms,
        }
        if self.hits + self.misses == 0:
            return counts
        return counts | {
            "precision": round(self.hits / (self.hits + self.false_alarms), 4) if self.hits else 0.0,
            "recall": round(self.hits / (self.hits + self.misses), 4),
        }


def sets() -> list[Path]:
    """The folders of texts, the first first."""
    return sorted(path for path in HERE.iterdir() if path.is_dir() and list(path.glob("*.jsonl")))


def texts(folder: Path, lang: str) -> Iterator[dict[str, Any]]:
    """The messages of one language with what is expected of each."""
    with (folder / f"{lang}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def tally(folder: Path, lang: str) -> Tally:
    """Every text of the language judged."""
    counted = Tally()
    for message in texts(folder, lang):
        _judge(message, counted)
    return counted


def _judge(message: dict[str, Any], counted: Tally) -> None:
    findings = check(Draft.from_json(message))
    found, said = {item.rule for item in findings}, {item.rule: item.message for item in findings}
    expected, absent = set(message["expect"]), set(message["absent"])
    alarms = found - expected if "*" in absent else found & absent
    counted.texts += 1
    counted.hits += len(found & expected)
    counted.misses += len(expected - found)
    counted.false_alarms += len(alarms)
    counted.unjudged += len(found - expected - alarms)
    if not expected and "*" in absent:
        counted.clean += 1
        counted.clean_without_finding += not found
    counted.wrong += [f"{message['id']}: missed {rule}" for rule in sorted(expected - found)]
    counted.wrong += [f"{message['id']}: false alarm {rule}: {said[rule]}" for rule in sorted(alarms)]


def _table(figures: Figures, first: Figures) -> str:
    names = list(next(iter(figures.values())))
    rows = [f"{'':<24}" + "".join(f"{lang:>18}" for lang in figures)]
    for name in names:
        cells = [
            f"{values[name]} ({first[lang][name]})" if lang in first else f"{values[name]}"
            for lang, values in figures.items()
        ]
        rows.append(f"{name:<24}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(rows)


def _measure(folder: Path, keep: bool, quiet: bool, out: TextIO) -> Figures:
    counted = {lang: tally(folder, lang) for lang in LANGUAGES if (folder / f"{lang}.jsonl").exists()}
    figures = {lang: one.figures() for lang, one in counted.items()}
    kept = folder / FIRST_RUN
    first = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if not quiet:
        print("\n".join(line for one in counted.values() for line in one.wrong), file=out)
    if keep and set(figures) - set(first):
        kept.write_text(json.dumps({**figures, **first}, indent=1) + "\n", encoding="utf-8")
    print(f"\n{folder.name} set; in brackets the first run\n{_table(figures, first)}", file=out)
    return figures


def main() -> None:
    """The figures, with those of the first run in brackets."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--json", action="store_true", help="One JSON object as the last line.")
    arguments.add_argument("--keep", action="store_true", help="Write the first runs that are not there yet.")
    arguments.add_argument("--quiet", action="store_true", help="Do not name the texts judged wrong.")
    chosen = arguments.parse_args()
    out = sys.stderr if chosen.json else sys.stdout
    figures = {folder.name: _measure(folder, chosen.keep, chosen.quiet, out) for folder in sets()}
    if chosen.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
