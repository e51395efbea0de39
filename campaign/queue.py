"""The doorbell: RQ on Redis or Valkey.

The database is the queue; a job only says "look at row N". Losing Redis loses nothing: the beat rings
again. Jobs take ids as JSON, never pickled objects (who can write to Redis must not run code here), and
carry no RQ retry: the database decides what may run twice.
"""

from __future__ import annotations

import secrets
from enum import StrEnum

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.defaults import RQ_KEY_PREFIX
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from campaign import redis_url
from campaign.config import Settings

# a job that has not started within this many seconds is rung again by the beat anyway
RING_TTL_SECONDS = 600
RESULT_TTL_SECONDS = 0
FAILURE_TTL_SECONDS = 7 * 24 * 3600


class Job(StrEnum):
    """Every job, by its dotted name in `workers`; a test resolves each."""

    EMAIL_LANE = "workers.email.run_lane"
    PRINT_RUN = "workers.letters.make_print_run"
    INBOUND = "workers.inbound.process_mail"
    NOTICE = "workers.notices.send_notice"
    CONFIRMATION = "workers.confirmations.send_confirmation"
    IMPORT = "workers.imports.work"
    AUDIENCE_CHECK = "workers.checks.check_audience"
    SEGMENT_DIGESTS = "workers.digests.take_digests"
    RETENTION = "workers.retention.apply_retention"


class QueueName(StrEnum):
    """One queue per worker process: on several, RQ pops in a way that can lose a job in a crash."""

    EMAIL = "email"
    LETTERS = "letters"
    INBOUND = "inbound"


QUEUE_OF = {
    Job.EMAIL_LANE: QueueName.EMAIL,
    Job.PRINT_RUN: QueueName.LETTERS,
    Job.INBOUND: QueueName.INBOUND,
    # a mail to a colleague waits neither behind a lane nor behind a print run
    Job.NOTICE: QueueName.INBOUND,
    # somebody looks into their mailbox for it
    Job.CONFIRMATION: QueueName.INBOUND,
    # in stretches of half a minute, so that a print run waits no longer for it
    Job.AUDIENCE_CHECK: QueueName.LETTERS,
    # at night, when nobody waits for a print run
    Job.SEGMENT_DIGESTS: QueueName.LETTERS,
    Job.RETENTION: QueueName.LETTERS,
    Job.IMPORT: QueueName.LETTERS,
}

# lanes work for about 30 s, but the last reply may take 10 minutes; a print run, or freezing a
# million people on a slow machine, may take minutes; a single mail has of it what `dispatch.single` says
JOB_TIMEOUT_SECONDS = {
    Job.EMAIL_LANE: 700,
    Job.PRINT_RUN: 3600,
    Job.INBOUND: 120,
    Job.NOTICE: 180,
    Job.CONFIRMATION: 240,
    Job.IMPORT: 3600,
    Job.AUDIENCE_CHECK: 3600,
    Job.SEGMENT_DIGESTS: 3600,
    Job.RETENTION: 3600,
}


def connect(settings: Settings) -> Redis:
    """A client for REDIS_URL."""
    return redis_url.client(settings.redis_url, RQ_KEY_PREFIX, health_check_interval=30)


def connect_briefly(settings: Settings, seconds: float) -> Redis:
    """A client that gives up after `seconds`: for looking whether the server is there."""
    return redis_url.client(
        settings.redis_url,
        RQ_KEY_PREFIX,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
    )


def key(*parts: str) -> str:
    """The name of a key of ours: under RQ's prefix, so that in a Cluster all keys lie in one slot and two
    installations on one server keep apart. RQ reads the prefix from RQ_KEY_PREFIX when it is imported."""
    return ":".join((RQ_KEY_PREFIX, "campaign", *parts))


class Queues:
    """Rings jobs. Any Redis failure is the caller's to ignore or show; the beat rings again."""

    def __init__(self, connection: Redis) -> None:
        self.connection = connection

    def queue(self, name: QueueName) -> Queue:
        return Queue(name, connection=self.connection, serializer=JSONSerializer)

    def ring(self, job: Job, *ids: int) -> RqJob:
        """Enqueue one job with row ids as its arguments."""
        return self.queue(QUEUE_OF[job]).enqueue(
            str(job),
            args=ids,
            job_id=_prefix(job, ids) + secrets.token_hex(6),
            job_timeout=JOB_TIMEOUT_SECONDS[job],
            ttl=RING_TTL_SECONDS,
            result_ttl=RESULT_TTL_SECONDS,
            failure_ttl=FAILURE_TTL_SECONDS,
        )

    def waiting(self, job: Job, *ids: int) -> int:
        """How many such jobs wait to be taken."""
        prefix = _prefix(job, ids)
        return sum(name.startswith(prefix) for name in self.queue(QUEUE_OF[job]).get_job_ids())

    def ring_up_to(self, count: int, job: Job, *ids: int) -> None:
        """Ring until `count` such jobs wait: ringing again and again never floods the queue."""
        for _ in range(count - self.waiting(job, *ids)):
            self.ring(job, *ids)


def _prefix(job: Job, ids: tuple[int, ...]) -> str:
    """Names say what a job is for: `email-run_lane-17-`. RQ allows letters, digits, `_` and `-`."""
    return "-".join([*job.removeprefix("workers.").split("."), *map(str, ids), ""])
