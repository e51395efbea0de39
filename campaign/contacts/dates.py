"""Dates as people write them; knows no database."""

from __future__ import annotations

import re
from datetime import date

from campaign.contacts.names import clean
from campaign.errors import InvalidInput

# the time of a time stamp is read over: the day is the one that is written
_TIME = (
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?)?"
)
_DATE_SHAPES = (
    re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}"),
)


def parse_date(field: str, text: str) -> date:
    """`2026-03-09` or, as it is written in Vietnam, `09/03/2026` (day first, always); a time may follow."""
    value = clean(text)
    for shape in _DATE_SHAPES:
        if found := shape.fullmatch(value):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                break
    raise InvalidInput("contacts-error-date", field=field, value=value[:20])
