"""One message a line in, one answer a line out: `campaign lint --batch`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.engine import check

# the format's own keys, in their order
KEYS = ("rule", "severity", "part", "line", "column", "end_line", "end_column", "message", "fix")


def answer(line: bytes, config: Config) -> bytes:
    """The findings of one line, or what is wrong with it; never raises."""
    identity: Any = None
    try:
        given = json.loads(line)
        if not isinstance(given, Mapping):
            raise ValueError("a message is an object")
        identity = given.get("id")
        findings = check(Draft.from_json(given), config)
        return _encoded({"id": identity, "findings": [_keys(finding.to_json()) for finding in findings]})
    except Exception as error:  # noqa: BLE001 - whatever a line holds, the next one must get its answer
        return _encoded({"id": identity, "error": _in_words(error)})


def _in_words(error: Exception) -> str:
    """What is wrong with the line; a fault that nobody foresaw keeps its name, for whoever mends it."""
    if isinstance(error, json.JSONDecodeError):
        return f"this line is not JSON: {error}"
    if isinstance(error, UnicodeDecodeError):
        return f"this line is not UTF-8: {error}"
    if isinstance(error, ValueError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _keys(finding: dict[str, Any]) -> dict[str, Any]:
    return {key: finding[key] for key in KEYS}


def _encoded(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can spell
        return json.dumps(value).encode() + b"\n"
