"""`campaign segment export NAME --reason ...`: the people of a segment as CSV."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit, config
from campaign.cli.opening import opened, told
from campaign.clock import utc_now
from campaign.errors import NotFound, SetupError
from campaign.models import Segment
from campaign.segments import people_file, rule_of
from campaign.segments.asking import asking

REASON_LENGTH = 500  # as on the page


def write(name: str, output: Path | None, reason: str) -> None:
    """To the file, or to standard output; the audit log has its entry before the first row leaves."""
    if not reason:
        raise click.UsageError("People leave the house for a reason: name it with --reason.")
    now = utc_now()
    with opened() as database, told(), _out(output) as out:
        with asking(database, config.load(), times=people_file.TIMES) as db:
            segment = named(db, name)
            ids = people_file.ids_of(db, rule_of(db, segment), now)
        detail = {
            "reason": reason[:REASON_LENGTH],
            "file": output.name if output else "standard output",
            "by": "command line",
        }
        with database.write() as db:
            audit.record(db, None, "export.recipients", "segment", segment.id, now, **detail)
        with database.read() as db:
            for piece in people_file.lines(db, ids):
                out.write(piece.encode())
    click.echo(f"{len(ids):,} people.", err=True)


def named(db: Session, name: str) -> Segment:
    """The segment; NotFound says where names are listed."""
    segment = db.scalar(select(Segment).where(Segment.name == name))
    if segment is None:
        raise NotFound(f"There is no segment {name!r}; `campaign segment list` names them.")
    return segment


@contextmanager
def _out(output: Path | None) -> Iterator[BinaryIO]:
    """A new file for its owner alone, gone again when anything fails."""
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SetupError(f"{output} is there already; people are written over nothing.") from None
    with os.fdopen(descriptor, "wb") as out:
        try:
            yield out
        except BaseException:
            output.unlink()
            raise
