"""The one spelling of a pack: sorted keys, no blanks, UTF-8, characters as they are; and its hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "campaign-evidence"
VERSION = 1
JSON_NAME = "evidence.json"
PDF_NAME = "evidence.pdf"


def canonical(value: object) -> bytes:
    """The bytes that are hashed, signed and written."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def sha256(value: object) -> str:
    """Of the canonical spelling, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def root_of(hashes: Mapping[str, str]) -> str:
    """One hash over those of all parts, their names and the format."""
    return sha256({"format": FORMAT, "version": VERSION, "hashes": dict(hashes)})


def parsed(data: bytes) -> Any:
    """JSON that says everything once; raises ValueError for a key given twice or a number that is none."""
    return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
