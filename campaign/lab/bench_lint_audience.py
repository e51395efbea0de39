"""What it costs to lint the renderings of a whole audience, as it is done before sign-off."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from campaign import migrations
from campaign.clock import utc_now
from campaign.db import Database
from campaign.lab.bench_company import make_company
from campaign.lint.audience import lint_audience
from campaign.models import Audience, Mailing, Submission
from campaign.render import content

RECIPIENTS = 1_000
ROUNDS = 5


def milliseconds_per_recipient() -> float:
    """Milliseconds of CPU, rendering and reading of the rows included, the collector at work as ever."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            return median(_rounds(database)) / RECIPIENTS
        finally:
            database.close()


def _rounds(database: Database) -> list[float]:
    migrations.upgrade(database)
    with database.write() as db:
        mailing_id = make_company(db, RECIPIENTS, utc_now()).id
    with database.read() as db:
        mailing = db.get_one(Mailing, mailing_id)
        signed = content.from_json(db, db.get_one(Submission, mailing.submission_id).content)
        audience = db.get_one(Audience, mailing.audience_id)
        times = []
        for _ in range(ROUNDS):
            start = time.process_time_ns()
            lint_audience(db, signed, audience)
            times.append((time.process_time_ns() - start) / 1e6)
        return times
