"""JUnit's XML, as build servers read it: a suite a message, a case a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from campaign.lint.formats import Result
from lint_rules.finding import Finding

# what XML 1.0 cannot hold, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lines(results: Iterable[Result]) -> Iterator[str]:
    """The document; a message without findings is one case that passed."""
    suites = list(results)
    failures = sum(len(result.findings) for result in suites)
    cases = sum(_cases(result) for result in suites)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="campaign lint" tests="{cases}" failures="{failures}" errors="0">'
    for result in suites:
        yield from _suite(result)
    yield "</testsuites>"


def _cases(result: Result) -> int:
    return (len(result.findings) + len(result.waived)) or 1


def _suite(result: Result) -> Iterator[str]:
    yield (
        f'  <testsuite name={_attribute(result.name)} tests="{_cases(result)}"'
        f' failures="{len(result.findings)}" errors="0" skipped="{len(result.waived)}">'
    )
    for finding in result.findings:
        yield f"    <testcase {_named(result, finding)}>"
        place = f"{result.name}:{finding.part}:{finding.line}:{finding.column}"
        yield (
            f"      <failure type={_attribute(finding.severity.value)} message={_attribute(finding.message)}>"
            f"{escape(_clean(f'{place}: {finding.message}'))}</failure>"
        )
        yield "    </testcase>"
    for finding, waiver in result.waived:
        yield f"    <testcase {_named(result, finding)}>"
        yield f"      <skipped message={_attribute(f'waived until {waiver.until}: {waiver.reason}')}/>"
        yield "    </testcase>"
    if not result.findings and not result.waived:
        yield f'    <testcase name="no findings" classname={_attribute(result.name)}/>'
    yield "  </testsuite>"


def _named(result: Result, finding: Finding) -> str:
    name = f"{finding.rule} {finding.part}:{finding.line}:{finding.column}"
    return f"name={_attribute(name)} classname={_attribute(result.name)}"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
