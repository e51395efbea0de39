"""The question that each tab of a browser asked last: a newer one stops the older, in whatever process.

Within the process at once. Between processes and hosts Redis knows which question of a tab is the newest; who
answers a question looks there a few times a second while it takes long. Without Redis the older question runs
to its end, as it does when its tab is closed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

import structlog
from redis import Redis
from redis.exceptions import RedisError

from campaign import queue
from campaign.config import Settings

log = structlog.get_logger()
# how soon an older question is stopped; most are answered before the first look
LOOK_SECONDS = 0.25
# a Redis that is slow must not make a count slow
PATIENCE_SECONDS = 0.5
# the longest that anybody is asked; then the key is of no use
KEPT_SECONDS = 3600
Stop = Callable[[], object]


class Newest:
    """Who stops another holds the lock, and the other one lets its connection go under the same lock: nothing
    else can run on it yet that would be stopped in its place."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stops: dict[str, Stop] = {}

    @contextmanager
    def hold(self, settings: Settings, tab: str, stop: Stop) -> Iterator[None]:
        """While this lasts, a newer question of the tab calls `stop`, maybe several times."""
        if not tab:
            yield
            return
        with self._lock:
            older = self._stops.get(tab)
            if older is not None:
                older()
            self._stops[tab] = stop
        done = Event()
        watch = _announced(settings, tab)
        if watch is not None:
            Thread(target=self._watch, args=(watch, tab, stop, done), daemon=True).start()
        try:
            yield
        finally:
            done.set()
            with self._lock:
                if self._stops.get(tab) is stop:
                    del self._stops[tab]

    def _watch(self, watch: _Watch, tab: str, stop: Stop, done: Event) -> None:
        while not done.wait(LOOK_SECONDS):
            if not watch.is_overtaken():
                continue
            with self._lock:
                # a server stops only what it works on just then, so it is told until the question is over
                if not done.is_set() and self._stops.get(tab) is stop:
                    stop()
        watch.close()


class _Watch:
    """Says of one question whether a newer one of its tab is known to Redis."""

    def __init__(self, redis: Redis, key: str) -> None:
        self._redis = redis
        self._key = key
        self._mine = secrets.token_bytes(8)
        redis.set(key, self._mine, ex=KEPT_SECONDS)

    def is_overtaken(self) -> bool:
        try:
            newest = self._redis.get(self._key)
        except RedisError as error:
            log.warning("a newer question in another process is not seen", error=str(error))
            return False
        return newest is not None and newest != self._mine

    def close(self) -> None:
        self._redis.close()


def _announced(settings: Settings, tab: str) -> _Watch | None:
    try:
        return _Watch(queue.connect_briefly(settings, PATIENCE_SECONDS), queue.key("asking", tab))
    except RedisError as error:
        log.warning("older questions in other processes run to their end", error=str(error))
        return None
