"""What the editor's lists offer."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import select

from campaign.contacts import finding
from campaign.models import Account, Channel, ConsentPurpose, CustomField, Order, Sender
from campaign.segments import places
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.value import ANY, Group, Stage, Tier
from campaign.web import language, unit
from campaign.web.language import t

# the attributes in the order of the list, by what people ask for first
_ATTRIBUTES = (
    "province", "language", "kind", "form_of_address", "sex", "occupation", "birth_year", "birth_month",
    "birth_calendar", "country", "ward", "district", "position", "line_of_business", "owner", "name", "code",
    "email", "phone", "satisfaction", "relationship_level", "leaving_reason",
)  # fmt: skip
LIST_LIMIT = 300
_PLACES = ("province_today", "region")
# conditions that are one choice: how the keys of their words begin, and the words
_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "rfm_group": ("group", Group), "tier": ("tier", Tier), "stage": ("stage", Stage),
}  # fmt: skip


def ranges() -> list[tuple[str, str]]:
    """What may be asked of a score: `4-5`, in words."""
    pairs = [(low, high) for low in range(5, 0, -1) for high in range(5, low - 1, -1) if (low, high) != ANY]
    return [("1-5", t("segments-score-any"))] + [
        (f"{low}-{high}", str(low) if low == high else f"{low}–{high}") for low, high in pairs
    ]


def subjects() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of what a condition can be about: heading, then pairs of value and words."""
    own = unit.db().scalars(select(CustomField).order_by(CustomField.label))
    groups = [
        (t("segments-about-profile"), [(f"attribute:{name}", attribute(name)) for name in _ATTRIBUTES]),
        (t("places-about"), [(word, t(f"places-what-{word.replace('_', '-')}")) for word in _PLACES]),
        (
            t("segments-about-care"),
            [(word, t(f"segments-what-{word}")) for word in ("tag", "birthday", "reachable")],
        ),
        (
            t("segments-about-orders"),
            [(f"orders:{measure}", t(f"segments-what-orders-{measure}")) for measure in ("count", "sum")],
        ),
        (
            t("segments-about-value"),
            [
                (word, t(f"segments-what-{word.replace('_', '-')}"))
                for word in ("rfm_group", "rfm", "tier", "stage")
            ],
        ),
        (t("segments-about-own"), [(f"custom:{field.key}", field.label) for field in own]),
    ]
    return [(heading, pairs) for heading, pairs in groups if pairs]


def attribute(name: str) -> str:
    """The words for a column."""
    return t(f"segments-field-{name.replace('_', '-')}")


def values(what: str) -> list[tuple[str, str]] | None:
    """The only values there are; None when any text will do."""
    kind, _, name = what.partition(":")
    if kind in _CHOICES:
        start, words = _CHOICES[kind]
        return [(word.value, t(f"segments-{start}-{word.replace('_', '-')}")) for word in words]
    if kind in _PLACES:
        return places.options(kind, language.current())
    if kind != "attribute" or name not in COLUMNS:
        return None
    if name == "owner":
        people = unit.db().scalars(select(Account).where(Account.active).order_by(Account.name))
        return [(str(person.id), person.name) for person in people]
    if COLUMNS[name].kind is Kind.CHOICE:
        key = f"segments-choice-{name}"
        return [(value, t(f"{key}-{value}".replace("_", "-"))) for value in COLUMNS[name].choices]
    return None


def suggestions(what: str) -> list[str]:
    """Texts in use, to choose from while typing."""
    kind, _, name = what.partition(":")
    db = unit.db()
    if kind == "tag":
        return finding.tags(db)
    if kind == "attribute" and name in COLUMNS and COLUMNS[name].listed:
        return finding.values_of(db, COLUMNS[name].attribute)
    return []


def order_values() -> dict[str, list[str]]:
    """Products and channels of sale in use."""
    db = unit.db()
    return {
        name: list(
            db.scalars(select(column).where(column != "").distinct().order_by(column).limit(LIST_LIMIT))
        )
        for name, column in (("products", Order.product), ("channels", Order.channel))
    }


def fixed() -> dict[str, Any]:
    """Senders, channels and purposes."""
    senders = unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.id))
    return {
        "sender_options": [(str(sender.id), sender.name) for sender in senders],
        "channel_options": [(channel.value, t(f"common-channel-{channel}")) for channel in Channel],
        "purpose_options": [(purpose.value, t(f"segments-purpose-{purpose}")) for purpose in ConsentPurpose],
    }
