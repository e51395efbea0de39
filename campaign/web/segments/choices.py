"""What the editor's lists offer."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import select

from campaign.contacts import finding, traits
from campaign.models import (
    Account,
    Campaign,
    Channel,
    ConsentPurpose,
    ContactImport,
    CustomField,
    ImportKind,
    Order,
    Segment,
    Sender,
)
from campaign.segments import places
from campaign.segments.columns import COLUMNS, NUMBERED, Kind
from campaign.segments.house_tiers import TIERS, Scheme
from campaign.segments.rule import Act, DatedField, Standing, Which
from campaign.segments.value import ANY, Group, Stage, Tier
from campaign.web import formats, language, unit
from campaign.web.language import t

# the attributes in the order of the list, by what people ask for first
_ATTRIBUTES = (
    "province", "language", "kind", "form_of_address", "sex", "occupation", "birth_year", "birth_month",
    "birth_calendar", "country", "ward", "district", "position", "line_of_business", "owner", "name",
    "given_name", "code", "email", "phone", "satisfaction", "relationship_level", "leaving_reason",
    "leaving_note", "address", "street", "postal_code", "time_zone", "birth_day", "legal_representative",
    "organisation", "note",
)  # fmt: skip
LIST_LIMIT = 300
# of persons and of organisations; what both are asked for stands once
_TRAITS = {
    "person": traits.OF_PERSONS,
    "organisation": tuple(name for name in traits.OF_ORGANISATIONS if name not in traits.OF_PERSONS),
}
_PLACES = ("province_today", "region")
# conditions that are one choice: how the keys of their words begin, and the words
_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "rfm_group": ("group", Group), "tier": ("tier", Tier), "stage": ("stage", Stage),
}  # fmt: skip
_ORDERS = ("count", "sum", "average", "first", "last", "days")
_WHENS = ("ever", "last", "older", "between", "dates")
# what needs a word more than its name: the help of each
_HELP = {
    **{f"mail:{act}": act.replace("_", "-") for act in Act}, "segment": "segment", "consent": "consent",
    "house_tier:metals": "house-tier", "house_tier:pyramid": "house-tier", "birthday": "birthday",
    "order_day:first": "order-day", "order_day:last": "order-day", "orders:average": "average",
    "orders:first": "first", "orders:last": "first", "attribute:phone": "phone",
    **{f"attribute:trait_{name}": "trait" for name in traits.TRAITS},
    f"attribute:trait_{NUMBERED}": "number-trait",
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
        *(
            (
                t(f"segments-about-traits-{of}"),
                [(f"attribute:trait_{name}", attribute(f"trait_{name}")) for name in names],
            )
            for of, names in _TRAITS.items()
        ),
        (t("places-about"), [(word, t(f"places-what-{word.replace('_', '-')}")) for word in _PLACES]),
        (
            t("segments-about-care"),
            [(word, t(f"segments-what-{word}")) for word in ("tag", "birthday", "reachable")]
            + [(word, t(f"segnodes-what-{word}")) for word in ("consent", "imported")]
            + [(f"dated:{name}", t(f"segnodes-what-{name}")) for name in DatedField],
        ),
        (
            t("segnodes-about-mail"),
            [(f"mail:{act}", t(f"segnodes-what-{act.replace('_', '-')}")) for act in Act],
        ),
        (
            t("segments-about-orders"),
            [(f"orders:{measure}", _measure(measure)) for measure in _ORDERS]
            + [(f"order_day:{which}", t(f"segnodes-what-order-day-{which}")) for which in Which],
        ),
        (
            t("segments-about-value"),
            [
                (word, t(f"segments-what-{word.replace('_', '-')}"))
                for word in ("rfm_group", "rfm", "tier", "stage")
            ]
            + [(f"house_tier:{scheme}", t(f"segnodes-what-house-tier-{scheme}")) for scheme in Scheme],
        ),
        (t("segnodes-about-segments"), [("segment", t("segnodes-what-segment"))]),
        (t("segments-about-own"), [(f"custom:{field.key}", field.label) for field in own]),
    ]
    return [(heading, pairs) for heading, pairs in groups if pairs]


def _measure(measure: str) -> str:
    file = "segments" if measure in ("count", "sum") else "segnodes"
    return t(f"{file}-what-orders-{measure}")


def whens(ever: bool) -> list[tuple[str, str]]:
    """How a period may be said; without `ever` for what must have one."""
    return [(when, t(f"segnodes-when-{when}")) for when in _WHENS if ever or when != "ever"]


def help(what: str) -> str:  # noqa: A001 (the template's own name for it)
    """A word more about a condition, empty for most."""
    return t(f"segnodes-help-{_HELP[what]}") if what in _HELP else ""


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
    if kind == "house_tier":
        tiers = next((tiers for scheme, tiers in TIERS.items() if scheme == name), ())
        return [(tier.value, t(f"segtiers-tier-{tier}")) for tier in tiers]
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
        column = COLUMNS[name]
        return traits.in_use(db, column.trait) if column.trait else finding.values_of(db, column.attribute)
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


def fixed(besides: int | None = None) -> dict[str, Any]:
    """Senders, channels, purposes, campaigns, files and segments, but the one that is edited."""
    db = unit.db()
    campaigns = select(Campaign.id, Campaign.name).order_by(Campaign.id.desc()).limit(LIST_LIMIT)
    imports = select(ContactImport).where(ContactImport.kind == ImportKind.CONTACTS)
    segments = select(Segment.id, Segment.name).order_by(Segment.name)
    senders = db.scalars(select(Sender).where(Sender.active).order_by(Sender.id))
    return {
        "campaign_options": [("", t("segnodes-any-campaign"))]
        + [(str(number), name) for number, name in db.execute(campaigns)],
        "import_options": [("", t("segnodes-any-import"))]
        + [
            (str(one.id), f"{one.file_name} ({formats.day(one.created_at)})")
            for one in db.scalars(imports.order_by(ContactImport.id.desc()).limit(LIST_LIMIT))
        ],
        "segment_options": [
            (str(number), name) for number, name in db.execute(segments) if number != besides
        ],
        "mail_options": [("", t("segnodes-any-channel"))]
        + [(channel.value, t(f"common-channel-{channel}")) for channel in Channel],
        "standing_options": [(one.value, t(f"segnodes-standing-{one}")) for one in Standing],
        "sender_options": [(str(sender.id), sender.name) for sender in senders],
        "channel_options": [(channel.value, t(f"common-channel-{channel}")) for channel in Channel],
        "purpose_options": [(purpose.value, t(f"segments-purpose-{purpose}")) for purpose in ConsentPurpose],
    }
