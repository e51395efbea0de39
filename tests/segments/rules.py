"""Hypothesis: rule trees with the values an attacker or a sloppy file would bring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from campaign.contacts.names import clean
from campaign.models import Channel, ConsentPurpose
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.house_tiers import HouseTierName
from campaign.segments.places import REGIONS, InRegion, ProvinceToday
from campaign.segments.rule import (
    OPS,
    TEXT_OPS,
    WITHOUT_VALUE,
    Act,
    And,
    Attribute,
    Birthday,
    Consented,
    ContactPersonOf,
    Custom,
    Dated,
    DatedField,
    Engagement,
    HouseTier,
    Imported,
    InSegment,
    LifeStage,
    Measure,
    Not,
    Op,
    Or,
    OrderDay,
    Orders,
    Reachable,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
    Standing,
    Tag,
    Which,
)
from campaign.segments.value import Group, Stage, Tier

HOSTILE = (
    "' OR '1'='1", "%", "_", "\\", "'; DROP TABLE contact; --", "{{ 7*7 }}", "Hà Nội", "hà nội", "Ha Noi",
    "\u0301", "ễ", "e\u0302\u0303", ":param", "%(x)s", "?", "\u200b", "😀", "=1+1", "vip", "VIP", "NULL", "0",
    "sen",
)  # fmt: skip
PROVINCES = ("Hà Nội", "Huế", "Thừa Thiên Huế", "binh duong", "TP.HCM", "Bạc Liêu", "%", "' OR '1'='1")

texts = st.sampled_from(HOSTILE).map(clean).filter(bool) | st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=6
).map(clean).filter(bool)
# whole ones in several writings, parts, and what is none
phones = st.sampled_from(
    ("0912345678", "+84 912 345 678", "912345678", "0912", "+84 91", "345", "+1 202-555-0143", "x", "%", "84")
)
text_values = st.lists(texts, min_size=1, max_size=3).map(tuple)


@st.composite
def attributes(draw: Any) -> Attribute:
    field = draw(st.sampled_from(sorted(COLUMNS)))
    column = COLUMNS[field]
    op = draw(st.sampled_from(sorted(OPS[column.kind])))
    if op in WITHOUT_VALUE:
        return Attribute(field, op)
    if column.kind is Kind.NUMBER:
        most = 1 if op in (Op.AT_LEAST, Op.AT_MOST) else 3
        numbers = st.sampled_from((0, 1, 2, 3, 8, 99, 1970, 1990, 2**31 - 1))
        return Attribute(field, op, tuple(draw(st.lists(numbers, min_size=1, max_size=most))))
    if column.kind is Kind.CHOICE:
        return Attribute(
            field, op, tuple(draw(st.lists(st.sampled_from(column.choices), min_size=1, max_size=2)))
        )
    some = st.lists(phones, min_size=1, max_size=2).map(tuple) if column.kind is Kind.PHONE else text_values
    return Attribute(field, op, draw(some))


@st.composite
def customs(draw: Any) -> Custom:
    op = draw(st.sampled_from(sorted(TEXT_OPS)))
    return Custom(draw(st.sampled_from(("hoa", "x"))), op, () if op in WITHOUT_VALUE else draw(text_values))


# of the day of the tests, and of both sides of it
DAYS = tuple(date(2026, 3, 9) - timedelta(days=age) for age in (-1, 0, 1, 20, 100, 700))


@st.composite
def periods(draw: Any, bounded: bool = False) -> dict[str, Any]:
    """The parts of a period; some of none, unless it must be bounded."""
    days, older, dates = {"days": 30}, {"older_than": 20}, {"since": DAYS[3]}
    some: list[dict[str, Any]] = [
        days, older, dates, {"days": 1}, {"days": 400}, {"older_than": 1}, {"days": 400, "older_than": 99},
        {"until": draw(st.sampled_from(DAYS))}, {"since": DAYS[4], "until": DAYS[2]},
    ]  # fmt: skip
    return draw(st.sampled_from(some if bounded else [{}, *some]))


@st.composite
def orders(draw: Any) -> Orders:
    return Orders(
        measure=draw(st.sampled_from(Measure)),
        op=draw(st.sampled_from((Op.AT_LEAST, Op.AT_MOST))),
        value=draw(st.sampled_from((0, 1, 2, 100_000, 300_000, 10**15))),
        product=draw(st.sampled_from(("", "", "sen", "'", "%"))),
        channel=draw(st.sampled_from(("", "", "cửa hàng", "x"))),
        currency=draw(st.sampled_from(("VND", "USD"))),
        **draw(periods()),
    )


@st.composite
def order_days(draw: Any) -> OrderDay:
    return OrderDay(
        which=draw(st.sampled_from(Which)),
        product=draw(st.sampled_from(("", "", "sen", "%"))),
        channel=draw(st.sampled_from(("", "", "x"))),
        **draw(periods(bounded=True)),
    )


@st.composite
def engagements(draw: Any) -> Engagement:
    return Engagement(
        act=draw(st.sampled_from(Act)),
        channel=draw(st.sampled_from(("", "email", "letter"))),
        campaign_id=draw(st.sampled_from((0, 0, 1, 2, 99))),
        **draw(periods()),
    )


@st.composite
def dated(draw: Any) -> Dated:
    return Dated(field=draw(st.sampled_from(DatedField)), **draw(periods(bounded=True)))


consents = st.builds(
    Consented, st.sampled_from(Standing), st.sampled_from(Channel), st.sampled_from(ConsentPurpose),
    st.sampled_from((0, 1, 2, 99)),
)  # fmt: skip
imported = st.builds(Imported, st.sampled_from((0, 1, 2, 99)), st.booleans())
# what there is of them is the world's to say; both exist in every world of the tests
in_segments = st.builds(InSegment, st.sampled_from((1, 2)))
reachables = st.builds(
    Reachable, st.sampled_from(Channel), st.sampled_from(ConsentPurpose), st.sampled_from((1, 2, 99))
)
ranges = st.tuples(st.integers(1, 5), st.integers(1, 5)).map(sorted).map(tuple)
currencies = st.sampled_from(("VND", "USD", "EUR"))  # of the last there are no orders
values = (
    st.builds(Rfm, ranges, ranges, ranges, currencies)
    | st.builds(RfmGroup, st.sampled_from(Group), currencies)
    | st.builds(SalesTier, st.sampled_from(Tier), currencies)
    | st.builds(LifeStage, st.sampled_from(Stage))
    | st.builds(HouseTier, st.sampled_from(HouseTierName))
)
new = order_days() | engagements() | dated() | consents | imported | in_segments
leaves = (
    attributes()
    | customs()
    | texts.map(Tag)
    | orders()
    | reachables
    | st.builds(Birthday, st.sampled_from((0, 7, 60)))
    | values
    | new
    | st.sampled_from(("ha-noi", "hue", "ho-chi-minh", "ca-mau")).map(ProvinceToday)
    | st.sampled_from(REGIONS).map(InRegion)
)


def rules() -> st.SearchStrategy[Rule]:
    """Trees of a few levels."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3).map(tuple).map(And)
            | st.lists(inner, max_size=3).map(tuple).map(Or)
            | inner.map(Not)
            | inner.map(ContactPersonOf)
        ),
        max_leaves=6,
    )
