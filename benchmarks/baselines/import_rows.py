"""The least an import could take: read the file, and write the very rows an import made of it, unchecked.

    python import_rows.py FILE.csv postgresql:URL FOLDER   COPY of the dumps `FOLDER/TABLE.copy`
    python import_rows.py FILE.csv sqlite:PATH FOLDER      executemany of the rows in `FOLDER/rows.db`

Into the same tables with the same indexes and foreign keys, in one transaction, keys and ids computed
before. Nothing is parsed, compared, looked up or formatted, and fetching the rows to be written does not
count. Prints the seconds.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import time
from pathlib import Path

TABLES = ("contact", "contact_tag", "contact_fact", "consent", "import_touch", "import_refusal")
BLOCK = 1024 * 1024
ROWS = 10_000
CACHE_KB = 65_536


def read(path: str) -> float:
    began = time.perf_counter()
    with open(path, encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - began


def to_postgresql(url: str, folder: Path) -> float:
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        began = time.perf_counter()
        for table in TABLES:
            with (
                (folder / f"{table}.copy").open("rb") as file,
                cursor.copy(f"COPY {table} FROM STDIN") as copy,
            ):
                while block := file.read(BLOCK):
                    copy.write(block)
        connection.commit()
        return time.perf_counter() - began


def to_sqlite(path: str, folder: Path) -> float:
    source = sqlite3.connect(folder / "rows.db")
    target = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE_KB}"):
        target.execute(f"PRAGMA {pragma}")
    spent = 0.0
    target.execute("BEGIN IMMEDIATE")
    trigger = target.execute("SELECT sql FROM sqlite_master WHERE name = 'contact_search_insert'").fetchone()
    if trigger:  # one by one each row would cost twice as much: the index of words takes them at once, below
        target.execute("DROP TRIGGER contact_search_insert")
    for table in TABLES:
        rows = source.execute(f"SELECT * FROM {table}")
        places = ", ".join("?" * len(rows.description))
        statement = f"INSERT INTO {table} VALUES ({places})"
        while chunk := rows.fetchmany(ROWS):
            began = time.perf_counter()
            target.executemany(statement, chunk)
            spent += time.perf_counter() - began
    began = time.perf_counter()
    if trigger:
        target.execute(
            "INSERT INTO contact_search (rowid, search_words) SELECT id, search_words FROM contact"
        )
        target.execute(trigger[0])
    target.execute("COMMIT")
    target.close()
    return spent + time.perf_counter() - began


def main() -> None:
    file, target, folder = sys.argv[1:]
    kind, _, where = target.partition(":")
    seconds = read(file)
    seconds += (to_postgresql if kind == "postgresql" else to_sqlite)(where, Path(folder))
    print(seconds)


if __name__ == "__main__":
    main()
