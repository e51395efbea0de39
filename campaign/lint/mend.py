"""Apply the safe fixes to a message, again and again until nothing is left to mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import FixEdit, apply_edits

PARTS = ("subject", "text", "html")
# a fix may make room for another one; more rounds than this, and two rules undo each other's work
MOST_ROUNDS = 10


def mended(given: Mapping[str, Any], config: Config) -> dict[str, str]:
    """The parts that change, with their new words."""
    now = {name: str(given.get(name) or "") for name in PARTS}
    # an HTML part given in pieces cannot be put back into them
    movable = [name for name in PARTS if name != "html" or not given.get("html_parts")]
    before = dict(now)
    for _ in range(MOST_ROUNDS):
        edits = _safe_edits({**given, **{name: now[name] for name in movable}}, config)
        after = {name: apply_edits(name, now[name], edits) for name in movable}
        if all(after[name] == now[name] for name in movable):
            break
        now |= after
    return {name: now[name] for name in movable if now[name] != before[name]}


def _safe_edits(given: Mapping[str, Any], config: Config) -> list[FixEdit]:
    found = check(Draft.from_json(given), config)
    return [edit for finding in found if finding.fix and finding.fix.safe for edit in finding.fix.edits]
