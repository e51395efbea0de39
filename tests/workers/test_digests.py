"""The job that notes who is in each segment, in a real worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from redis import Redis
from sqlalchemy import select

from campaign.db import Database
from campaign.models import SegmentDigest
from campaign.queue import QUEUE_OF, Job, Queues
from tests.factories import make_contact, make_segment


def test_a_worker_takes_them(database: Database, redis_url: str, tmp_path: Path) -> None:
    with database.write() as db:
        person = make_contact(db).id
        make_segment(db)
    client = Redis.from_url(redis_url)
    queues = Queues(client)
    queues.ring(Job.SEGMENT_DIGESTS)
    env = os.environ | {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "REDIS_URL": redis_url,
        "CAMPAIGN_STATE_DIR": str(tmp_path),
    }
    code = (
        "from campaign import logs; from campaign.queue import QueueName;"
        "from workers.__main__ import work; logs.set_up(); work(QueueName.LETTERS, burst=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    with database.read() as db:
        assert list(db.scalars(select(SegmentDigest.sample))) == [[person]], done.stderr
    queue = queues.queue(QUEUE_OF[Job.SEGMENT_DIGESTS])
    assert queue.count == 0
    assert queue.failed_job_registry.count == 0
    client.close()
