"""What the parts of the core-customer card show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import history, in_charge, satisfaction, traits
from campaign.models import Account, Contact, ContactFact, CustomField, Order, RelationshipLevel
from campaign.report import worth, worth_terms
from campaign.report.worth import Worth
from campaign.segments.value import CURRENT_DAYS, LAPSED_DAYS, LAPSING_DAYS, NEW_DAYS, Stage
from campaign.segments.wording import say_amount
from campaign.web import formats, language, unit
from campaign.web.access import may_see
from campaign.web.contacts.labels import labeller, source_words
from campaign.web.language import t

ORDERS_SHOWN = 10
# of one fact's history; the whole of it stands on a page of its own
LINES_SHOWN = 8
# what else is told about a birthday than its own parts
PARTS_OF = {
    "address": ("street", "ward", "district", "province", "postal_code", "country"),
    "birthday": ("birth_day", "birth_month", "birth_year", "birth_calendar"),
    "satisfaction": ("satisfaction", "satisfaction_on"),
    "leaving": ("leaving_reason", "leaving_note", "left_on"),
    "deceased": ("deceased_at", "died_on"),
}


@dataclass(frozen=True)
class Change:
    """One line of a fact's history, in words."""

    at: Any
    label: str
    old: str
    new: str
    source: str
    by: str


class Histories:
    """`of("email")` in a template: where a fact comes from and what stood there before, newest first."""

    def __init__(self, db: Session, contact: Contact, label: Callable[[str], str]) -> None:
        self.facts = history.of_contact(db, contact)
        self.names = names(db)
        self._label = label

    def of(self, name: str) -> list[Change]:
        fields = PARTS_OF.get(name, (name,))
        found = [fact for field in fields for fact in self.facts.get(field, ())]
        found.sort(key=lambda fact: (fact.at, fact.id), reverse=True)
        return [self._said(fact, several=len(fields) > 1) for fact in found[:LINES_SHOWN]]

    def _said(self, fact: ContactFact, *, several: bool) -> Change:
        return Change(
            fact.at,
            self._label(fact.field) if several else "",
            fact_words(fact.field, fact.old, self.names),
            fact_words(fact.field, fact.new, self.names),
            source_words(fact.source, fact.contact_id),
            self.names.get(fact.account_id, "") if fact.account_id else "",
        )


def names(db: Session) -> dict[int, str]:
    """Everybody who works or worked here: ids and names alone, for a card opens often."""
    return {row.id: row.name for row in db.execute(select(Account.id, Account.name))}


def fact_words(field: str, text: str, names: dict[int, str]) -> str:
    """A fact as its history keeps it, in words: `basic` is a level, `3` a colleague, `4/1-5` an answer."""
    if not text:
        return ""
    if field == in_charge.FIELD:
        return names.get(int(text), text) if text.isdecimal() else text
    if field in ("relationship_level", "leaving_reason"):
        return t(f"profile-{_WORDS[field]}-{text.replace('_', '-')}")
    if field == "satisfaction":
        return satisfaction_words(text)
    if field in _DAYS:
        return formats.day(date.fromisoformat(text))
    if field in ("language", "kind"):
        return t(f"contacts-{field}-{text}")
    if field == "birth_calendar":
        return t("contacts-solar" if text == "solar" else "contacts-lunar-choice")
    return text


_DAYS = ("founded_on", "satisfaction_on", "left_on", "died_on")
_WORDS = {"relationship_level": "level", "leaving_reason": "left"}


def satisfaction_words(said: str) -> str:
    """`4/1-5` is “4 trên thang 1 đến 5”."""
    answer = satisfaction.of_text(said)
    if answer is None:
        return ""
    return t("profile-satisfaction-said", score=answer.score, low=answer.low, high=answer.high)


def parts(db: Session, contact: Contact) -> dict[str, Any]:
    """Everything that the partials `_card_*.html` of the five parts need."""
    zone = ZoneInfo(unit.settings().time_zone)
    today = unit.now().astimezone(zone).date()
    own = {field.key: field.label for field in db.scalars(select(CustomField).order_by(CustomField.label))}
    histories = Histories(db, contact, labeller(own))
    terms = worth_terms.read(db)
    people = [person.id for person in contact.contact_persons]
    worths, touches = worth.of_contact(
        db,
        contact.id,
        terms,
        now=unit.now(),
        zone=zone,
        people=people,
        alive=contact.deceased_at is None and contact.erased_at is None,
    )
    colleagues = select(Account.id, Account.name).where(Account.active).order_by(Account.name)
    return {
        "histories": histories,
        "custom": [(f"custom.{key}", label, str(contact.custom.get(key, ""))) for key, label in own.items()],
        "traits": [
            (name, contact.traits[name]) for name in traits.of_kind(contact.kind) if name in contact.traits
        ],
        "terms": terms,
        "worths": worths,
        "touches": touches,
        "may_set_worth": may_see("admin.worth"),
        "age": _age(contact, today),
        "stage": stage_of(worths, today),
        "last_on": max((one.last_on for one in worths), default=None),
        "first_on": min((one.first_on for one in worths), default=None),
        "today": today,
        "products": worth.products(db, contact.id),
        "charge": in_charge.terms(histories.facts.get(in_charge.FIELD, []), histories.names),
        "colleagues": [(id_, name) for id_, name in db.execute(colleagues)],
        "levels": [(level.value, t(f"profile-level-{level}")) for level in RelationshipLevel if level],
        "satisfaction_words": satisfaction_words,
        "say_amount": lambda amount, currency: say_amount(amount, currency, language.current()),
        "span": span_words,
    }


def orders(db: Session, contact: Contact, limit: int | None) -> list[Order]:
    """The newest orders."""
    newest = select(Order).where(Order.contact_id == contact.id)
    return list(db.scalars(newest.order_by(Order.ordered_on.desc(), Order.id.desc()).limit(limit)))


def stage_of(worths: list[Worth], today: date) -> Stage:
    """The stage of life, as segments tell it."""
    if not worths:
        return Stage.PROSPECT
    first, last = min(one.first_on for one in worths), max(one.last_on for one in worths)
    ago = [today - timedelta(days=days) for days in (NEW_DAYS, CURRENT_DAYS, LAPSING_DAYS, LAPSED_DAYS)]
    if first >= ago[0]:
        return Stage.NEW
    for stage, since in zip((Stage.CURRENT, Stage.LAPSING, Stage.LAPSED), ago[1:], strict=True):
        if last >= since:
            return stage
    return Stage.FORMER


def span_words(start: date, end: date) -> str:
    """How long, in years and months: `2 năm 3 tháng`."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 1:
        return t("profile-span-days", days=max((end - start).days, 0))
    years, rest = divmod(months, 12)
    said = [t("profile-span-years", years=years)] if years else []
    return " ".join(said + ([t("profile-span-months", months=rest)] if rest else []))


def _age(contact: Contact, today: date) -> int | None:
    """In years; by the year alone where the day is unknown or of the lunar calendar, which moves."""
    if contact.birth_year is None or contact.deceased_at is not None:
        return None
    age = today.year - contact.birth_year
    solar = contact.birth_calendar.value == "solar"
    if solar and contact.birth_month and contact.birth_day:
        age -= (today.month, today.day) < (contact.birth_month, contact.birth_day)
    return age if age >= 0 else None
