"""How findings are printed: one file a format, each with `lines(results)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lint_rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of one message; `name` is its file, with `#2` for the second one in it."""

    name: str
    findings: list[Finding]


Format = Callable[[Iterable[Result]], Iterator[str]]
