"""How a campaign may go out beyond "to everybody at once": test arms, a hold-out, later additions.

These terms are part of what is signed, so they are chosen before sign-off. What is left unset stands in no
stored JSON: whatever was signed before there were terms keeps its hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from campaign.errors import InvalidInput
from campaign.models import FIRST_ARM

ARMS = ("a", "b", "c", "d")
# in per cent of the people who may be written to; the rest of a test must be worth having a winner for
SAMPLE = range(5, 81)
HOLDOUT = range(1, 51)
# an hour is little for readers, a week is long for news
HOURS = range(1, 169)


class Measure(StrEnum):
    """What makes an arm better. Each counts persons, machines left out."""

    OPEN = "open"
    CLICK = "click"
    REPLY = "reply"


@dataclass(frozen=True)
class TrialTerms:
    """`share` per cent of the people get one of the `arms` each; after `hours` the better one by `measure`
    goes to the rest. Without a clear winner `default` goes, or a person decides (empty)."""

    arms: tuple[str, ...] = ARMS[:2]
    share: int = 20
    measure: Measure = Measure.OPEN
    hours: int = 24
    default: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "arms": list(self.arms),
            "share": self.share,
            "measure": self.measure.value,
            "hours": self.hours,
            "default": self.default,
        }


@dataclass(frozen=True)
class SendingTerms:
    """`holdout` per cent get nothing, for comparison; until `added_until` (that day included) people who
    join the segment later may get the message under the same sign-off."""

    trial: TrialTerms | None = None
    holdout: int = 0
    added_until: date | None = None

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms whose copy goes out."""
        return self.trial.arms if self.trial else (FIRST_ARM,)

    @property
    def divides(self) -> bool:
        """Whether not everybody gets the same at once."""
        return self.trial is not None or self.holdout > 0

    def to_json(self) -> dict[str, Any]:
        """Empty for plain terms."""
        found: dict[str, Any] = {}
        if self.trial:
            found["trial"] = self.trial.to_json()
        if self.holdout:
            found["holdout"] = self.holdout
        if self.added_until:
            found["added_until"] = self.added_until.isoformat()
        return found


PLAIN = SendingTerms()


def from_json(data: Mapping[str, Any]) -> SendingTerms:
    """What `to_json` made."""
    trial, until = data.get("trial"), data.get("added_until")
    return SendingTerms(
        trial=TrialTerms(
            tuple(trial["arms"]),
            trial["share"],
            Measure(trial["measure"]),
            trial["hours"],
            trial["default"],
        )
        if trial
        else None,
        holdout=data.get("holdout", 0),
        added_until=date.fromisoformat(until) if until else None,
    )


def check(terms: SendingTerms, *, by_email: bool) -> SendingTerms:
    """The terms, if they make sense; InvalidInput names the field otherwise."""
    trial = terms.trial
    if trial:
        if not 2 <= len(trial.arms) <= len(ARMS) or trial.arms != ARMS[: len(trial.arms)]:
            raise InvalidInput("campaigns-terms-arms", field="arms", most=len(ARMS))
        if trial.share not in SAMPLE:
            raise InvalidInput("campaigns-terms-share", field="share", least=SAMPLE[0], most=SAMPLE[-1])
        if trial.hours not in HOURS:
            raise InvalidInput("campaigns-terms-hours", field="hours", least=HOURS[0], most=HOURS[-1])
        if trial.default and trial.default not in trial.arms:
            raise InvalidInput("campaigns-terms-default", field="default")
        if trial.measure is not Measure.REPLY and not by_email:
            raise InvalidInput("campaigns-terms-measure", field="measure")
    if terms.holdout and terms.holdout not in HOLDOUT:
        raise InvalidInput("campaigns-terms-holdout", field="holdout", least=HOLDOUT[0], most=HOLDOUT[-1])
    return terms
