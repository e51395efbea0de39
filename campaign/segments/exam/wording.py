"""The exam in words of the page's language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_percent

from campaign.i18n import translate
from campaign.segments.exam.verdict import Field, Money, Percent, Reason, Value, Verdict
from campaign.segments.exam.walking import BIRTHDAY, CUSTOM
from campaign.segments.exam.whole import Exam
from campaign.segments.wording import Names, join, say_amount

# below this a share is written with a tenth of a point, for "0 %" of a million is not nobody
WHOLE_PERCENT_FROM = 0.1


def conclusion(exam: Exam, language: str) -> str:
    """`Nên sửa trước: đo được, ổn định. Chưa biết: khác biệt.`"""
    verdict = exam.verdict
    named = exam.named(verdict) if verdict in (Verdict.FAILS, Verdict.WEAK) else exam.named(Verdict.PASSES)
    said = translate(language, f"exam-verdict-{verdict}", criteria=_names(named, language))
    unknown = exam.named(Verdict.UNKNOWN)
    if unknown and verdict is not Verdict.UNKNOWN:
        said += " " + translate(language, "exam-not-known", criteria=_names(unknown, language))
    return said


def say(reason: Reason, language: str, names: Names) -> str:
    """One reason as a sentence."""
    values = {name: _value(value, language, names) for name, value in reason.values.items()}
    return translate(language, reason.key, **values)


def field_name(field: Field, language: str, names: Names) -> str:
    """What the field is called on pages."""
    if field.name.startswith(CUSTOM):
        key = field.name.removeprefix(CUSTOM)
        name = names.custom.get(key, key)
    elif field.name == BIRTHDAY:
        name = translate(language, "exam-field-birthday")
    else:
        name = translate(language, f"segments-field-{field.name.replace('_', '-')}")
    return translate(language, "exam-field-of-organisation", field=name) if field.of_organisation else name


def percent(share: float, language: str) -> str:
    """`83 %`, and `0,4 %` where whole points would hide it."""
    pattern = "#,##0%" if abs(share) >= WHOLE_PERCENT_FROM or share == 0 else "#,##0.#%"
    return format_percent(share, pattern, locale=language)


def _names(criteria: list[str], language: str) -> str:
    return join([translate(language, f"exam-name-{name}").lower() for name in criteria], "and", language)


def _value(value: Value, language: str, names: Names) -> object:
    match value:
        case Percent(share):
            return percent(share, language)
        case Money(amount, currency):
            return say_amount(amount, currency, language)
        case Field():
            return field_name(value, language, names)
        case date():
            # the day first, as on all pages
            return format_date(value, "long", locale="en_GB" if language == "en" else language)
        case _:
            return value
