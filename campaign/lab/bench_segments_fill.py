"""The shop that `campaign bench segments` asks: loaded at once, by the million, and kept where wished.

What is measured finds the tables, indexes and figures that any load leaves. Only the load goes a way of
its own, as the handbooks of both databases say: without triggers, with the indexes made at its end.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from campaign import migrations
from campaign.contacts import order_statistics
from campaign.db import Database
from campaign.errors import SetupError
from campaign.lab import bench_segments_data, bench_segments_mail, postgres
from campaign.lab.bench_segments_data import Shop
from campaign.models import Contact, Order, Sender

# SQLite's own memory for pages while it loads; with the usual 2 MB nearly every order would write a page of
# an index to the file and read another
LOAD_CACHE_KIB = 1_000_000
SENDER_ID = 1  # of whom the questions speak


@dataclass(frozen=True)
class Size:
    contacts: int
    orders: int


@contextmanager
def opened(database: str, keep: Path | None) -> Iterator[Database]:
    """`postgresql` (a server of the bench's own), `sqlite`, or a URL. In the folder `keep` the first two are
    found again by the next run."""
    with ExitStack() as stack:
        if keep is not None:
            keep = keep.absolute() / database
            keep.mkdir(parents=True, exist_ok=True)
        url = database
        if database == "sqlite":
            folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            url = f"sqlite:///{folder / 'shop.db'}"
        elif database == "postgresql":
            url = stack.enter_context(postgres.running(keep=keep)).url
        found = Database(url)
        stack.callback(found.close)
        yield found


def fill(database: Database, size: Size, today: date, now: datetime) -> None:
    """Make the shop, or find it as an earlier run has left it; SetupError when other contacts are there."""
    migrations.upgrade(database)
    with database.write() as db:
        if not _is_filled(db, size):
            _load(db, size, today, now)
    database.engine.dispose()  # with the memory that loading took
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # PostgreSQL does this by itself within a minute
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _is_filled(db: Session, size: Size) -> bool:
    if not db.scalar(select(Contact.id).limit(1)):
        return False
    contacts, orders = (db.scalar(select(func.count(model.id))) for model in (Contact, Order))
    same = db.scalar(select(Sender.id).where(Sender.name == _sender_name()))
    if not same or (contacts, orders) != (size.contacts, size.orders):
        raise SetupError(
            f"This database holds {contacts} contacts and {orders} orders that are not those of this bench. "
            "Name an empty database, or another folder with --keep."
        )
    return True


def _sender_name() -> str:
    """Says by what the shop was made, so that a kept one of another making is not taken for it."""
    made_by = b"".join(
        Path(str(one.__file__)).read_bytes() for one in (bench_segments_data, bench_segments_mail)
    )
    return f"Bench {hashlib.sha256(made_by).hexdigest()[:12]}"


def _load(db: Session, size: Size, today: date, now: datetime) -> None:
    """In one transaction, so that who stops it leaves an empty database."""
    sender = Sender(
        id=SENDER_ID, name=_sender_name(), from_name="Bench", from_email="thu@example.com",
        organisation="Bench", street="1 Hàng Gai", locality="Hà Nội", country="VN", created_at=now,
    )  # fmt: skip
    db.add(sender)
    db.flush()
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA cache_size = -{LOAD_CACHE_KIB}"))
    with without_upkeep(connection), _indexes_afterwards(connection):
        shop = Shop(connection, size.contacts, today, now)
        shop.fill(sender.id, size.orders)
    bench_segments_mail.fill(db, shop, sender.id, now)
    order_statistics.rebuild(db)


@contextmanager
def without_upkeep(connection: Connection) -> Iterator[None]:
    """With the triggers of orders off; what is written meanwhile is not in the statistics."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE customer_order DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE customer_order ENABLE TRIGGER USER"))
        return
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'customer_order'"
    triggers = connection.execute(text(query)).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, made in triggers:
        connection.exec_driver_sql(made)


@contextmanager
def _indexes_afterwards(connection: Connection) -> Iterator[None]:
    """With what orders need not have while they are loaded gone, and made anew at the end: indexes by one
    sort each, and on PostgreSQL the foreign key by one join. What holds rows unique stays."""
    made = _of_postgresql(connection) if connection.dialect.name == "postgresql" else _of_sqlite(connection)
    for drop, _ in made:
        connection.exec_driver_sql(drop)
    yield
    for _, make in reversed(made):
        connection.exec_driver_sql(make)


def _of_postgresql(connection: Connection) -> list[tuple[str, str]]:
    """What takes each away, and what makes it again."""
    keys = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'customer_order'::regclass AND contype = 'f'"
    )
    indexes = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'customer_order' AND indexname "
        "NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = 'customer_order'::regclass)"
    )
    table = "ALTER TABLE customer_order"
    return [
        *(
            (f"{table} DROP CONSTRAINT {name}", f"{table} ADD CONSTRAINT {name} {says}")
            for name, says in connection.execute(text(keys))
        ),
        *((f"DROP INDEX {name}", made) for name, made in connection.execute(text(indexes))),
    ]


def _of_sqlite(connection: Connection) -> list[tuple[str, str]]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'customer_order' "
        "AND sql IS NOT NULL"
    )
    return [(f"DROP INDEX {name}", made) for name, made in connection.execute(text(query))]
