"""Which rules were run: a hash over the code, the lexicons and the law packs, stored with every sign-off."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from lint_rules.registry import all_rules

_HERE = Path(__file__).parent
# code, lexicons, law packs and data
_KINDS = ("*.py", "*.txt", "*.toml", "*.json")


@cache
def rule_set_version() -> str:
    """SHA-256 in hex; another one as soon as any rule, reading, lexicon or pack changes."""
    digest = hashlib.sha256()
    for path in sorted(path for kind in _KINDS for path in _HERE.rglob(kind)):
        digest.update(f"{path.relative_to(_HERE).as_posix()}\0".encode())
        digest.update(path.read_bytes() + b"\0")
    for rule in all_rules():
        digest.update(f"{rule.id}\0".encode())
    return digest.hexdigest()
