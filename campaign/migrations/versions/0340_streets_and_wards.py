"""A street with its English word behind the name, and a ward whose name begins like the word for one, have one
key in each writing.

Keys are folded from the keys that stand there. Hashes of erased people cannot be, and still hold for the
writings that they held for.

Revision ID: 0340
Revises: 0335
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from campaign.contacts.place_keys import folded_anew

revision = "0340"
down_revision = "0335"
branch_labels = None
depends_on = None

BATCH = 5_000
LETTER = "letter"
OWN_WILL = ("unsubscribed", "complained", "requested")
DEAD = ("bounced", "returned")
_CONTACT = sa.table("contact", *(sa.column(name) for name in ("id", "place_key")))
_SUPPRESSION = sa.table(
    "suppression", *(sa.column(name) for name in ("id", "channel", "address_key", "reason", "also_dead"))
)


def upgrade() -> None:
    connection = op.get_bind()
    fill = sa.update(_CONTACT).where(_CONTACT.c.id == sa.bindparam("its"))
    for changed in _changed():
        connection.execute(fill.values(place_key=sa.bindparam("key")), changed)
    _move_suppressions()


def downgrade() -> None:
    """Both ways of folding can be read; the next change of a profile writes that of its program."""


def _changed() -> Iterator[list[dict[str, int | str]]]:
    """In one pass by number: a million profiles must not be held at once."""
    connection, last = op.get_bind(), 0
    query = sa.select(_CONTACT.c.id, _CONTACT.c.place_key).where(_CONTACT.c.place_key != "")
    query = query.order_by(_CONTACT.c.id).limit(BATCH)
    while found := connection.execute(query.where(_CONTACT.c.id > last)).all():
        last = found[-1].id
        anew = ((row, folded_anew(row.place_key)) for row in found)
        if rows := [{"its": row.id, "key": key} for row, key in anew if key != row.place_key]:
            yield rows


def _move_suppressions() -> None:
    """Of two that become one a person's own no stays, else the older one; and that the place is dead."""
    connection, entry = op.get_bind(), _SUPPRESSION.c
    query = sa.select(entry.id, entry.address_key, entry.reason, entry.also_dead)
    found = connection.execute(query.where(entry.channel == LETTER).order_by(entry.id)).all()
    kept: dict[str, tuple[bool, int, str]] = {}
    dead = set()
    for row in found:
        one = (row.reason not in OWN_WILL, row.id, row.address_key)
        key = folded_anew(row.address_key)
        kept[key] = min(one, kept.get(key, one))
        if row.also_dead or row.reason in DEAD:
            dead.add(key)
    stay = {id_ for _, id_, _ in kept.values()}
    its = entry.id == sa.bindparam("its")
    if gone := [{"its": row.id} for row in found if row.id not in stay]:
        connection.execute(sa.delete(_SUPPRESSION).where(its), gone)
    move = sa.update(_SUPPRESSION).where(its).values(address_key=sa.bindparam("key"))
    if rows := [{"its": id_, "key": key} for key, (_, id_, old) in kept.items() if key != old]:
        connection.execute(move, rows)
    own = [{"its": id_} for key, (others, id_, _) in kept.items() if key in dead and not others]
    if own:
        connection.execute(sa.update(_SUPPRESSION).where(its).values(also_dead=sa.true()), own)
