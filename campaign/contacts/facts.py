"""The facts a profile holds, and how each is read from a text: a form field and a CSV cell alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from sqlalchemy import String

from campaign.contacts.addresses import normalise_email
from campaign.contacts.dates import parse_date as parse_date
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import BirthCalendar, Contact, ContactKind, LeavingReason, RelationshipLevel

# languages a contact can be written to in; copy exists in these
LANGUAGES = ("vi", "en", "zh")
OLDEST_YEAR = 1880
NOTE_LIMIT = 5000
PHONE_DIGITS = range(6, 16)  # E.164 allows at most 15

Parser = Callable[[str, str], Any]
"""Field name and text in, value out; raises InvalidInput."""


def parse(field: str, text: str) -> Any:
    """The value of a field as the table keeps it; InvalidInput with `field` when the text makes none."""
    return PARSERS[field](field, text)


def _text(field: str, text: str) -> str:
    value = clean(text)
    if len(value) > (limit := _limit(field)):
        raise InvalidInput("contacts-error-too-long", field=field, limit=limit)
    return value


@cache
def _limit(field: str) -> int:
    kind = Contact.__table__.c[field].type
    if not isinstance(kind, String) or kind.length is None:
        raise ValueError(f"{field} has no bounded text column")
    return kind.length


def _note(field: str, text: str) -> str:
    value = "\n".join(clean(line) for line in text.splitlines()).strip()
    if len(value) > NOTE_LIMIT:
        raise InvalidInput("contacts-error-too-long", field=field, limit=NOTE_LIMIT)
    return value


def _full_name(field: str, text: str) -> str:
    value = _text(field, text)
    if not value:
        raise InvalidInput("contacts-error-no-name", field=field)
    return value


def _email(field: str, text: str) -> str:
    return normalise_email(text).address if text.strip() else ""


def _phone(field: str, text: str) -> str:
    value = _text(field, text)
    digits = sum(char.isdigit() for char in value)
    if value and (digits not in PHONE_DIGITS or re.search(r"[^\d\s()+./-]", value)):
        raise InvalidInput("contacts-error-phone", field=field, value=value)
    return value


def _postal_code(field: str, text: str) -> str:
    return _text(field, text).upper()


def _country(field: str, text: str) -> str:
    value = clean(text)
    code = (
        value.upper() if value.upper() in Locale("en").territories else _country_codes().get(value.casefold())
    )
    if not code or len(code) != 2:
        raise InvalidInput("contacts-error-country", field=field, value=value)
    return code


@cache
def _country_codes() -> dict[str, str]:
    """Country names in Vietnamese and English, folded, to their codes."""
    return {
        name.casefold(): code
        for language in ("en", "vi")
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }


def _language(field: str, text: str) -> str:
    value = clean(text).casefold()
    code = _LANGUAGE_WORDS.get(value, value.partition("-")[0])
    if code not in LANGUAGES:
        raise InvalidInput("contacts-error-language", field=field, value=value)
    return code


_LANGUAGE_WORDS = {
    "tiếng việt": "vi", "vietnamese": "vi", "việt": "vi", "tiếng anh": "en", "english": "en", "anh": "en",
    "tiếng trung": "zh", "chinese": "zh", "trung": "zh", "中文": "zh",
}  # fmt: skip


def _time_zone(field: str, text: str) -> str:
    value = clean(text)
    if value not in _zones():
        raise InvalidInput("contacts-error-time-zone", field=field, value=value)
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _kind(field: str, text: str) -> ContactKind:
    return ContactKind(_choice(field, text, _KIND_WORDS))


_KIND_WORDS = {
    "person": "person", "cá nhân": "person", "individual": "person", "khách lẻ": "person",
    "organisation": "organisation", "organization": "organisation", "tổ chức": "organisation",
    "company": "organisation", "công ty": "organisation", "doanh nghiệp": "organisation",
}  # fmt: skip


def _calendar(field: str, text: str) -> BirthCalendar:
    return BirthCalendar(_choice(field, text, _CALENDAR_WORDS))


_CALENDAR_WORDS = {
    "solar": "solar", "dương lịch": "solar", "dương": "solar", "dl": "solar",
    "lunar": "lunar", "âm lịch": "lunar", "âm": "lunar", "al": "lunar",
}  # fmt: skip


def _level(field: str, text: str) -> RelationshipLevel:
    return RelationshipLevel(_choice(field, text, _LEVEL_WORDS))


_LEVEL_WORDS = {level.value: level.value for level in RelationshipLevel} | {
    "cơ bản": "basic", "bị động": "reactive", "phản hồi": "reactive", "có trách nhiệm": "accountable",
    "trách nhiệm": "accountable", "chủ động": "proactive", "đối tác": "partnership", "partner": "partnership",
}  # fmt: skip


def _leaving(field: str, text: str) -> LeavingReason:
    return LeavingReason(_choice(field, text, _LEAVING_WORDS))


_LEAVING_WORDS = {reason.value: reason.value for reason in LeavingReason} | {
    "giá": "price", "giá cao": "price", "chất lượng": "quality", "phục vụ": "service", "dịch vụ": "service",
    "đối thủ": "competitor", "không còn nhu cầu": "no_need", "hết nhu cầu": "no_need", "no need": "no_need",
    "chuyển đi": "moved", "chuyển nhà": "moved", "đóng cửa": "closed", "ngừng kinh doanh": "closed",
    "khác": "other", "lý do khác": "other",
}  # fmt: skip


def _choice(field: str, text: str, words: dict[str, str]) -> str:
    found = words.get(clean(text).casefold())
    if found is None:
        raise InvalidInput("contacts-error-choice", field=field, value=clean(text)[:40])
    return found


def _number(low: int, high: int) -> Parser:
    def read(field: str, text: str) -> int | None:
        value = clean(text)
        if not value:
            return None
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise InvalidInput("contacts-error-number", field=field, low=low, high=high, value=value[:20])
        return int(value)

    return read


def _day(field: str, text: str) -> date | None:
    return parse_date(field, text) if text.strip() else None


TEXT_FIELDS = (
    "given_name", "form_of_address", "position", "street", "ward", "district", "province", "sex",
    "occupation", "line_of_business", "legal_representative", "code", "leaving_note",
)  # fmt: skip

PARSERS: dict[str, Parser] = {
    **dict.fromkeys(TEXT_FIELDS, _text),
    "full_name": _full_name,
    "email": _email,
    "phone": _phone,
    "postal_code": _postal_code,
    "country": _country,
    "language": _language,
    "time_zone": _time_zone,
    "kind": _kind,
    "birth_year": _number(OLDEST_YEAR, 2100),
    "birth_month": _number(1, 12),
    "birth_day": _number(1, 31),
    "birth_calendar": _calendar,
    "founded_on": _day,
    "relationship_level": _level,
    "leaving_reason": _leaving,
    "left_on": _day,
    "note": _note,
}
"""Field of `Contact` to its parser. Tags, custom fields, organisation and owner are kept by `profile`."""
