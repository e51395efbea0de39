"""A period in words, with the days that it means when one knows on which day it is asked."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from campaign.i18n import translate
from campaign.segments.period import Timed

PATTERNS = {"vi": "dd/MM/y", "en": "d MMM y"}


def say_day(day: date, language: str) -> str:
    """`31/12/2025`, `31 Dec 2025`."""
    return format_date(day, PATTERNS[language], locale=language)


def say_period(rule: Timed, language: str, day: date | None) -> list[str]:
    """`trong 90 ngày qua (từ 09/12/2025)`, `từ ngày 01/01/2026`; nothing for ever."""
    said = []
    if rule.days or rule.older_than:
        said.append(_relative(rule, language, day))
    if rule.since and rule.until:
        first, last = (say_day(one, language) for one in (rule.since, rule.until))
        said.append(translate(language, "segnodes-period-between", first=first, last=last))
    elif rule.since:
        said.append(translate(language, "segnodes-period-since", day=say_day(rule.since, language)))
    elif rule.until:
        said.append(translate(language, "segnodes-period-until", day=say_day(rule.until, language)))
    return said


def _relative(rule: Timed, language: str, day: date | None) -> str:
    if rule.days and rule.older_than:
        said = translate(language, "segnodes-period-both", least=rule.older_than + 1, most=rule.days)
    elif rule.days:
        said = translate(language, "segnodes-period-days", days=rule.days)
    else:
        said = translate(language, "segnodes-period-older", days=rule.older_than)
    if day is None:
        return said
    first, last = Timed(days=rule.days, older_than=rule.older_than).bounds(day)
    if first and rule.older_than and last:
        meant = translate(
            language, "segnodes-meant-both", first=say_day(first, language), last=say_day(last, language)
        )
    elif first:
        meant = translate(language, "segnodes-meant-since", day=say_day(first, language))
    else:
        assert last is not None
        meant = translate(language, "segnodes-meant-until", day=say_day(last, language))
    return f"{said} {meant}"
