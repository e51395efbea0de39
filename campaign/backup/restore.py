"""Reading a backup back. The restored database is locked: nothing is sent until a person confirms."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import exists, func, inspect, select

from campaign import audit, migrations
from campaign.backup import postgres, sqlite
from campaign.backup.contents import DATABASE, FILES, Manifest, unpack
from campaign.backup.sealed import SealedReader, Secret
from campaign.care import erasure_list
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import lock
from campaign.errors import IntegrityError, NotFound, SetupError
from campaign.links import Addresses, Signer
from campaign.models import Base

# tables that programs fill by themselves: their rows make no installation
OWN = frozenset({"system_id", "heartbeat", "domain_check"})


@dataclass(frozen=True)
class Restored:
    """What was restored. `erased_again` people were erased after the backup was made; whether there was any
    list that could say so is `erasures_known`."""

    manifest: Manifest
    erased_again: int
    erasures_known: bool


def check(source: Path, secret: Secret | None) -> Manifest:
    """Read the whole backup and compare its hashes; nothing is written."""
    return _unpack(source, secret, None)


def restore(
    database: Database,
    settings: Settings,
    source: Path,
    secret: Secret | None,
    now: datetime,
    *,
    replace: bool,
    erasures: Path | None = None,
) -> Restored:
    """Put the backup in the place of database and stored files. Programs of the installation are stopped.

    Whoever was erased since the backup is erased again, as far as a list says who: the database that is
    replaced, the file beside it, and `erasures`.

    SetupError when something is there and `replace` does not say that it may go; IntegrityError when the
    backup is not what its manifest says: then nothing was changed.
    """
    _require_place(database, settings, replace)
    lists = _lists(database, settings, erasures)
    with tempfile.TemporaryDirectory(prefix=".campaign-restore-", dir=_near(database, settings)) as name:
        folder = Path(name)
        manifest = _unpack(source, secret, folder)
        _require_fitting(database, manifest)
        if database.is_sqlite:
            _close(folder / DATABASE, manifest, now)
            sqlite.put(folder / DATABASE, database)
        else:
            postgres.put(folder / DATABASE, database, manifest.at)
        _put_files(folder / FILES, settings.files_dir)
    migrations.upgrade(database)
    _require_counts(database, manifest)
    with database.write() as db:
        detail = {"made_at": manifest.made_at, "replaced": replace, "lists_of_erasures": len(lists)}
        audit.record(db, None, "database.restore", "file", source.name, now, **detail)
        ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
        again = sum(erasure_list.apply(db, known, ours, now).erased for known in lists)
    return Restored(manifest, again, erasures_known=bool(lists))


def _lists(database: Database, settings: Settings, given: Path | None) -> list[erasure_list.ErasureList]:
    """Everything that says who was erased, read before anything is replaced."""
    found = [erasure_list.of_database(database)]
    if settings.erasures_file.exists():
        found.append(erasure_list.read(settings.erasures_file))
    if given is not None:
        found.append(erasure_list.read(given))
    return [known for known in found if known is not None and (known.entries or given is not None)]


def is_empty(database: Database) -> bool:
    """Whether nobody has put anything in: no schema, or only tables without rows."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = [table for name, table in Base.metadata.tables.items() if name in there - OWN]
        return not any(connection.scalar(select(exists(select(1).select_from(table)))) for table in tables)


def _require_place(database: Database, settings: Settings, replace: bool) -> None:
    if not replace and not is_empty(database):
        raise SetupError(
            "The database holds data. Restore into an empty one, or say --replace to give up what is there."
        )
    files = settings.files_dir
    if not replace and files.is_dir() and any(files.iterdir()):
        raise SetupError(f"{files} holds files. Empty it, or say --replace to give up what is there.")
    if not database.is_sqlite and (count := postgres.others(database)):
        raise SetupError(f"The database has {count} other connections. Stop the programs that use it first.")


def _near(database: Database, settings: Settings) -> Path:
    """A folder on the disk of the database's file, so that it is put into place by a rename."""
    place = Path(database.url.database).parent if database.is_sqlite and database.url.database else None
    folder = place or settings.state_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _unpack(source: Path, secret: Secret | None, folder: Path | None) -> Manifest:
    if not source.is_file():
        raise NotFound(f"There is no file {source}.")
    with source.open("rb") as file:
        # RawIOBase has all of BinaryIO that tarfile asks for
        return unpack(SealedReader(file, secret), folder)  # type: ignore[arg-type]  # a RawIOBase does for tarfile


def _require_fitting(database: Database, manifest: Manifest) -> None:
    ours = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.database != ours:
        raise SetupError(f"The backup is of {manifest.database}, DATABASE_URL names {ours}.")
    try:
        ScriptDirectory.from_config(migrations._config()).get_revision(manifest.schema)
    except CommandError:
        raise SetupError(
            f"The backup has schema {manifest.schema}, which this program does not know; use the program "
            f"that made it ({manifest.program}) or a newer one."
        ) from None


def _close(copied: Path, manifest: Manifest, now: datetime) -> None:
    """Lock the copy before it takes its place: there is no moment at which it could send."""
    made = Database(f"sqlite:///{copied}")
    with made.write() as db:
        lock.close(db, manifest.at, now)
    with made.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("BEGIN")
    made.close()


def _put_files(unpacked: Path, target: Path) -> None:
    """The stored files, in the place of those that are there."""
    unpacked.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = target.with_name(f"{target.name}.restored"), target.with_name(f"{target.name}.replaced")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.move(unpacked, fresh)
    if target.exists():
        os.replace(target, old)
    os.replace(fresh, target)
    shutil.rmtree(old, ignore_errors=True)


def _require_counts(database: Database, manifest: Manifest) -> None:
    """As many rows as the manifest counted, in every table that is still there by its name."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        for name in sorted(there & set(manifest.counts) & set(Base.metadata.tables) - OWN):
            found = connection.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
            if found != manifest.counts[name]:
                raise IntegrityError(f"{name} has {found} rows, the backup counted {manifest.counts[name]}.")
