"""What a check says: a verdict and a sentence of the catalogue, so that pages say it in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from campaign.i18n import translate


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"  # works, but should be looked at
    BAD = "bad"


ORDER = (Verdict.OK, Verdict.WARN, Verdict.BAD)


@dataclass(frozen=True)
class Remark:
    """What was found about one part: `key` is its sentence in `doctor.ftl`."""

    part: str
    verdict: Verdict
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        return translate(language, self.key, **self.values)


def ok(part: str, key: str, **values: Any) -> Remark:
    return Remark(part, Verdict.OK, key, values)


def warn(part: str, key: str, **values: Any) -> Remark:
    return Remark(part, Verdict.WARN, key, values)


def bad(part: str, key: str, **values: Any) -> Remark:
    return Remark(part, Verdict.BAD, key, values)


def worst(remarks: Iterable[Remark]) -> Verdict:
    """The verdict on all of it."""
    return max((remark.verdict for remark in remarks), key=ORDER.index, default=Verdict.OK)
