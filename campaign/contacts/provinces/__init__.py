"""Vietnam's provinces, before and since 1 July 2025: 63 became 34, and the districts went.

A province is known by a key (`binh-duong`), found from any common writing of its name. Several keys became
one (`ho-chi-minh`); what is written in a profile stays as it is. The tables stand beside this file; where
they come from is said in docs/sources.md. There is no table of wards: they were merged, too, and one that is
whole and sure was not to be had, so that no ward is ever guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from campaign.contacts.names import search_key

_HERE = Path(__file__).parent
VIETNAM = "VN"
KEY_LIMIT = 20  # characters of `Contact.province_key`


class Region(StrEnum):
    """The six socio-economic regions of Resolution 306/NQ-CP of 5 October 2025, by provinces of today."""

    NORTHERN_MIDLANDS = "northern-midlands"
    RED_RIVER_DELTA = "red-river-delta"
    NORTH_CENTRAL = "north-central"
    SOUTH_CENTRAL = "south-central"
    SOUTHEAST = "southeast"
    MEKONG_DELTA = "mekong-delta"


class Part(StrEnum):
    """North, centre and south, as everybody says: two regions each."""

    NORTH = "north"
    CENTRE = "centre"
    SOUTH = "south"


PARTS: dict[Part, tuple[Region, ...]] = {
    Part.NORTH: (Region.NORTHERN_MIDLANDS, Region.RED_RIVER_DELTA),
    Part.CENTRE: (Region.NORTH_CENTRAL, Region.SOUTH_CENTRAL),
    Part.SOUTH: (Region.SOUTHEAST, Region.MEKONG_DELTA),
}


@dataclass(frozen=True)
class Province:
    """One of today's 34; `name` is how it is written in an address."""

    key: str
    name: str
    region: Region


@dataclass(frozen=True)
class Former:
    """One of the 63 until 30 June 2025, and the key of what it became."""

    key: str
    name: str
    became: str

    @property
    def is_gone(self) -> bool:
        """Whether nothing of today bears its name."""
        return self.key != self.became


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[2:])  # after a comment and the headings


TODAY: dict[str, Province] = {
    key: Province(key, name, Region(region)) for key, name, region in _rows("today")
}
BEFORE: dict[str, Former] = {key: Former(key, name, became) for key, name, became in _rows("before")}
GONE: frozenset[str] = frozenset(key for key, former in BEFORE.items() if former.is_gone)
"""The keys of the 29 names that only an address of the old kind has."""

# what is written before and after a name, folded
_BEFORE_NAME = ("thanhpho", "tinh", "tp", "province", "city")
_AFTER_NAME = ("province", "city", "thanhpho", "tinh", "tp", "市", "省")
_COUNTRY = (("viet", "nam"), ("vietnam",), ("vn",))


def key_of(text: str, country: str = VIETNAM) -> str:
    """The key of the province that the text names; empty when it names none, more than one, or one abroad.

    Only a whole name counts: `Quận 1, TP.HCM` holds more than a province and is left to a person.
    """
    return _key(text) if text and country == VIETNAM else ""


def today(key: str) -> Province | None:
    """What the province is now; None for an unknown key."""
    former = BEFORE.get(key)
    return TODAY.get(former.became if former else key)


def name_of(key: str) -> str:
    """How the province of that key is called; the old name of one that is gone."""
    return BEFORE[key].name if key in GONE else TODAY[key].name


@cache
def keys_in(now: str) -> tuple[str, ...]:
    """All keys, old and new, of what is that province today."""
    return tuple(sorted({now} | {former.key for former in BEFORE.values() if former.became == now}))


@cache
def keys_within(place: Region | Part) -> tuple[str, ...]:
    """All keys, old and new, of what lies in that region or part of the country today."""
    regions = PARTS[place] if isinstance(place, Part) else (place,)
    return tuple(
        sorted(key for found in TODAY.values() if found.region in regions for key in keys_in(found.key))
    )


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    words = re.findall(r"[^\W_]+", search_key(text))
    for country in _COUNTRY:
        if len(words) > len(country) and tuple(words[-len(country) :]) == country:
            words = words[: -len(country)]
    if len(words) > 1 and words[0] == "t":  # `T. Bình Dương`
        words = words[1:]
    folded = "".join(words)
    return next((key for one in _bare(folded) if (key := _by_fold().get(one))), "")


def _bare(folded: str) -> Iterator[str]:
    """The name, and the name without the word that says what it is."""
    heads = [folded, *(folded.removeprefix(word) for word in _BEFORE_NAME if folded.startswith(word))]
    yield from heads
    for head in heads:
        yield from (head.removesuffix(word) for word in _AFTER_NAME if head.endswith(word))


@cache
def _by_fold() -> dict[str, str]:
    """Each known writing, folded as `_key` folds, to its key."""
    names = [(key, former.name) for key, former in BEFORE.items()]
    names += [(key, province.name) for key, province in TODAY.items()]
    names += [(key, name.removeprefix("Thành phố ")) for key, name in names]
    names += [(key, spelling) for key, spelling in _rows("spellings")]
    return {"".join(re.findall(r"[^\W_]+", search_key(name))): key for key, name in names}
