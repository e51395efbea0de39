"""In which time zone somebody lives: by the contact's own zone, else by the country, else the house's."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

# the zone in which most of the country's people live, for the countries we write to and their neighbours
# (IANA time zone database, zone1970.tab)
BY_COUNTRY = {
    "AU": "Australia/Sydney",
    "BE": "Europe/Brussels",
    "CA": "America/Toronto",
    "CH": "Europe/Zurich",
    "CN": "Asia/Shanghai",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "HK": "Asia/Hong_Kong",
    "ID": "Asia/Jakarta",
    "IE": "Europe/Dublin",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KH": "Asia/Phnom_Penh",
    "KR": "Asia/Seoul",
    "LA": "Asia/Vientiane",
    "MO": "Asia/Macau",
    "MY": "Asia/Kuala_Lumpur",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "NZ": "Pacific/Auckland",
    "PH": "Asia/Manila",
    "PL": "Europe/Warsaw",
    "RU": "Europe/Moscow",
    "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "TW": "Asia/Taipei",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
}


@cache
def known() -> frozenset[str]:
    """The zones that this machine knows; reading the list takes some milliseconds."""
    return frozenset(available_timezones())


def zone_of(time_zone: str, country: str, house: str) -> str:
    """A name that `ZoneInfo` takes, whatever was imported."""
    if time_zone in known():
        return time_zone
    return BY_COUNTRY.get(country) or _only_one(country) or house


@cache
def _only_one(country: str) -> str:
    """The zone of a country that has one; empty for all others."""
    zones = get_global("territory_zones").get(country, [])
    return zones[0] if len(zones) == 1 and zones[0] in known() else ""
