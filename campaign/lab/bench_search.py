"""`campaign bench search`: twenty kinds of question to a million contacts, on both databases.

A question is asked as the page asks it: read, found, and the people of the page loaded with their tags.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from campaign import migrations
from campaign.clock import utc_now
from campaign.contacts import finding
from campaign.contacts.search.pages import Filters, Place
from campaign.db import Database
from campaign.lab import bench_search_data as data
from campaign.lab import postgres
from campaign.models import Contact, ContactKind

PAGE = 50
NO_FILTERS = Filters()
Tell = Callable[[str], None]
# people who have all that is asked for
SOMEBODY_FIRST = 123_457


@dataclass(frozen=True)
class Asked:
    """One kind of question."""

    name: str
    text: str = ""
    filters: Filters = NO_FILTERS
    place: Place | None = None


@dataclass(frozen=True)
class Answer:
    """`ms` is the median; `found` is None when there are more than are counted."""

    text: str
    ms: float
    found: int | None


@dataclass(frozen=True)
class Figures:
    """Of one database."""

    worst_ms: float
    worst: str
    questions: dict[str, Answer]


def bench(rows: int, rounds: int, databases: tuple[str, ...], tell: Tell) -> dict[str, Figures]:
    """Figures by database: `postgresql` and `sqlite` are made, anything else is the URL of an empty one."""
    found = {}
    for name in databases:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-search-")))
            url = f"sqlite:///{folder / 'search.db'}" if name == "sqlite" else name
            if name == "postgresql":
                url = stack.enter_context(postgres.running()).url
            database = Database(url)
            stack.callback(database.close)
            tell(f"{name}: making {rows} contacts")
            migrations.upgrade(database)
            data.fill(database, rows, utc_now())
            found[name] = ask_all(database, name, rows, rounds, tell)
    return found


def ask_all(database: Database, name: str, rows: int, rounds: int, tell: Tell) -> Figures:
    """Each round asks all, so that none finds only its own pages in memory; the first is not counted."""
    with database.read() as db:
        every = list(questions(db, rows))
    times: dict[str, list[float]] = {one.name: [] for one in every}
    found: dict[str, int | None] = {}
    for number in range(rounds + 1):
        tell(f"{name}: round {number} of {rounds}")
        for one in every:
            began = time.perf_counter()
            with database.read() as db:
                page = finding.find(db, one.text, one.filters, PAGE, one.place)
                finding.load(db, page.ids)
            if number:
                times[one.name].append((time.perf_counter() - began) * 1000)
            found[one.name] = page.count
    answers = {
        one.name: Answer(one.text, round(statistics.median(times[one.name]), 1), found[one.name])
        for one in every
    }
    worst = max(answers, key=lambda name: answers[name].ms)
    return Figures(answers[worst].ms, worst, answers)


def questions(db: Session, rows: int) -> Iterator[Asked]:
    """Two dozen, of twenty kinds."""
    who = _somebody(db, rows)
    words = who.full_name.split()
    local, _, domain = who.email.partition("@")
    phone = who.phone
    yield Asked("whole name without marks", "nguyen van a")
    yield Asked("whole name with marks", who.full_name)
    yield Asked("words in another order", " ".join(reversed(words)))
    yield Asked("beginnings of words", "ngu van")
    yield Asked("one letter", "n")
    yield Asked("most frequent name", "nguyen")
    yield Asked("name with its tone", "Hoà")
    yield Asked("name in Chinese characters", "明華")
    yield Asked("code", who.code)
    yield Asked("beginning of a code", who.code[:6])
    yield Asked("phone, international", f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}")
    yield Asked("phone, with dots", f"{phone[:4]}.{phone[4:7]}.{phone[7:]}")
    yield Asked("phone, last four digits", phone[-4:])
    yield Asked("e-mail address", who.email)
    yield Asked("e-mail, local part", local)
    yield Asked("e-mail, domain of a company", domain)
    yield Asked("e-mail, domain of most", "@gmail.com")
    yield Asked("organisation and its people", "hop tac xa an phat 12")
    yield Asked(
        "name, in one province with one tag", "tran thi", Filters(ContactKind.PERSON, "khách quen", "Huế")
    )
    yield Asked("word that nobody has", "qwertyuiop")
    yield Asked("word in the middle of the order", "tnhh")
    yield Asked("all, first page")
    yield Asked("all, a page in the middle", place=Place(who.id))
    yield Asked("all with a rare tag", filters=Filters(tag="báo chí"))
    yield Asked(
        "all with a frequent tag in one province", filters=Filters(tag="khách quen", province="Hà Nội")
    )
    yield Asked("all organisations", filters=Filters(ContactKind.ORGANISATION))


def _somebody(db: Session, rows: int) -> Contact:
    """A person with a phone number and an address at a company."""
    number = min(SOMEBODY_FIRST, rows // 2)
    while True:
        who = db.get_one(Contact, number)
        named = who.kind is ContactKind.PERSON and not who.full_name.isascii() and " " in who.full_name
        if named and who.phone and who.email.endswith(".example"):
            return who
        number += 1
