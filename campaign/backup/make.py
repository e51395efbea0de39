"""Writing a backup."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from alembic.runtime.migration import MigrationContext

from campaign import audit
from campaign.backup import postgres, sqlite
from campaign.backup.contents import DATABASE, FILES, Manifest, Writer
from campaign.backup.sealed import SealedWriter, Secret
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import lock
from campaign.errors import SetupError


def backup(
    database: Database, settings: Settings, target: Path, secret: Secret | None, now: datetime
) -> Manifest:
    """Write `target`, whole or not at all, readable by its owner only. Others may go on working.

    The database is copied first: every file that its rows name was stored before them. SetupError when
    there is a file of that name or its folder takes none from us.
    """
    if target.exists():
        raise SetupError(f"{target} is there already; a backup overwrites nothing.")
    with _scratch(target.parent) as name:
        folder = Path(name)
        copied = folder / DATABASE
        manifest = _copy(database, copied, now)
        partial = folder / "whole"
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with SealedWriter(out, secret) as sealed:
                # RawIOBase has all of BinaryIO that tarfile asks for
                writer = Writer(sealed, manifest)  # type: ignore[arg-type]  # a RawIOBase does for tarfile
                writer.add(DATABASE, copied)
                for path in _files(settings.files_dir):
                    writer.add(f"{FILES}/{path.relative_to(settings.files_dir).as_posix()}", path)
                writer.finish()
            out.flush()
            os.fsync(out.fileno())
        shutil.move(partial, target)
    with database.write() as db:
        audit.record(
            db,
            None,
            "database.backup",
            "file",
            target.name,
            now,
            sealed=secret is not None,
            rows=sum(manifest.counts.values()),
        )
    return manifest


def _scratch(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for what is not whole yet, on the same file system."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=".campaign-backup-", dir=folder)
    except OSError as error:
        raise SetupError(
            f"{folder} takes no file from us ({error.strerror}); give it to the user that runs Campaign."
        ) from error


def _copy(database: Database, target: Path, now: datetime) -> Manifest:
    with database.engine.connect() as connection:
        schema = MigrationContext.configure(connection).get_current_revision()
    with database.read() as db:
        owner = lock.owner(db)
    if database.is_sqlite:
        server = sqlite.copy(database.url, target)
        counts = sqlite.counts(target)
    else:
        server, counts = postgres.dump(database, target)
    return Manifest(
        made_at=now.isoformat(),
        program=version("campaign"),
        schema=schema or "",
        database="sqlite" if database.is_sqlite else "postgresql",
        server=server,
        system_id=owner or "",
        counts=counts,
    )


def _files(root: Path) -> Iterator[Path]:
    """All stored files; those that are being written have a name of their own and are left out."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".partial-"):
            yield path
