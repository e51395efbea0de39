"""Waivers of message files: a TOML file beside them, read by people and kept under version control.

[[waiver]]
rule = "jargon"
fingerprint = "0123456789abcdef"
says = "…"                  # what was excused, for the reader; the fingerprint decides
reason = "our product's name"
by = "lan"
until = 2027-02-23
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from lint_rules.finding import Finding
from lint_rules.waiver import NEVER_WAIVED, Waiver

NAME = "lint-waivers.toml"
# a season; what still holds then is worth a second look
LASTS = timedelta(days=90)
_HEAD = "# Findings that somebody excused, until when and why. Editing the words ends the exception.\n"


def read(path: Path) -> list[Waiver]:
    """The waivers of a file, none when there is no file; raises ValueError saying which one is wrong."""
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("waiver", [])
    return [_waiver(number, entry) for number, entry in enumerate(entries, start=1)]


def _waiver(number: int, entry: object) -> Waiver:
    if not isinstance(entry, dict):
        raise ValueError(f"waiver {number}: a table is expected")
    texts = [entry.get(key) for key in ("rule", "fingerprint", "reason", "by")]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"waiver {number}: rule, fingerprint, reason and by are needed")
    until = entry.get("until")
    if not isinstance(until, date):
        raise ValueError(f"waiver {number}: until is a day, such as 2027-02-23")
    rule, fingerprint, reason, by = (str(text) for text in texts)
    if rule in NEVER_WAIVED:
        raise ValueError(f"waiver {number}: {rule} can never be waived")
    return Waiver(rule, fingerprint, reason, by, until)


def add(path: Path, findings: Iterable[Finding], reason: str, by: str, today: date) -> list[Waiver]:
    """Excuse these findings, those that never can be are left out."""
    known = {(waiver.rule, waiver.fingerprint) for waiver in read(path)}
    made: list[Waiver] = []
    pieces: list[str] = []
    for finding in findings:
        key = (finding.rule, finding.fingerprint)
        if key in known or finding.rule in NEVER_WAIVED:
            continue
        known.add(key)
        waiver = Waiver(*key, reason, by, today + LASTS)
        made.append(waiver)
        pieces.append(_entry(waiver, finding.message))
    if made:
        before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
        path.write_text(before.rstrip("\n") + "\n" + "".join(pieces), encoding="utf-8")
    return made


def unused(waivers: Sequence[Waiver], used: Iterable[Waiver], today: date) -> list[tuple[Waiver, str]]:
    """Waivers that excuse nothing any more, and why."""
    busy = set(used)
    return [
        (waiver, "has expired" if waiver.until < today else "excuses nothing any more")
        for waiver in waivers
        if waiver not in busy
    ]


def _entry(waiver: Waiver, message: str) -> str:
    lines = {
        "rule": waiver.rule,
        "fingerprint": waiver.fingerprint,
        "says": " ".join(message.split()),
        "reason": waiver.reason,
        "by": waiver.by,
    }
    # a string of JSON is one of TOML, once DEL is escaped as well
    texts = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in lines.items()]
    return "\n[[waiver]]\n" + "".join(texts).replace("\x7f", "\\u007f") + f"until = {waiver.until}\n"
