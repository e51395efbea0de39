"""A person at a place has one key in whatever writing, and a no to letters stands at that key.

The key is folded in Python, for two databases cannot fold Vietnamese alike. Old letter keys tell their place,
but for those too long to be kept whole: these are their contact's. Of erased people hashes of letter keys are
left, which stay as they are and are still compared.

Revision ID: 0310
Revises: 0308
"""

from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

from campaign.contacts.addresses import postal_keys_at
from campaign.contacts.place_keys import is_readable, place_key_of

revision = "0310"
down_revision = "0308"
branch_labels = None
depends_on = None

BATCH = 5_000
LETTER = "letter"
OWN_WILL = ("unsubscribed", "complained", "requested")
_PLACE = ("street", "ward", "province", "postal_code", "country")
_CONTACT = sa.table(
    "contact",
    *(sa.column(name) for name in ("id", "kind", "full_name", "organisation_id", "erased_at", *_PLACE)),
    *(sa.column(name) for name in ("letter_key", "place_key")),
)
_SUPPRESSION = sa.table(
    "suppression",
    *(sa.column(name) for name in ("id", "channel", "address_key", "reason", "source")),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("contact", sa.Column("place_key", sa.String(400), nullable=False, server_default=""))
    _fill()
    op.create_index("ix_contact_place_key", "contact", ["place_key"])
    _move_suppressions()


def _fill() -> None:
    """In one pass by number: a million profiles must not be held at once."""
    person, house = _CONTACT.alias("person"), _CONTACT.alias("house")
    query = (
        sa.select(
            person.c.id, person.c.full_name, *(person.c[name] for name in _PLACE),
            *(sa.func.coalesce(house.c[name], "").label(f"house_{name}") for name in _PLACE),
        )
        .select_from(person.outerjoin(house, house.c.id == person.c.organisation_id))
        .where(person.c.kind == "person", person.c.erased_at.is_(None))
        .order_by(person.c.id)
        .limit(BATCH)
    )  # fmt: skip
    fill = (
        sa.update(_CONTACT)
        .where(_CONTACT.c.id == sa.bindparam("its"))
        .values(place_key=sa.bindparam("key"))
    )
    connection, last = op.get_bind(), 0
    while found := connection.execute(query.where(person.c.id > last)).all():
        last = found[-1].id
        keys = ((row.id, postal_keys_at(row.full_name, _home(row)).place) for row in found)
        if rows := [{"its": id_, "key": key} for id_, key in keys if key]:
            connection.execute(fill, rows)


class _Place(NamedTuple):
    street: str
    ward: str
    province: str
    postal_code: str
    country: str


def _home(row: Any) -> _Place:
    """The person's own address, or the organisation's where they have none."""
    own = row.street and row.province
    return _Place(*(getattr(row, name if own else f"house_{name}") for name in _PLACE))


def _move_suppressions() -> None:
    """To the key of the place. Of two that become one a person's own no stays, else the older one."""
    connection = op.get_bind()
    entries = connection.execute(
        sa.select(_SUPPRESSION.c.id, _SUPPRESSION.c.address_key, _SUPPRESSION.c.reason)
        .where(_SUPPRESSION.c.channel == LETTER)
        .order_by(_SUPPRESSION.c.id)
    ).all()
    kept: dict[str, tuple[bool, int, str]] = {}
    for entry in entries:
        key = place_key_of(entry.address_key)
        if not is_readable(entry.address_key):
            living = sa.select(_CONTACT.c.place_key).where(_CONTACT.c.letter_key == entry.address_key)
            key = connection.scalar(living.where(_CONTACT.c.place_key != "").limit(1)) or key
        one = (entry.reason not in OWN_WILL, entry.id, entry.address_key)
        kept[key] = min(one, kept.get(key, one))
    stay = {id_ for _, id_, _ in kept.values()}
    if gone := [{"its": entry.id} for entry in entries if entry.id not in stay]:
        connection.execute(sa.delete(_SUPPRESSION).where(_SUPPRESSION.c.id == sa.bindparam("its")), gone)
    move = sa.update(_SUPPRESSION).where(_SUPPRESSION.c.id == sa.bindparam("its"))
    if rows := [{"its": id_, "key": key} for key, (_, id_, old) in kept.items() if key != old]:
        connection.execute(move.values(address_key=sa.bindparam("key")), rows)


def downgrade() -> None:
    """A no holds for everybody at its place in the writing that they have; the folded entries stay."""
    stand = sa.select(_SUPPRESSION.c.address_key).where(_SUPPRESSION.c.channel == LETTER)
    closed = (
        sa.select(
            _SUPPRESSION.c.channel, _CONTACT.c.letter_key, sa.func.min(_SUPPRESSION.c.reason),
            sa.func.min(_SUPPRESSION.c.source), sa.func.min(_SUPPRESSION.c.at),
        )
        .join(_CONTACT, _CONTACT.c.place_key == _SUPPRESSION.c.address_key)
        .where(_SUPPRESSION.c.channel == LETTER, _CONTACT.c.letter_key.not_in(stand))
        .group_by(_SUPPRESSION.c.channel, _CONTACT.c.letter_key)
    )  # fmt: skip
    columns = ["channel", "address_key", "reason", "source", "at"]
    op.get_bind().execute(sa.insert(_SUPPRESSION).from_select(columns, closed))
    op.drop_index("ix_contact_place_key", "contact")
    op.drop_column("contact", "place_key")
