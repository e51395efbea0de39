"""`campaign bench import`: a large file of customers, checked, matched and with consent, beside the least
that could be done with it (`benchmarks/baselines/import_rows.py`), on both databases in one run.

Each side has a process of its own and an empty database of its own; they take turns.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import psycopg
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from campaign import migrations, processes
from campaign.clock import utc_now
from campaign.contacts import erased
from campaign.contacts.csv_import import imports, running
from campaign.db import Database
from campaign.lab import bench_message as words
from campaign.lab import postgres
from campaign.models import (
    Channel,
    ErasedKind,
    Erasure,
    ErasureSecret,
    ImportKind,
    Sender,
    Suppression,
    SuppressionReason,
)
from campaign.storage import FileStore

BASELINE = Path(__file__).parents[2] / "benchmarks" / "baselines" / "import_rows.py"
ROUNDS = 5
TIMES_BASELINE = 3.0  # the limit
TABLES = ("contact", "contact_tag", "contact_fact", "consent", "import_touch", "import_refusal")
HEADINGS = ("Họ tên", "E-mail", "Điện thoại", "Địa chỉ", "Phường", "Tỉnh", "Ngày sinh", "Nhóm")
# one row in so many
TWICE, REFUSED, SUPPRESSED, WITHOUT_MAIL, ERASED = 50, 100, 200, 20, 1_000
DOMAINS = 200
SEED = 5

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Figures:
    """Medians; seconds of wall clock, `peak_rss_mb` of the importing process."""

    seconds: float
    limit_seconds: float
    """Three times the baseline."""
    ratio_to_limit: float
    """Median of the rounds' own ratios."""
    peak_rss_mb: float
    baseline_seconds: float
    counts: dict[str, int]


def bench(rows: int, rounds: int, databases: tuple[str, ...], tell: Tell) -> dict[str, Figures]:
    """Figures by database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-import-")))
        tell("writing the file")
        file = folder / "khach.csv"
        _write(file, rows)
        lanes: dict[str, _Lane] = {}
        for name in databases:
            where = folder / name
            where.mkdir()
            if name == "postgresql":
                where.chmod(0o755)
                cluster = stack.enter_context(postgres.running())
                lanes[name] = _Postgres(where, file, cluster.url, rows)
            else:
                lanes[name] = _Sqlite(where, file, rows)
        return {name: _rounds(name, lane, rounds, tell) for name, lane in lanes.items()}


def _rounds(name: str, lane: _Lane, rounds: int, tell: Tell) -> Figures:
    tell(f"{name}: preparing")
    lane.prepare()
    ours: list[dict[str, Any]] = []
    theirs: list[float] = []
    for number in range(1, rounds + 1):
        tell(f"{name}: round {number} of {rounds}, import")
        ours.append(lane.ours(keep=number == 1))
        tell(f"{name}: round {number} of {rounds}, baseline")
        theirs.append(lane.theirs())
    ratios = [one["seconds"] / (TIMES_BASELINE * other) for one, other in zip(ours, theirs, strict=True)]
    baseline = median(theirs)
    return Figures(
        round(median(one["seconds"] for one in ours), 2),
        round(TIMES_BASELINE * baseline, 2),
        round(median(ratios), 3),
        round(max(one["peak_rss_mb"] for one in ours), 1),
        round(baseline, 2),
        ours[-1]["counts"],
    )


class _Lane:
    """One database server, or none: empty databases to fill, by us and by the baseline."""

    def __init__(self, folder: Path, file: Path, rows: int) -> None:
        self._folder, self._file, self._rows = folder, file, rows

    def prepare(self) -> None:
        """The empty database that every round begins with."""
        raise NotImplementedError

    def fresh(self) -> str:
        """The URL of a copy of it."""
        raise NotImplementedError

    def dump(self, url: str) -> None:
        """What the import wrote, for the baseline."""
        raise NotImplementedError

    def theirs(self) -> float:
        """Seconds of the baseline on a fresh copy."""
        raise NotImplementedError

    def ours(self, *, keep: bool) -> dict[str, Any]:
        """What the import says of itself, on a fresh copy."""
        url = self.fresh()
        command = processes.python_module(
            "campaign.lab.bench_import", url, str(self._folder), str(self._file)
        )
        told = _run(command)
        if keep:
            self.dump(url)
        return json.loads(told)

    def _baseline(self, target: str) -> float:
        return float(_run((sys.executable, str(BASELINE), str(self._file), target, str(self._folder))))


class _Sqlite(_Lane):
    def prepare(self) -> None:
        database = Database(f"sqlite:///{self._folder / 'empty.db'}")
        _furnish(database, self._rows)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        database.close()

    def fresh(self) -> str:
        path = self._folder / "round.db"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._folder / "empty.db", path)
        return f"sqlite:///{path}"

    def dump(self, url: str) -> None:
        with closing(sqlite3.connect(self._folder / "round.db")) as made:
            made.execute("VACUUM INTO ?", (str(self._folder / "rows.db"),))

    def theirs(self) -> float:
        self.fresh()
        with closing(sqlite3.connect(self._folder / "round.db")) as target:  # for foreign keys
            target.execute("ATTACH ? AS made", (str(self._folder / "rows.db"),))
            target.execute("INSERT INTO contact_import SELECT * FROM made.contact_import")
            target.commit()
        return self._baseline(f"sqlite:{self._folder / 'round.db'}")


class _Postgres(_Lane):
    def __init__(self, folder: Path, file: Path, url: str, rows: int) -> None:
        super().__init__(folder, file, rows)
        self._admin = url

    def prepare(self) -> None:
        self._sql("CREATE DATABASE empty")
        database = Database(self._url("empty"))
        _furnish(database, self._rows)
        database.close()

    def fresh(self) -> str:
        self._sql(
            "DROP DATABASE IF EXISTS round WITH (FORCE)", "CREATE DATABASE round TEMPLATE empty", "CHECKPOINT"
        )
        return self._url("round")

    def dump(self, url: str) -> None:
        with psycopg.connect(_plain(url)) as made, made.cursor() as cursor:
            for table in (*TABLES, "contact_import"):
                with (
                    (self._folder / f"{table}.copy").open("wb") as file,
                    cursor.copy(f"COPY {table} TO STDOUT") as copy,
                ):
                    for block in copy:
                        file.write(block)

    def theirs(self) -> float:
        url = self.fresh()
        with (
            psycopg.connect(_plain(url)) as target,
            target.cursor() as cursor,
            cursor.copy("COPY contact_import FROM STDIN") as copy,  # for foreign keys
        ):
            copy.write((self._folder / "contact_import.copy").read_bytes())
        return self._baseline(f"postgresql:{_plain(url)}")

    def _url(self, name: str) -> str:
        return Database(self._admin).url.set(database=name).render_as_string(hide_password=False)

    def _sql(self, *statements: str) -> None:
        with psycopg.connect(_plain(self._admin), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _run(command: tuple[str, ...]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)  # noqa: S603 (our own program)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]


def _furnish(database: Database, rows: int) -> None:
    """A sender, and addresses that nobody is to write to."""
    migrations.upgrade(database)
    with database.write() as db:
        db.add(
            Sender(
                name="Trà Mộc An", from_name="Trà Mộc An", from_email="thu@tramocan.example",
                organisation="Trà Mộc An", street="12 Hàng Gai", locality="Hà Nội", country="VN",
                phone="024 3826 0808", created_at=utc_now(),
            )
        )  # fmt: skip
        entries = [
            {
                "channel": Channel.EMAIL, "address_key": _address(number).lower(),
                "reason": SuppressionReason.UNSUBSCRIBED, "source": "bench", "at": utc_now(),
            }
            for number in range(0, rows, SUPPRESSED)
        ]  # fmt: skip
        db.execute(insert(Suppression), entries)
        _forget(db, rows)
        if not database.is_sqlite:
            db.execute(text("ANALYZE"))


def _forget(db: Session, rows: int) -> None:
    """People of the file who were erased: every key of every row is asked about."""
    secret = "5a" * erased.SECRET_BYTES
    db.add(ErasureSecret(id=1, secret=secret))
    hasher = erased.Hasher(secret)
    for number in range(9, rows, ERASED):  # none of those who are special otherwise
        entry = Erasure(contact_id=-1 - number, contact_created_at=utc_now(), at=utc_now())
        db.add(entry)
        db.flush()
        digest = hasher.digest(ErasedKind.EMAIL, _address(number).lower())
        erased.keep(db, entry.id, [(ErasedKind.EMAIL, digest)])


def _address(number: int) -> str:
    return f"Khach.{number}@mail{number % DOMAINS}.example.com"


def _write(path: Path, rows: int) -> None:
    """Customers as a shop's spreadsheet has them: some twice in another writing, some broken."""
    random = Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            who = number - 1 if number % TWICE == 1 else number
            born = f"{1 + number % 28}/{1 + number % 12}/{1950 + number % 50}"
            name = (
                f"{random.choice(words.SURNAMES)} {random.choice(words.MIDDLES)} {random.choice(words.GIVEN)}"
            )
            address = _address(who)
            if number % REFUSED == 7:
                address = address.replace("@", " ")
            elif number % TWICE == 1:
                address = address.upper()
            elif number % WITHOUT_MAIL == 3:
                address = ""
            writer.writerow(
                (
                    name, address, f"09{who % 10**8:08d}", f"{number} phố Hàng Bạc", f"Phường {number % 97}",
                    random.choice(words.PROVINCES), born,
                    "vip" if number % 10 == 0 else "",
                )
            )  # fmt: skip


def main() -> None:
    """The importing process: upload and run, as page and worker do."""
    url, folder, file = sys.argv[1:]
    database, files = Database(url), FileStore(Path(folder))
    began = time.perf_counter()
    with open(file, "rb") as opened:
        received = imports.receive(
            files, kind=ImportKind.CONTACTS, file_name="khach.csv", file=opened, now=utc_now()
        )
    with database.write() as db:
        begun = imports.keep(db, received, utc_now())
        options = {
            "source": "bench", "consent": "yes", "sender_id": "1", "wording": "Tôi đồng ý nhận thư.",
            "collected_by": "cửa hàng", "collected_on": f"{datetime.now(UTC):%Y-01-01}",
            "purposes": ["marketing"],
        }  # fmt: skip
        imports.ask_run_at_once(begun, begun.mapping, options)
    if not running.work(running.Work(database, files, begun.id, utc_now)):
        raise SystemExit("the import was not done")
    seconds = time.perf_counter() - began
    with database.read() as db:
        done = db.get_one(type(begun), begun.id)
        if done.error:
            raise SystemExit(str(done.error))
        counts = {**done.counts, "mapped": len(done.mapping)}
    files.path(begun.file_key).unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_rss_mb": peak, "counts": counts}) + "\n")


if __name__ == "__main__":
    main()
