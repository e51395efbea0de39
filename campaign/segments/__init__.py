"""Segments: a typed rule tree in, one SQL statement out.

The names are looked up when they are asked for: scoring a file (`rfm`) loads no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from campaign.segments.bound import bind, rule_of
    from campaign.segments.compile import where
    from campaign.segments.counting import Counts, count, sample
    from campaign.segments.rule import EVERYBODY, Rule, parse, to_json

__all__ = [
    "EVERYBODY", "Counts", "Rule", "bind", "count", "parse", "rule_of", "sample", "to_json", "where",
]  # fmt: skip

_HOMES = {
    "bind": "bound", "rule_of": "bound", "where": "compile",
    "Counts": "counting", "count": "counting", "sample": "counting",
    "EVERYBODY": "rule", "Rule": "rule", "parse": "rule", "to_json": "rule",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
