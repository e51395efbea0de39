"""Who can write to Redis must not run code here."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from campaign.queue import Job, QueueName, Queues
from workers.policy import OurWorker


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


def work_off(redis: Redis) -> None:
    """One real worker process, until the queue is empty."""
    code = (
        "import sys; from redis import Redis; from rq.serializers import JSONSerializer;"
        "from workers.policy import OurWorker;"
        "OurWorker(['inbound'], connection=Redis.from_url(sys.argv[1]), serializer=JSONSerializer)"
        ".work(burst=True)"
    )
    url = f"unix://{redis.connection_pool.connection_kwargs['path']}"
    subprocess.run([sys.executable, "-c", code, url], check=True, capture_output=True, timeout=300)


class Bomb:
    """Unpickling it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_pickled_job_is_refused(redis: Redis, tmp_path: Path) -> None:
    queue = Queue("inbound", connection=redis, serializer=JSONSerializer)
    job = queue.enqueue("workers.inbound.process_mail", 1)
    redis.hset(job.key, "data", pickle.dumps(("os.mkdir", None, (Bomb(tmp_path / "bang"),), {})))
    work_off(redis)
    assert not (tmp_path / "bang").exists()
    assert queue.failed_job_registry.get_job_ids() == [job.id]


@pytest.mark.parametrize(
    ("function", "arguments", "options"),
    [
        ("os.mkdir", ["{bang}"], {}),
        ("subprocess.check_output", [["mkdir", "{bang}"]], {}),
        ("workers.inbound.process_mail", ["{bang}"], {}),
        ("workers.inbound.process_mail", [], {"mail_id": 1}),
    ],
)
def test_a_job_that_is_not_ours_is_refused(
    redis: Redis, tmp_path: Path, function: str, arguments: list[object], options: dict[str, object]
) -> None:
    bang = str(tmp_path / "bang")

    def fill(value: object) -> object:
        return [fill(item) for item in value] if isinstance(value, list) else str(value).format(bang=bang)

    queue = Queue("inbound", connection=redis, serializer=JSONSerializer)
    job = queue.enqueue(function, args=[fill(value) for value in arguments], kwargs=options)
    work_off(redis)
    assert not Path(bang).exists()
    assert queue.failed_job_registry.get_job_ids() == [job.id]
    result = job.latest_result()
    assert result is not None
    assert "JobRefused" in str(result.exc_string)


def test_ringing_up_to_a_count_never_floods(redis: Redis) -> None:
    queues = Queues(redis)
    queues.ring(Job.EMAIL_LANE, 7)
    for _ in range(5):
        queues.ring_up_to(2, Job.EMAIL_LANE, 7)
        queues.ring_up_to(1, Job.EMAIL_LANE, 77)
    assert queues.waiting(Job.EMAIL_LANE, 7) == 2
    assert queues.queue(QueueName.EMAIL).count == 3
    assert OurWorker.job_class.__name__ == "OurJob"
