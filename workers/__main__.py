"""`python -m workers QUEUE`: one worker on one queue.

The application is imported before RQ forks, for a forked child would otherwise import it for every job
(half a second each time); so is what else is the same for all jobs: see `_make_ready`.
"""

from __future__ import annotations

import gc
import importlib
import sys

import structlog
from redis.exceptions import RedisError
from rq.serializers import JSONSerializer
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import configure_mappers

from campaign import config, logs
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import recovery
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import journals_of
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
    _make_ready(settings)
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
    if queue is QueueName.EMAIL:
        worker.look_after = lambda: _recover(settings)
        _recover(settings)
    worker.work(burst=burst, logging_level="WARNING")


def _make_ready(settings: Settings) -> None:
    """What each job's process would do again. Then what is here is taken from the collector's eyes: to look
    through it took a twelfth of a lane's time, and each look made copies of memory shared with this process.
    """
    Database(settings.database_url).close()  # loads the driver, connects to nothing
    configure_mappers()
    gc.collect()
    gc.freeze()


def _recover(settings: Settings) -> None:
    """Decide what dead lanes held; the database is opened anew, for children are forked from this process."""
    host = this_host(settings.state_dir)
    if not any(True for _ in journals_of(host)):
        return
    database = Database(settings.database_url)
    try:
        recovered = recovery.recover(database, host, utc_now())
    except OperationalError as error:
        log.warning("no_database", why=str(error.orig))
    else:
        if recovered:
            log.info("recovered", **vars(recovered))
    finally:
        database.close()


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
