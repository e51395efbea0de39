"""A contact as an import holds it: what is known, what a row adds to it, and the rows it becomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from campaign.contacts import birthday, erased, provinces, traits
from campaign.contacts.addresses import NOWHERE, PostalKeys, phone_key, postal_keys_at
from campaign.contacts.batch import Change
from campaign.contacts.carried import Reached
from campaign.contacts.csv_import.writing import Value
from campaign.contacts.names import clean, given_name_of, search_key
from campaign.contacts.profile import CUSTOM_LIMIT, TAG_LIMIT, as_text
from campaign.contacts.search.words import words_of
from campaign.errors import InvalidInput
from campaign.models import BirthCalendar, Contact, ContactKind

# of a profile of which nothing is known yet
BLANK: dict[str, Any] = {
    column.name: None if column.nullable else "" for column in Contact.__table__.c if column.name != "id"
} | {
    "kind": ContactKind.PERSON, "country": "VN", "language": "vi", "time_zone": "Asia/Ho_Chi_Minh",
    "birth_calendar": BirthCalendar.SOLAR, "custom": {}, "traits": {},
}  # fmt: skip
INSERTED = tuple(column.name for column in Contact.__table__.c)
# columns that hold texts by name: how each is called in the history, and how long it may be
NAMED = {"custom": ("custom.", CUSTOM_LIMIT), "traits": (traits.PREFIX, traits.LIMIT)}
_BIRTH = frozenset({"birth_day", "birth_month", "birth_year", "birth_calendar"})
# what a profile always has: a later row about the same person does not speak of it
_NEVER_EMPTY = frozenset({"kind", "country", "language", "time_zone", "birth_calendar"})


def named(field: str) -> tuple[str, str] | None:
    """The column and the name in it of such a text, as the history calls it; None for another field."""
    for column, (prefix, _) in NAMED.items():
        if field.startswith(prefix):
            return column, field.removeprefix(prefix)
    return None


class _Birth(NamedTuple):
    birth_day: int | None
    birth_month: int | None
    birth_calendar: BirthCalendar


@lru_cache(maxsize=4096)
def _check_birth(day: int | None, month: int | None, calendar: BirthCalendar) -> None:
    birthday.check(_Birth(day, month, calendar))


class Person:
    """`values` by column; `changes` is the history to be written; `dirty` are the columns that changed."""

    __slots__ = ("changes", "dirty", "id", "is_new", "tags", "tags_added", "values")

    def __init__(
        self, id_: int, values: dict[str, Any], tags: Iterable[str] = (), *, is_new: bool = False
    ) -> None:
        self.id = id_
        self.values = values
        self.tags = set(tags)
        self.is_new = is_new
        self.changes: list[Change] = []
        self.dirty: set[str] = set()
        self.tags_added: list[str] = []

    def keys(self) -> erased.Keys:
        """By what the person is found."""
        values = self.values
        return erased.Keys(
            values["email_key"], values["phone_key"], values["letter_key"], values["place_key"]
        )

    def reached(self) -> Reached:
        """Where the person is reached now."""
        return Reached(self.values["email_key"], self.values["place_key"])

    def news(self, facts: Mapping[str, Any], *, only_gaps: bool, own_code: bool) -> dict[str, Any]:
        """What of the facts is new to this profile. With `only_gaps` nothing that is filled is touched;
        a code of our own making counts as a gap."""
        values = self.values
        found: dict[str, Any] = {}
        for field, value in facts.items():
            if field == "tags":
                if fresh := sorted(set(value) - self.tags):
                    found["tags"] = fresh
            elif field in NAMED:
                known = values[field]
                fresh_values = {
                    key: text for key, text in value.items()
                    if text != known.get(key, "") and not (only_gaps and key in known)
                }  # fmt: skip
                if fresh_values:
                    found[field] = fresh_values
            elif values[field] != value and not (only_gaps and self._is_filled(field, own_code)):
                found[field] = value
        return found

    def _is_filled(self, field: str, own_code: bool) -> bool:
        if field in _NEVER_EMPTY:
            return True
        if field == "code" and own_code:
            return False
        return self.values[field] not in ("", None)

    def check(self, news: Mapping[str, Any]) -> None:
        """InvalidInput when the facts do not go together; nothing is changed yet."""
        if not _BIRTH.isdisjoint(news):
            _check_birth(*[news.get(name, self.values[name]) for name in _Birth._fields])
        for tag in news.get("tags", ()):
            if len(tag) > TAG_LIMIT:
                raise InvalidInput("contacts-error-too-long", field="tags", limit=TAG_LIMIT, value=tag)
        for field, (prefix, limit) in NAMED.items():
            for key, text in news.get(field, {}).items():
                if len(text) > limit:
                    raise InvalidInput("contacts-error-too-long", field=f"{prefix}{key}", limit=limit)

    def take(self, news: Mapping[str, Any], place: Whereabouts | None, known: Derived | None = None) -> None:
        """Take the news in; `place` is the organisation's, for a person without an address. `known` are the
        keys that the row was looked up by: of somebody new they are the person's own."""
        values, changes = self.values, self.changes
        for field, value in news.items():
            if field == "tags":
                before = ", ".join(sorted(self.tags))
                self.tags.update(value)
                self.tags_added += value
                changes.append(Change("tags", before, ", ".join(sorted(self.tags))))
            elif field in NAMED:
                known_texts = dict(values[field])
                for key, text in value.items():
                    changes.append(Change(f"{NAMED[field][0]}{key}", known_texts.get(key, ""), text))
                    known_texts[key] = text
                values[field] = known_texts
                self.dirty.add(field)
            else:
                changes.append(Change(field, _text_of(values[field]), _text_of(value)))
                values[field] = value
                self.dirty.add(field)
        if self.is_new and not values["given_name"]:
            values["given_name"] = given_name_of(values["full_name"], values["language"])[:100]
            self.dirty.add("given_name")
        self._refresh(place, known)

    def _refresh(self, place: Whereabouts | None, known: Derived | None) -> None:
        values = self.values
        if known is not None and place is None:
            keys = known
        else:
            keys = Derived(
                search_key(values["full_name"])[:200],
                values["email"].lower(),
                phone_key(values["phone"]),
                *_postal_keys(values, place),
                provinces.key_of(values["province"], values["country"]),
            )
        for name, key in zip(Derived._fields, keys, strict=True):
            if values[name] != key:
                values[name] = key
                self.dirty.add(name)
        house = place.name if place else ""
        words = words_of(values["full_name"], values["code"], keys.email_key, keys.phone_key, house)
        if values["search_words"] != words:
            values["search_words"] = words
            self.dirty.add("search_words")


def _text_of(value: Any) -> str:
    return value if type(value) is str else as_text(value)


class Derived(NamedTuple):
    """What is derived from the facts, under the names of its columns."""

    name_key: str
    email_key: str
    phone_key: str
    letter_key: str
    place_key: str
    province_key: str


class Whereabouts:
    """Where the post goes, and whose place it is: a slice of a contact's columns."""

    __slots__ = ("country", "name", "postal_code", "province", "street", "ward")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.name = values.get("full_name", "")
        self.street, self.ward, self.province = values["street"], values["ward"], values["province"]
        self.postal_code, self.country = values["postal_code"], values["country"]


def _place_of(values: Mapping[str, Any], organisations: Whereabouts | None) -> Whereabouts:
    own = Whereabouts(values)
    return own if (own.street and own.province) or organisations is None else organisations


def _postal_keys(values: Mapping[str, Any], organisations: Whereabouts | None) -> PostalKeys:
    if values["kind"] is ContactKind.ORGANISATION:
        return NOWHERE
    return postal_keys_at(values["full_name"], _place_of(values, organisations))


_PLACE_OF_COLUMN = {name: place for place, name in enumerate(INSERTED)}
_BLANK_ROW: list[Value] = []


def row_of(person: Person) -> list[Value]:
    """A new person as a row of `contact`, in the order of `INSERTED`: a blank one, and what is not blank."""
    if not _BLANK_ROW:
        _BLANK_ROW.extend(None if name == "id" else written(BLANK[name]) for name in INSERTED)
    row = _BLANK_ROW.copy()
    values, places = person.values, _PLACE_OF_COLUMN
    row[places["id"]] = person.id
    for name in (*person.dirty, "code", "created_at", "updated_at"):
        row[places[name]] = written(values[name])
    return row


def written(value: Any) -> Value:
    """A fact as the database writes it."""
    if value is None or type(value) is str or type(value) is int:
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else "{}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def clean_custom(custom: Mapping[str, str]) -> dict[str, str]:
    """Values of the house's own fields, without those that say nothing."""
    cleaned = {key: clean(text) for key, text in custom.items()}
    return {key: text for key, text in cleaned.items() if text}


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Without the quotation marks that Mailchimp puts around each."""
    return sorted({tag for tag in (clean(text).strip('"') for text in tags) if tag})
