"""Where the two sides of `campaign bench import` work: a database server of their own, or files.

The import has a process of its own (`bench_import_process`), and so has the baseline.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from campaign import processes
from campaign.db import Database
from campaign.lab.bench_import_data import furnish

BASELINE = Path(__file__).parents[2] / "benchmarks" / "baselines" / "import_rows.py"
TABLES = ("contact", "contact_tag", "contact_fact", "consent", "import_touch", "import_refusal")


class Lane:
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
            "campaign.lab.bench_import_process", url, str(self._folder), str(self._file)
        )
        told = _run(command)
        if keep:
            self.dump(url)
        return json.loads(told)

    def _baseline(self, target: str) -> float:
        return float(_run((sys.executable, str(BASELINE), str(self._file), target, str(self._folder))))


class Sqlite(Lane):
    def prepare(self) -> None:
        database = Database(f"sqlite:///{self._folder / 'empty.db'}")
        furnish(database, self._rows)
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


class Postgres(Lane):
    def __init__(self, folder: Path, file: Path, url: str, rows: int) -> None:
        super().__init__(folder, file, rows)
        self._admin = url

    def prepare(self) -> None:
        self._sql("CREATE DATABASE empty")
        database = Database(self._url("empty"))
        furnish(database, self._rows)
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
