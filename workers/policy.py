"""How RQ may work here: which jobs, with which arguments, and how a worker stops.

Whoever can write to Redis must not run code here. So jobs are JSON, never pickles, and a job may only
name one of `campaign.queue.Job`, with row ids as its arguments and no callbacks.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from typing import Any

from rq import Worker
from rq.job import Job as RqJob

from campaign.errors import CampaignError
from campaign.queue import Job

_KNOWN = frozenset(str(job) for job in Job)

# shared with the children that a worker forks: its first byte says that the worker is being stopped
_STOPPING = mmap.mmap(-1, 1)
_WORKER = os.getpid()


class JobRefused(CampaignError):
    """The job is not one of ours."""


class OurJob(RqJob):
    """Runs the functions that `Job` names and nothing else."""

    @property
    def func(self) -> Callable[..., Any]:
        if self.func_name not in _KNOWN or self.instance is not None or self.kwargs:
            raise JobRefused(f"{self.func_name!r} is no job of this program.")
        if not all(type(value) is int for value in self.args):
            raise JobRefused(f"{self.func_name} takes row ids, not {self.args!r}.")
        function: Callable[..., Any] = super().func
        return function

    @property
    def success_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None


class OurWorker(Worker):
    """Tells its child when it is asked to stop, so that a lane ends after the messages in hand. Between jobs,
    and while it waits for one, it looks after what lanes left on this host when they died."""

    job_class = OurJob
    look_after: Callable[[], None] | None = None

    def run_maintenance_tasks(self) -> None:
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]  # RQ leaves it untyped
        if self.look_after is not None:
            self.look_after()

    def handle_warm_shutdown_request(self) -> None:
        _STOPPING[0] = 1
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]  # RQ leaves it untyped


def note_worker() -> None:
    """Called by the worker before it forks: children stop when this process is gone."""
    global _WORKER  # noqa: PLW0603 (one process, one worker)
    _WORKER = os.getpid()


def is_stopping() -> bool:
    """Whether the job in hand should come to its end: the worker is being stopped, or has died."""
    return _STOPPING[0] == 1 or (os.getpid() != _WORKER and os.getppid() != _WORKER)
