"""`python -m workers QUEUE`: one worker on one queue.

The application is imported before RQ forks, for a forked child would otherwise import it for every job
(half a second each time).
"""

from __future__ import annotations

import importlib
import sys

import structlog
from redis.exceptions import RedisError
from rq.serializers import JSONSerializer

from campaign import config, logs
from campaign.errors import CampaignError
from campaign.queue import QUEUE_OF, Job, QueueName, Queues, connect
from workers import policy

log = structlog.get_logger()

# an idle worker looks after abandoned jobs this often: it blocks in the pop for worker_ttl - 15 s
WORKER_TTL_SECONDS = 30
MAINTENANCE_SECONDS = 5
MONITORING_SECONDS = 2


def work(queue: QueueName, *, burst: bool = False) -> None:
    """Work until a signal says stop; with `burst`, until the queue is empty."""
    settings = config.load()
    for job in Job:
        if QUEUE_OF[job] is queue:
            importlib.import_module(job.rpartition(".")[0])
    policy.note_worker()
    queues = Queues(connect(settings))
    worker = policy.OurWorker(
        [queues.queue(queue)],
        connection=queues.connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        log_job_description=False,
    )
    worker.work(burst=burst, logging_level="WARNING")


def main() -> None:
    """Entry point."""
    names = [name.value for name in QueueName]
    if len(sys.argv) != 2 or sys.argv[1] not in names:
        sys.exit(f"usage: python -m workers {{{','.join(names)}}}")
    logs.set_up()
    try:
        work(QueueName(sys.argv[1]))
    except RedisError as error:
        sys.exit(f"The queue server does not answer: {error}")
    except CampaignError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
