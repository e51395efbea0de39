"""What stands outside of footers, quotations and the like, in time that grows no faster than their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_rules.parsing.part import Span


def outside(spans: Iterable[Span], left_out: Iterable[Span]) -> Iterator[Span]:
    """Those spans, given in order, that lie within none of the others."""
    others = sorted(left_out)
    index, reach = 0, -1
    for span in spans:
        while index < len(others) and others[index].start <= span.start:
            reach = max(reach, others[index].end)
            index += 1
        if span.end > reach:
            yield span
