"""Who a row is about: by code, then e-mail, then phone and name, then name and address, in whatever writing.

A telephone alone is no person: families share one.

Looked up for a chunk of rows at a time. Erased profiles are found by nothing. Whoever has an e-mail address
of their own is nobody else, however alike the rest: then the other is only remembered, for a no of theirs
holds for both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import provinces
from campaign.contacts.addresses import NOWHERE, folded, phone_key, postal_keys_at
from campaign.contacts.csv_import import lookups
from campaign.contacts.csv_import.person import BLANK, Derived, Person, Whereabouts
from campaign.contacts.names import search_key
from campaign.contacts.place_keys import bare_district, bare_name, same_person
from campaign.errors import InvalidInput
from campaign.models import ContactKind, ContactTag

OUR_CODE = re.compile(r"KH(\d{6,})")
_PLACE = ("street", "ward", "province", "postal_code", "country")


class Keys(NamedTuple):
    """What a row can be found by; computed once. Empty where the row does not say."""

    code: str
    name: str
    email: str
    phone: str
    letter: str
    place: str
    province: str
    district: str
    is_organisation: bool
    full_name: str

    def derived(self) -> Derived:
        """The keys of somebody of whom only the row is known."""
        return Derived(self.name, self.email, self.phone, self.letter, self.place, self.province)


def keys_of(facts: Mapping[str, Any]) -> Keys:
    """The keys of a row."""
    organisation = facts.get("kind") is ContactKind.ORGANISATION
    postal = NOWHERE
    if not organisation and "street" in facts and "province" in facts:
        place = Whereabouts({name: facts.get(name, BLANK[name]) for name in _PLACE})
        postal = postal_keys_at(facts["full_name"], place)
    return Keys(
        facts.get("code", ""),
        search_key(facts["full_name"])[:200],
        facts.get("email", "").lower(),
        phone_key(facts["phone"]) if "phone" in facts else "",
        *postal,
        provinces.key_of(facts.get("province", ""), facts.get("country", BLANK["country"])),
        bare_district(folded(facts.get("district", ""))),
        organisation,
        facts["full_name"],
    )


_People = dict[Person, None]
"""In the order in which they were found, each once."""


class Index:
    """The contacts that the rows of a chunk may be about."""

    def __init__(self, db: Session, rows: Sequence[Keys], *, with_tags: bool) -> None:
        self._by_code: dict[str, Person] = {}
        self._by_email: dict[str, _People] = defaultdict(dict)
        self._named_at: dict[tuple[str, str], _People] = defaultdict(dict)
        self._by_phone: dict[tuple[str, str], _People] = defaultdict(dict)
        self._by_place: dict[str, _People] = defaultdict(dict)
        self._organisations: dict[str, Person] = {}
        self._erased: set[str] = set()
        ids = {
            id_
            for column, keys in (
                ("code", {row.code for row in rows}),
                ("email_key", {row.email for row in rows}),
                ("phone_key", {row.phone for row in rows}),
                ("place_key", {row.place for row in rows}),
                ("name_key", {row.name for row in rows if row.is_organisation}),
            )
            for id_, _ in lookups.behind(db, column, keys - {""})
        }
        tags = _tags(db, ids) if with_tags and ids else {}
        for found in lookups.contacts(db, ids):
            values = dict(found)
            if values["erased_at"] is None:
                self.add(Person(values["id"], values, tags.get(values["id"], ())))
            else:
                self._erased.add(values["code"])

    def add(self, person: Person) -> None:
        """From now on the person is found by these; the older one wins."""
        values = person.values
        self._by_code.setdefault(values["code"], person)
        if values["kind"] is ContactKind.ORGANISATION:
            self._organisations.setdefault(values["name_key"], person)
        bare = bare_name(values["full_name"])
        if email := values["email_key"]:
            self._by_email[email][person] = None
            for name in (values["name_key"], bare):
                self._named_at[(email, name)][person] = None
        if phone := values["phone_key"]:
            self._by_phone[(phone, bare)][person] = None
        if place := values["place_key"]:
            self._by_place[place][person] = None

    def at_email(self, key: str) -> int:
        """How many people share an address, as far as the rows so far know."""
        return len(self._by_email.get(key, ()))

    def find(self, keys: Keys) -> tuple[Person | None, Person | None]:
        """The person the row is about, or None; and somebody else who is very like them, if there is one.

        A code names one person: a row whose code nobody has is somebody new, even at a known address,
        unless the one at that address only has a code of our own making. InvalidInput when nothing tells
        the person from others, or when the code is an erased person's.
        """
        # rows before may have changed what a person was listed under: only what they have now counts
        known = self._by_code.get(keys.code)
        if keys.code and known and known.values["code"] == keys.code:
            return known, next(self._alike(keys, known), None)
        if keys.code in self._erased:
            raise InvalidInput("contacts-error-erased")
        if keys.is_organisation:
            found, like = self._organisations.get(keys.name), None
            if found and found.values["name_key"] != keys.name:
                found = None
        else:
            found, like = self._by_address(keys)
        if found is not None and keys.code and not OUR_CODE.fullmatch(found.values["code"]):
            return None, found
        return found, like

    def _by_address(self, keys: Keys) -> tuple[Person | None, Person | None]:
        if not (keys.code or keys.email or keys.phone or keys.place):
            raise InvalidInput("contacts-import-nobody")
        if found := self._at_email(keys):
            return found, next(self._alike(keys, found), None)
        for person in self._alike(keys):
            if not (keys.email and person.values["email_key"]):
                return person, None
        return None, next(self._alike(keys), None)

    def _at_email(self, keys: Keys) -> Person | None:
        """Of several at a mailbox whoever has the name, else is called so with a title or without, else the
        oldest. Thousands may share one: shops write `none@shop.vn` where nobody says."""

        def those(people: _People) -> Iterator[Person]:
            return (person for person in people if person.values["email_key"] == keys.email)

        named = those(self._named_at.get((keys.email, keys.name), {}))
        called = those(self._named_at.get((keys.email, bare_name(keys.full_name)), {}))
        return (
            next((person for person in named if person.values["name_key"] == keys.name), None)
            or next((person for person in called if _is_called(person, keys)), None)
            or next(those(self._by_email.get(keys.email, {})), None)
        )

    def _alike(self, keys: Keys, besides: Person | None = None) -> Iterator[Person]:
        """Who has the same name and telephone, or the same name at the same postal address."""
        if keys.phone:
            for person in self._by_phone.get((keys.phone, bare_name(keys.full_name)), ()):
                same = person.values["phone_key"] == keys.phone and _is_called(person, keys)
                if same and person is not besides:
                    yield person
        for person in self._by_place.get(keys.place, ()):
            values = person.values
            # a province of before and the one it became: the ward may be another, and no map is at hand
            same = values["place_key"] == keys.place and values["province_key"] in ("", keys.province)
            # of before as well: a Phường 5 and a Lê Lợi there are in more than one district of a city
            same = same and _no_other_district(values["district"], keys)
            if same and person is not besides and same_person(values["full_name"], keys.full_name):
                yield person


def _no_other_district(district: str, keys: Keys) -> bool:
    return not district or not keys.district or bare_district(folded(district)) == keys.district


def _is_called(person: Person, keys: Keys) -> bool:
    """The same name, with its marks and title or without."""
    known = person.values["full_name"]
    return bare_name(known) == bare_name(keys.full_name) and same_person(known, keys.full_name)


def _tags(db: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = defaultdict(list)
    wanted = list(ids)
    for contact_id, tag in db.execute(
        select(ContactTag.contact_id, ContactTag.tag).where(ContactTag.contact_id.in_(wanted))
    ):
        tags[contact_id].append(tag)
    return tags
