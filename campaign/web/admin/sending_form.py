"""The form of the sending limits: what was typed, as the house's setting or as errors beside their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from campaign.dispatch.limits.providers import all_providers, provider_of
from campaign.dispatch.limits.terms import EVERY_OTHER, PERIODS, Limit, Limits, WarmUp
from campaign.dispatch.manners import Manners, PauseRule, QuietHours
from campaign.web.language import t

GROUPS = ("relays", "senders", "recipients")
COUNTS = (*PERIODS, "day")
MOST_MESSAGES = 1_000_000_000
MOST_CONNECTIONS = 10_000
MOST_PROCESSES = 10_000
# half as many again each day: from 50 to a million in 26 days (docs/manners.md)
GROWTH = 50
MOST_GROWTH = 900
# as people write thousands: 5.000, 5,000, 5 000
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,\s])[0-9]{3})(?:\1[0-9]{3})*")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


@dataclass
class Read:
    """The typed values, and what is wrong by the id of its field."""

    form: Mapping[str, str]
    today: date
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def number(self, name: str, least: int, most: int) -> int | None:
        """None when it is empty, or wrong and noted."""
        text = self.text(name)
        if not text:
            return None
        if _GROUPED.fullmatch(text):
            text = re.sub(r"\D", "", text)
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        self.errors[name] = t("sending-wrong-number", least=least, most=most)
        return None

    def percent(self, name: str, default: float) -> float:
        text = self.text(name).replace(",", ".")
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if 0.01 <= value <= 100:
            return value
        self.errors[name] = t("sending-wrong-percent")
        return default

    def clock(self, name: str, default: time) -> time:
        try:
            return time.fromisoformat(self.text(name))
        except ValueError:
            self.errors[name] = t("sending-wrong-time")
            return default


def read(form: Mapping[str, str], today: date, zone: str) -> tuple[Manners, dict[str, str]]:
    """The setting, and the errors that keep it from being kept."""
    typed = Read(form, today)
    manners = Manners(
        Limits(*(_lines(typed, group) for group in GROUPS)),
        typed.number("processes", 1, MOST_PROCESSES) or 0,
        _quiet(typed, zone),
        PauseRule(
            typed.percent("bounce_percent", PauseRule.bounce_percent),
            typed.percent("complaint_percent", PauseRule.complaint_percent),
            typed.number("least_tried", 1, MOST_MESSAGES) or PauseRule.least_tried,
            typed.number("least_accepted", 1, MOST_MESSAGES) or PauseRule.least_accepted,
        ),
    )
    return manners, typed.errors


def _quiet(typed: Read, zone: str) -> QuietHours:
    quiet = QuietHours(
        typed.text("quiet") == "1",
        typed.clock("quiet_begin", QuietHours.begin),
        typed.clock("quiet_end", QuietHours.end),
        zone,
    )
    if quiet.begin == quiet.end and "quiet_end" not in typed.errors:
        typed.errors["quiet_end"] = t("sending-quiet-same")
    return quiet


def _lines(typed: Read, group: str) -> dict[str, Limit]:
    """The lines of one group that limit anything, by name."""
    found: dict[str, Limit] = {}
    number = 0
    while (name := typed.form.get(f"{group}.{number}.name")) is not None:
        limit = _limit(typed, f"{group}.{number}")
        if limit and (key := _key(typed, group, number, name)):
            found[key] = limit
        elif not limit and name.strip() and typed.text(f"{group}.{number}.free"):
            # a line that stands on the page already is taken out by emptying it
            typed.errors[f"{group}.{number}.day"] = t("sending-domain-needs-limit")
        number += 1
    return found


def _key(typed: Read, group: str, number: int, name: str) -> str:
    """The name that the limit is kept under; a typed domain may be one of a provider's."""
    name = name.strip().lower()
    providers = {provider.key for provider in all_providers()}
    if group != "recipients" or name == EVERY_OTHER or name in providers:
        return name
    if not _DOMAIN.fullmatch(name):
        typed.errors[f"{group}.{number}.name"] = t("sending-wrong-domain")
        return ""
    if provider_of(name) != name:
        typed.errors[f"{group}.{number}.name"] = t("sending-domain-of-provider")
        return ""
    return name


def _limit(typed: Read, line: str) -> Limit:
    counts = {name: typed.number(f"{line}.{name}", 1, MOST_MESSAGES) for name in COUNTS}
    connections = typed.number(f"{line}.connections", 1, MOST_CONNECTIONS)
    return Limit(**counts, connections=connections, warm_up=_warm_up(typed, line, counts["day"]))


def _warm_up(typed: Read, line: str, full: int | None) -> WarmUp | None:
    start = typed.number(f"{line}.start", 1, MOST_MESSAGES)
    growth = typed.number(f"{line}.growth", 1, MOST_GROWTH)
    if start is None:
        return None
    if full is None and f"{line}.day" not in typed.errors:
        typed.errors[f"{line}.day"] = t("sending-warm-needs-day")
    began = typed.today
    try:
        began = date.fromisoformat(typed.text(f"{line}.began_on") or began.isoformat())
    except ValueError:
        typed.errors[f"{line}.began_on"] = t("sending-wrong-date")
    return WarmUp(began, start, growth or GROWTH)
