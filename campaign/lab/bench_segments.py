"""`campaign bench segments`: RFM beside NTILE, a marketer's questions beside hand-written SQL, and upkeep.

All of it in one database in one run; what is compared takes turns, and figures are medians.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Date, bindparam, func, select, text
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.errors import IntegrityError, NotFound
from campaign.lab import bench_segments_fill
from campaign.lab.bench_segments_data import Shop
from campaign.lab.bench_segments_fill import Size, without_upkeep
from campaign.models import Contact
from campaign.models.base import UtcDateTime
from campaign.segments import Rule, bind, parse, value_sql, where
from campaign.segments.limits import ready
from campaign.segments.moments import begins
from campaign.segments.room import give_room

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# a Monday; the hand-written lunar birthdays are those of this week
NOW = datetime(2026, 3, 9, 3, tzinfo=UTC)
TODAY = date(2026, 3, 9)
BATCH = 1000  # orders that one statement brings, as an import does
UPKEEP_ORDERS = 20_000
Tell = Callable[[str], None]


# parts of the run beside the questions
RFM, UPKEEP = "rfm", "upkeep"


@dataclass(frozen=True)
class Plan:
    """`database`: `postgresql` (a server of the bench's own), `sqlite`, or a URL; see `bench_segments_fill`.

    `only` are `rfm`, `upkeep` and beginnings of names of questions; nothing means all.
    """

    contacts: int
    orders: int
    database: str
    rounds: int
    only: tuple[str, ...] = ()
    keep: Path | None = None


@dataclass(frozen=True)
class Asked:
    """One question: how many fit, and the medians of both ways of asking, in milliseconds."""

    count: int
    count_ms: float
    handwritten_ms: float
    ratio: float


@dataclass(frozen=True)
class Scored:
    """Medians in seconds; the ratio is ours over theirs."""

    rfm_seconds: float
    ntile_seconds: float
    ratio_to_ntile: float
    tiers_seconds: float


@dataclass(frozen=True)
class Figures:
    """What was left out by `only` is None. Ratios are ours over theirs."""

    database: str
    contacts: int
    orders: int
    rounds: int
    scored: Scored | None
    upkeep_us_per_order: float | None
    """What an order costs more because its customer's statistics are kept."""
    worst_ratio_to_handwritten: float | None
    worst_segment: str | None
    segments: dict[str, Asked]
    phase_seconds: dict[str, float]
    """How long filling (or finding filled), scores, questions and upkeep took, all rounds together."""


def bench(plan: Plan, tell: Tell) -> Figures:
    """Fill, measure; IntegrityError when a count differs from that of the hand-written SQL."""
    _wanted(plan.only)  # refused before anything is filled
    seconds: dict[str, float] = {}
    with bench_segments_fill.opened(plan.database, plan.keep) as database:
        with _timed(seconds, "fill"):
            tell(f"making {plan.contacts} customers and {plan.orders} orders")
            bench_segments_fill.fill(database, Size(plan.contacts, plan.orders), TODAY, NOW)
        with _timed(seconds, RFM):
            scored = _rfm(database, plan.rounds, tell) if _is_wanted(RFM, plan.only) else None
        wanted = _wanted(plan.only, "sqlite" if database.is_sqlite else "postgresql")
        with _timed(seconds, "questions"):
            segments = {name: _ask(database, name, *both, plan.rounds, tell) for name, both in wanted.items()}
        with _timed(seconds, UPKEEP):
            upkeep = _upkeep(database, plan, tell) if _is_wanted(UPKEEP, plan.only) else None
    worst = max(segments, key=lambda name: segments[name].ratio, default=None)
    return Figures(
        database="sqlite" if database.is_sqlite else "postgresql",
        contacts=plan.contacts,
        orders=plan.orders,
        rounds=plan.rounds,
        scored=scored,
        upkeep_us_per_order=None if upkeep is None else round(upkeep, 1),
        worst_ratio_to_handwritten=segments[worst].ratio if worst else None,
        worst_segment=worst,
        segments=segments,
        phase_seconds=seconds,
    )


def as_json(figures: Figures) -> dict[str, Any]:
    """One level, as far as the scores go; null for what was left out."""
    found = asdict(figures)
    scores = found.pop("scored") or dict.fromkeys(Scored.__dataclass_fields__)
    return found | scores


def _wanted(only: tuple[str, ...], dialect: str = "") -> dict[str, tuple[Rule, str]]:
    """The questions that are meant; NotFound when a word means none."""
    every = questions(dialect)
    for word in only:
        if word not in (RFM, UPKEEP) and not any(name.startswith(word) for name in every):
            raise NotFound(
                f"No question begins with {word!r}. There are {RFM}, {UPKEEP}, {', '.join(every)}."
            )
    return {name: both for name, both in every.items() if _is_wanted(name, only)}


def _is_wanted(name: str, only: tuple[str, ...]) -> bool:
    return not only or any(name.startswith(word) for word in only)


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - began, 1)


@contextmanager
def _asking(database: Database) -> Iterator[Session]:
    with database.read() as db:
        give_room(db)  # as segments are counted; what is written by hand has the same
        yield db


def _rfm(database: Database, rounds: int, tell: Tell) -> Scored:
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
    rfm, theirs_, tiers_ = (statistics.median(took[name]) for name in ("ours", "theirs", "tiers"))
    return Scored(round(rfm, 3), round(theirs_, 3), round(rfm / theirs_, 3), round(tiers_, 3))


def questions(dialect: str = "") -> dict[str, tuple[Rule, str]]:
    """The rule and the hand-written SQL of each question, by name: for that database (`NAME.sqlite.sql`)
    where there is one of its own."""
    return {
        file.stem: (
            parse(json.loads(file.read_text(encoding="utf-8"))["rule"]),
            _by_hand(file, dialect).read_text(encoding="utf-8"),
        )
        for file in sorted((BENCHMARKS / "segments").glob("*.json"))
    }


def _by_hand(file: Path, dialect: str) -> Path:
    own = file.with_suffix(f".{dialect}.sql")
    return own if own.exists() else file.with_suffix(".sql")


def ask_ours(db: Session, rule: Rule) -> int:
    """As a segment is counted: what is looked up first and compiling included."""
    fitting = where(ready(db, bind(db, rule), NOW), NOW)
    fits = select(func.count()).select_from(Contact).where(fitting, Contact.erased_at.is_(None))
    return db.scalar(fits) or 0


def ask_by_hand(db: Session, sql: str) -> int:
    names = set(re.findall(r":(today|now|ago_\d+|since_\d+)\b", sql))
    moments = {name for name in names if name == "now" or name.startswith("since_")}
    typed = [bindparam(name, type_=UtcDateTime() if name in moments else Date()) for name in names]
    return db.scalar(text(sql).bindparams(*typed), _days(*names)) or 0


def _days(*names: str) -> dict[str, Any]:
    """`today`, `now`, `ago_30` (a day) and `since_30` (the moment at which that day began) as values."""
    values: dict[str, Any] = {"now": NOW, "today": TODAY}
    for name in names:
        word, _, days = name.partition("_")
        if days:
            day = TODAY - timedelta(days=int(days))
            values[name] = begins(day) if word == "since" else day
    return {name: values[name] for name in names}


def _ask(database: Database, name: str, rule: Rule, sql: str, rounds: int, tell: Tell) -> Asked:
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
                raise IntegrityError(f"{name}: the segment finds {again}, the hand-written SQL {by_hand}.")
    mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return Asked(count, round(mine, 1), round(other, 1), round(mine / other, 2))


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
                stack.enter_context(without_upkeep(connection))
            began = time.perf_counter()
            for start in range(0, size, BATCH):
                first = plan.orders + start + 1
                shop.orders(first, min(first + BATCH - 1, plan.orders + size))
            took = time.perf_counter() - began
    finally:
        db.rollback()
        db.close()
    return took
