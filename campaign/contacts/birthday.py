"""A birthday in its parts: which combinations a calendar knows."""

from __future__ import annotations

from typing import Protocol

from campaign.errors import InvalidInput
from campaign.models import BirthCalendar
from campaign.occasions.anniversaries import YearDay, is_possible


class Birth(Protocol):
    """What of a contact says when they were born."""

    @property
    def birth_day(self) -> int | None: ...
    @property
    def birth_month(self) -> int | None: ...
    @property
    def birth_calendar(self) -> BirthCalendar: ...


def check(contact: Birth) -> None:
    """InvalidInput when day and month do not go together. A year alone, or day and month alone, are fine."""
    day, month = contact.birth_day, contact.birth_month
    if day is None and month is None:
        return
    if day is None or month is None:
        raise InvalidInput(
            "contacts-error-birthday-half", field="birth_day" if day is None else "birth_month"
        )
    lunar = contact.birth_calendar is BirthCalendar.LUNAR
    if not is_possible(YearDay("lunar" if lunar else "solar", month, day)):
        raise InvalidInput("contacts-error-birthday", field="birth_day", day=day, month=month)
