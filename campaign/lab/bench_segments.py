"""`campaign bench segments`: RFM beside NTILE, twenty questions beside hand-written SQL, and upkeep.

All of it in one database in one run; what is compared takes turns, and figures are medians.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, bindparam, func, select, text
from sqlalchemy.orm import Session

from campaign import config, migrations
from campaign.contacts import order_statistics
from campaign.db import Database
from campaign.errors import IntegrityError, SetupError
from campaign.lab import postgres
from campaign.lab.bench_segments_data import Shop
from campaign.models import Contact, Sender
from campaign.models.base import UtcDateTime
from campaign.segments import Rule, bind, parse, value_sql, where
from campaign.segments.counting import give_room
from campaign.segments.limits import ready

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# a Monday; the hand-written lunar birthdays are those of this week
NOW = datetime(2026, 3, 9, 3, tzinfo=UTC)
TODAY = date(2026, 3, 9)
BATCH = 1000  # orders that one statement brings, as an import does
UPKEEP_ORDERS = 20_000
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """`database`: `postgresql` (a server of the bench's own), `sqlite`, or the URL of an empty database."""

    contacts: int
    orders: int
    database: str
    rounds: int


@dataclass(frozen=True)
class Asked:
    """One question: how many fit, and the medians of both ways of asking, in milliseconds."""

    count: int
    count_ms: float
    handwritten_ms: float
    ratio: float


@dataclass(frozen=True)
class Figures:
    """Seconds are medians. Ratios are ours over theirs."""

    database: str
    contacts: int
    orders: int
    rounds: int
    rfm_seconds: float
    ntile_seconds: float
    ratio_to_ntile: float
    tiers_seconds: float
    upkeep_us_per_order: float
    """What an order costs more because its customer's statistics are kept."""
    worst_ratio_to_handwritten: float
    worst_segment: str
    segments: dict[str, Asked]


def bench(plan: Plan, tell: Tell) -> Figures:
    """Fill, measure; IntegrityError when a count differs from that of the hand-written SQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        url = "" if plan.database == "sqlite" else plan.database
        if plan.database == "postgresql":
            url = stack.enter_context(postgres.running()).url
        settings = config.load({"CAMPAIGN_STATE_DIR": str(folder), "DATABASE_URL": url})
        database = Database(settings.database_url)
        stack.callback(database.close)
        tell(f"making {plan.contacts} customers and {plan.orders} orders")
        _fill(database, plan)
        rfm, ntile, tiers = _rfm(database, plan.rounds, tell)
        segments = _segments(database, plan.rounds, tell)
        upkeep = _upkeep(database, plan, tell)
    worst = max(segments, key=lambda name: segments[name].ratio)
    return Figures(
        database="sqlite" if database.is_sqlite else "postgresql",
        contacts=plan.contacts,
        orders=plan.orders,
        rounds=plan.rounds,
        rfm_seconds=round(rfm, 3),
        ntile_seconds=round(ntile, 3),
        ratio_to_ntile=round(rfm / ntile, 3),
        tiers_seconds=round(tiers, 3),
        upkeep_us_per_order=round(upkeep, 1),
        worst_ratio_to_handwritten=segments[worst].ratio,
        worst_segment=worst,
        segments=segments,
    )


def as_json(figures: Figures) -> dict[str, Any]:
    return asdict(figures)


def _fill(database: Database, plan: Plan) -> None:
    migrations.upgrade(database)
    with database.write() as db:
        if db.scalar(select(func.count(Contact.id))):
            raise SetupError("The bench needs an empty database of its own; this one holds contacts.")
        sender = Sender(
            name="Bench", from_name="Bench", from_email="thu@example.com", organisation="Bench",
            street="1 Hàng Gai", locality="Hà Nội", country="VN", created_at=NOW,
        )  # fmt: skip
        db.add(sender)
        db.flush()
        connection = db.connection()
        with _without_upkeep(connection):
            Shop(connection, plan.contacts, TODAY, NOW).fill(sender.id, plan.orders)
        order_statistics.rebuild(db)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # PostgreSQL does this by itself within a minute
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


@contextmanager
def _without_upkeep(connection: Connection) -> Iterator[None]:
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
def _asking(database: Database) -> Iterator[Session]:
    with database.read() as db:
        give_room(db)  # as segments are counted; what is written by hand has the same
        yield db


def _rfm(database: Database, rounds: int, tell: Tell) -> tuple[float, float, float]:
    """Both score everybody, and what is fetched is how many are in each cell, and what they bought for."""
    ntile = (BENCHMARKS / "baselines" / "ntile.sql").read_text(encoding="utf-8")
    theirs = text(f"SELECT r, f, m, count(*), sum(amount) FROM ({ntile}) AS scored GROUP BY r, f, m")  # noqa: S608 (a file of ours)
    scored, tiers = value_sql.scores(TODAY, "VND").subquery(), value_sql.tiers(TODAY, "VND").subquery()
    cells = (scored.c.r, scored.c.f, scored.c.m)
    ours = select(*cells, func.count(), func.sum(scored.c.amount)).group_by(*cells)
    by_tier = select(tiers.c.tier, func.count(), func.sum(tiers.c.amount)).group_by(tiers.c.tier)
    took: dict[str, list[float]] = {"ours": [], "theirs": [], "tiers": []}
    for at in range(rounds):
        tell(f"RFM, round {at + 1} of {rounds}")
        people = set()
        for name, query in (("ours", ours), ("theirs", theirs), ("tiers", by_tier)):
            with _asking(database) as db:
                began = time.perf_counter()
                rows = db.execute(query, _days("today") if query is theirs else {}).all()
                took[name].append(time.perf_counter() - began)
            people.add(sum(row[-2] for row in rows))
        if len(people) > 1:
            raise IntegrityError(f"NTILE, scores and tiers find different numbers of customers: {people}.")
    return tuple(statistics.median(took[name]) for name in ("ours", "theirs", "tiers"))  # type: ignore[return-value]  # three names, three medians


def questions() -> dict[str, tuple[Rule, str]]:
    """The rule and the hand-written SQL of each question, by name."""
    return {
        file.stem: (
            parse(json.loads(file.read_text(encoding="utf-8"))["rule"]),
            file.with_suffix(".sql").read_text(encoding="utf-8"),
        )
        for file in sorted((BENCHMARKS / "segments").glob("*.json"))
    }


def ask_ours(db: Session, rule: Rule) -> int:
    """As a segment is counted: what is looked up first and compiling included."""
    fitting = where(ready(db, bind(db, rule), NOW), NOW)
    fits = select(func.count()).select_from(Contact).where(fitting, Contact.erased_at.is_(None))
    return db.scalar(fits) or 0


def ask_by_hand(db: Session, sql: str) -> int:
    names = set(re.findall(r":(today|now|ago_\d+)\b", sql))
    typed = [bindparam(name, type_=UtcDateTime() if name == "now" else Date()) for name in names]
    return db.scalar(text(sql).bindparams(*typed), _days(*names)) or 0


def _days(*names: str) -> dict[str, Any]:
    """`today`, `now`, `ago_30` as values."""
    values: dict[str, Any] = {}
    for name in names:
        days = int(name.removeprefix("ago_")) if name.startswith("ago_") else 0
        values[name] = NOW if name == "now" else TODAY - timedelta(days=days)
    return values


def _segments(database: Database, rounds: int, tell: Tell) -> dict[str, Asked]:
    found = {}
    for name, (rule, sql) in questions().items():
        tell(name)
        ours: list[float] = []
        theirs: list[float] = []
        with _asking(database) as db:
            count = ask_ours(db, rule)  # once unmeasured, for what both find in the cache afterwards
            for _ in range(rounds):
                began = time.perf_counter()
                again = ask_ours(db, rule)
                between = time.perf_counter()
                by_hand = ask_by_hand(db, sql)
                ours.append(between - began)
                theirs.append(time.perf_counter() - between)
                if not count == again == by_hand:
                    raise IntegrityError(
                        f"{name}: the segment finds {again}, the hand-written SQL {by_hand}."
                    )
        mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
        found[name] = Asked(count, round(mine, 1), round(other, 1), round(mine / other, 2))
    return found


def _upkeep(database: Database, plan: Plan, tell: Tell) -> float:
    """Microseconds an order, in batches as an import brings them; taken back each time."""
    size = min(UPKEEP_ORDERS, plan.orders)
    differences = []
    for at in range(plan.rounds):
        tell(f"upkeep, round {at + 1} of {plan.rounds}")
        without, kept = _bring(database, plan, size, upkeep=False), _bring(database, plan, size, upkeep=True)
        differences.append(kept - without)
    return statistics.median(differences) / size * 1_000_000


def _bring(database: Database, plan: Plan, size: int, *, upkeep: bool) -> float:
    db = database.session()
    try:
        connection = db.connection()
        shop = Shop(connection, plan.contacts, TODAY, NOW)
        with ExitStack() as stack:
            if not upkeep:
                stack.enter_context(_without_upkeep(connection))
            began = time.perf_counter()
            for start in range(0, size, BATCH):
                first = plan.orders + start + 1
                shop.orders(first, min(first + BATCH - 1, plan.orders + size))
            took = time.perf_counter() - began
    finally:
        db.rollback()
        db.close()
    return took
