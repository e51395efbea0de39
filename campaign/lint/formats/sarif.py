"""SARIF 2.1.0 (OASIS), as code hosts and editors read it: rules, places, fixes, waivers as suppressions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from campaign.lint.formats import Result
from lint_rules.finding import Finding
from lint_rules.registry import all_rules
from lint_rules.rule import Rule, Severity
from lint_rules.version import rule_set_version
from lint_rules.waiver import Waiver

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def lines(results: Iterable[Result]) -> Iterator[str]:
    """One document."""
    rules = all_rules()
    index = {rule.id: number for number, rule in enumerate(rules)}
    found = [
        _result(result, finding, waiver, index)
        for result in results
        for finding, waiver in [*((finding, None) for finding in result.findings), *result.waived]
    ]
    driver = {
        "name": "campaign lint",
        "version": version("campaign"),
        "rules": [_rule(rule) for rule in rules],
        "properties": {"ruleSetVersion": rule_set_version()},
    }
    # columns are counted in code points, as everywhere in the linter
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.code,
        "shortDescription": {"text": rule.summary.en},
        "fullDescription": {"text": rule.why.en},
        "help": {"text": f"{rule.why.en}\n\nSource: {rule.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(result: Result, finding: Finding, waiver: Waiver | None, index: dict[str, int]) -> dict[str, Any]:
    uri = {"uri": (result.file or result.name).replace("\\", "/")}
    physical: dict[str, Any] = {"artifactLocation": uri}
    region = result.region(finding)
    if region is not None:
        physical["region"] = _region(region.line, region.column, region.end_line, region.end_column)
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [
                    {"name": finding.part, "fullyQualifiedName": f"{result.name}/{finding.part}"}
                ],
            }
        ],
        "partialFingerprints": {"ruleAndWords/v1": finding.fingerprint},
    }
    if finding.rule in index:
        made["ruleIndex"] = index[finding.rule]
    if waiver is not None:
        made["suppressions"] = [_suppression(waiver)]
    if finding.fix and region is not None:
        made["fixes"] = [_fix(result, finding, uri)]
    return made


def _suppression(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": waiver.reason,
        "properties": {"by": waiver.by, "until": waiver.until.isoformat()},
    }


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(result: Result, finding: Finding, uri: dict[str, str]) -> dict[str, Any]:
    assert finding.fix
    replacements = []
    for edit in finding.fix.edits:
        place = result.places[edit.part] if edit.part in result.places else result.places[finding.part]
        replacements.append(
            {
                "deletedRegion": _region(
                    edit.line + place.lines,
                    edit.column + (place.columns if edit.line == 1 else 0),
                    edit.end_line + place.lines,
                    edit.end_column + (place.columns if edit.end_line == 1 else 0),
                ),
                "insertedContent": {"text": edit.text},
            }
        )
    words = "Safe: changes no word." if finding.fix.safe else "A suggestion: read it before you take it."
    return {
        "description": {"text": words},
        "artifactChanges": [{"artifactLocation": uri, "replacements": replacements}],
    }
