"""For people: one line a finding, `file:part:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.lint.formats import Result


def lines(results: Iterable[Result]) -> Iterator[str]:
    """The findings, then their number."""
    messages = total = fixable = waived = 0
    for result in results:
        messages += 1
        waived += len(result.waived)
        for finding in result.findings:
            total += 1
            fixable += finding.fix is not None and finding.fix.safe
            place = f"{result.name}:{finding.part}:{finding.line}:{finding.column}"
            yield f"{place}: {finding.severity} {finding.rule} {finding.message}"
    yield (
        f"{_counted(total, 'finding')} in {_counted(messages, 'message')}"
        + (f", {fixable} with a safe fix (--fix)" if fixable else "")
        + (f", {waived} waived" if waived else "")
        + "."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
