"""Dates, weekdays, hours and durations in three languages, over folded text.

31/3, 31.3.2026, ngày 31 tháng 3, mùng 5 Tết; March 31, 31st of March, Friday, within 48 hours; 3月31日, 周五,
三天内. Fractions, document numbers, house numbers, telephone numbers and prices are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lint_rules.parsing import days, times
from lint_rules.parsing.days import DayFound
from lint_rules.parsing.part import Span

# from the kinds that name a day to those that only bound a time
DAY, WEEKDAY, HOUR, DURATION, RELATIVE = "day", "weekday", "hour", "duration", "relative"


@dataclass(frozen=True, slots=True)
class DateMention:
    """`year` is None where it is not written; `weekday` 0 is Monday. `valid` is False for 31/11."""

    span: Span
    kind: str
    day: int = 0
    month: int = 0
    year: int | None = None
    weekday: int | None = None
    valid: bool = True
    lunar: bool = False
    """Of the lunar calendar (mùng 5 Tết, 正月十五): no day of ours can be told from it."""
    either_order: bool = False
    """English figures that may be read both ways: 3/4 is 3 April or March 4."""

    @property
    def days(self) -> tuple[tuple[int, int], ...]:
        """(day, month) as it may be read; none when day or month is not named."""
        if self.kind != DAY or not self.day or not self.month:
            return ()
        written = (self.day, self.month)
        return (written, (self.month, self.day)) if self.either_order else (written,)

    def as_date(self, today: date | None) -> date | None:
        """The day it names; without a year that of today, None when it cannot be known."""
        return next(iter(self.readings(today)), None)

    def readings(self, today: date | None) -> list[date]:
        """The days it may name, the likeliest first."""
        if not self.valid or self.lunar:
            return []
        found = [self._reading(day, month, today) for day, month in self.days]
        return [made for made in found if made is not None]

    def is_impossible(self, today: date | None) -> bool:
        """31/11, and 29 February where the year is known and has none."""
        if not self.valid:
            return True
        known = self.year is not None or today is not None
        return bool(self.days) and not self.lunar and known and not self.readings(today)

    def _reading(self, day: int, month: int, today: date | None) -> date | None:
        if self.year is not None:
            return _date(self.year, month, day)
        if today is None:
            return None
        # in December "until 5 January" is the next one
        about = _date(today.year, month, min(day, _IN_EVERY_MONTH))
        is_long_past = about is not None and (today - about).days > _HALF_A_YEAR
        return _date(today.year + is_long_past, month, day)


_HALF_A_YEAR = 183
_IN_EVERY_MONTH = 28


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# characters; nobody reads further, and what is written to tire the linter must not
LONGEST_TEXT = 100_000
MOST = 400


def dates(folded_text: str, lang: str, written: str = "") -> list[DateMention]:
    """All mentions in order, without overlaps: a named day before what only bounds a time.

    `written` is the text with its capitals, as long as the folded one: 31/11 Nguyễn Trãi is a house.
    """
    text, written = folded_text[:LONGEST_TEXT], (written or folded_text)[:LONGEST_TEXT]
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)
    for mention in _all(text, lang, written):
        if not any(taken[mention.span.start : mention.span.end]):
            taken[mention.span.start : mention.span.end] = b"\1" * (mention.span.end - mention.span.start)
            found.append(mention)
            if len(found) >= MOST:
                break
    return sorted(found, key=lambda item: item.span)


def _all(text: str, lang: str, written: str) -> Iterator[DateMention]:
    for found in days.find(text, lang, written):
        yield _of_day(found)
    for span, weekday in times.weekdays(text, lang, written):
        yield DateMention(span, WEEKDAY, weekday=weekday)
    for span in times.durations(text, lang):
        yield DateMention(span, DURATION)
    for span in times.hours(text, lang):
        yield DateMention(span, HOUR)
    for span in times.relatives(text, lang):
        yield DateMention(span, RELATIVE)


def _of_day(found: DayFound) -> DateMention:
    """29 February is possible while the year is not known."""
    span, day, month, year = found.span, found.day, found.month, found.year
    if not day:
        return DateMention(span, DAY, lunar=found.lunar)
    if found.lunar:
        valid = day <= _LONGEST_LUNAR_MONTH and month <= _MONTHS
        return DateMention(span, DAY, day, month, year, valid=valid, lunar=True)
    if not month:
        return DateMention(span, DAY, day, valid=day <= _LONGEST_MONTH)
    sample = year if year is not None else _LEAP_YEAR
    valid, other = _date(sample, month, day) is not None, _date(sample, day, month) is not None
    if found.either_order and other and not valid:
        day, month, valid = month, day, True
    either = found.either_order and valid and other and day != month
    return DateMention(span, DAY, day, month, year, valid=valid, either_order=either)


_LONGEST_LUNAR_MONTH, _LONGEST_MONTH, _MONTHS = 30, 31, 12
_LEAP_YEAR = 2024
