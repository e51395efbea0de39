"""Jobs are found by name, take ids, and a job for what is not there ends without a fuss."""

from __future__ import annotations

import importlib
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis

from campaign.db import Database
from campaign.queue import QUEUE_OF, Job, Queues


@pytest.mark.parametrize("job", list(Job))
def test_every_job_name_leads_to_a_function_that_takes_ids(job: Job) -> None:
    module, _, name = job.rpartition(".")
    function = getattr(importlib.import_module(module), name)
    kinds = inspect.get_annotations(function, eval_str=True)
    assert {kind for key, kind in kinds.items() if key != "return"} <= {int}


def test_a_job_for_a_missing_mailing_says_so_and_ends(
    database: Database, redis_url: str, tmp_path: Path
) -> None:
    client = Redis.from_url(redis_url)
    queues = Queues(client)
    queues.ring(Job.EMAIL_LANE, 999)
    env = os.environ | {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "REDIS_URL": redis_url,
        "CAMPAIGN_STATE_DIR": str(tmp_path),
    }
    code = (
        "from campaign import logs; from campaign.queue import QueueName;"
        "from workers.__main__ import work; logs.set_up(); work(QueueName.EMAIL, burst=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "lane_has_no_mailing" in done.stderr
    assert "There is no mailing 999." in done.stderr
    queue = queues.queue(QUEUE_OF[Job.EMAIL_LANE])
    assert queue.count == 0
    assert queue.failed_job_registry.count == 0
    client.close()
