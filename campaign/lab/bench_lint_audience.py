"""What it costs to lint the renderings of a whole audience, as it is done before sign-off."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from campaign import migrations
from campaign.clock import utc_now
from campaign.compose import document as documents
from campaign.db import Database
from campaign.lab.bench_company import make_mailing, make_message
from campaign.lint.audience import lint_audience
from campaign.models import Audience, Channel, Mailing, Submission
from campaign.render import content
from campaign.render.samples import load_sample

LAYOUT = "offer"
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
        message = make_message(db, RECIPIENTS, utc_now())
        # the sending bench's own message has a field in every second line, which no letter has
        message.email_layout = LAYOUT
        message.variants[0].document = documents.to_json(load_sample(Channel.EMAIL, LAYOUT).documents["vi"])
        db.flush()
        mailing_id = make_mailing(db, message, utc_now()).id
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
