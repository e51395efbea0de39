"""Where somebody lives as the map is today, whichever way their address is written.

`{"type": "province_today", "province": "ho-chi-minh"}` finds Bình Dương of the old kind and Thành phố Hồ Chí
Minh of the new one; `{"type": "region", "region": "mekong-delta"}` a region, `{"region": "north"}` a part of
the country. Asked of the province in the profile; nobody's address is rewritten for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from campaign.contacts import provinces
from campaign.contacts.provinces import TODAY, Part, Region
from campaign.i18n import translate
from campaign.segments.parts import only, text, wrong

PROVINCES = tuple(TODAY)
REGIONS = (*(part.value for part in Part), *(region.value for region in Region))


@dataclass(frozen=True)
class ProvinceToday:
    """Lives in what is this province today."""

    province: str


@dataclass(frozen=True)
class InRegion:
    """Lives in this socio-economic region or part of the country."""

    region: str


Place = ProvinceToday | InRegion


def read_province(given: Mapping[str, Any]) -> ProvinceToday:
    only(given, "province")
    province = text(given, "province")
    if province not in PROVINCES:
        raise wrong("province")
    return ProvinceToday(province)


def read_region(given: Mapping[str, Any]) -> InRegion:
    only(given, "region")
    region = text(given, "region")
    if region not in REGIONS:
        raise wrong("region")
    return InRegion(region)


NODES = {"province_today": (ProvinceToday, read_province), "region": (InRegion, read_region)}


def keys_of(place: Place) -> tuple[str, ...]:
    """The province keys of all who fit, old and new."""
    if isinstance(place, ProvinceToday):
        return provinces.keys_in(place.province)
    is_part = place.region in set(Part)
    return provinces.keys_within(Part(place.region) if is_part else Region(place.region))


def lives_in(place: Place, contact: Any) -> ColumnElement[bool]:
    """The condition over `Contact`, or an alias of it."""
    condition: ColumnElement[bool] = contact.province_key.in_(keys_of(place))
    return condition


def say(place: Place, language: str) -> str:
    """`lives in Thành phố Hồ Chí Minh as it is since July 2025`."""
    if isinstance(place, ProvinceToday):
        return translate(language, "places-say-province", name=TODAY[place.province].name)
    return translate(language, "places-say-region", name=translate(language, f"places-region-{place.region}"))


def options(kind: str, language: str) -> list[tuple[str, str]]:
    """What the editor offers for `province_today` or `region`: value and words."""
    if kind == "region":
        return [(value, translate(language, f"places-region-{value}")) for value in REGIONS]
    by_name = sorted(TODAY.values(), key=lambda province: province.key)
    return [
        (province.key, translate(language, "places-option-province", name=province.name))
        for province in by_name
    ]
