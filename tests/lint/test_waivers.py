"""What a waiver covers, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from campaign.lint import Finding, waivers
from campaign.lint.waivers import Exemption, Standing
from lint_rules.rule import Severity

TODAY = date(2026, 3, 9)
FINDING = Finding("missing-price", Severity.ERROR, "offer", 1, 1, 1, 5, "Thiếu giá", None, "aa11")
HOLDS = Exemption("missing-price", "offer", "aa11", granted=True, ends_on=TODAY, id=7)


def test_a_waived_finding_stays_listed_and_blocks_no_more() -> None:
    applied = waivers.apply([FINDING], [HOLDS], TODAY)
    assert [(one.finding, one.waived) for one in applied.judged] == [(FINDING, True)]
    assert applied.blocking == []
    assert applied.unused == []


@pytest.mark.parametrize(
    ("waiver", "today", "standing"),
    [
        (HOLDS, date(2026, 3, 10), Standing.EXPIRED),
        (replace(HOLDS, voided=True), TODAY, Standing.VOIDED),
        (replace(HOLDS, granted=False), TODAY, Standing.ASKED),
    ],
)
def test_what_does_not_hold_lets_the_finding_count(
    waiver: Exemption, today: date, standing: Standing
) -> None:
    applied = waivers.apply([FINDING], [waiver], today)
    assert applied.blocking == [FINDING]
    assert applied.judged[0].standing is standing


@pytest.mark.parametrize("other", [{"fingerprint": "bb22"}, {"part": "hook"}, {"rule": "missing-delivery"}])
def test_other_words_another_place_another_rule_are_not_covered(other: dict[str, str]) -> None:
    applied = waivers.apply([replace(FINDING, **other)], [HOLDS], TODAY)
    assert len(applied.blocking) == 1
    assert applied.unused == [HOLDS]


@pytest.mark.parametrize("rule", sorted(waivers.NEVER))
def test_consent_and_limits_know_no_waiver(rule: str) -> None:
    finding = replace(FINDING, rule=rule)
    assert not waivers.may_be_waived(finding)
    applied = waivers.apply([finding], [replace(HOLDS, rule=rule)], TODAY)
    assert applied.blocking == [finding]


def test_what_has_no_fingerprint_is_not_waived() -> None:
    finding = replace(FINDING, fingerprint="")
    assert waivers.apply([finding], [replace(HOLDS, fingerprint="")], TODAY).blocking == [finding]


def test_of_several_the_one_that_holds_counts() -> None:
    asked = replace(HOLDS, granted=False, id=8)
    assert waivers.apply([FINDING], [asked, HOLDS], TODAY).judged[0].waiver == HOLDS
