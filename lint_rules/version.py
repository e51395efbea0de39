"""Which rules were run: a hash over the code and the lexicons, stored with every sign-off."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from lint_rules.registry import all_rules

_HERE = Path(__file__).parent


@cache
def rule_set_version() -> str:
    """SHA-256 in hex; another one as soon as any rule, reading or lexicon changes."""
    digest = hashlib.sha256()
    for path in sorted([*_HERE.rglob("*.py"), *_HERE.rglob("*.txt")]):
        digest.update(f"{path.relative_to(_HERE).as_posix()}\0".encode())
        digest.update(path.read_bytes() + b"\0")
    for rule in all_rules():
        digest.update(f"{rule.id}\0".encode())
    return digest.hexdigest()
