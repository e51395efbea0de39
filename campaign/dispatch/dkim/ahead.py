"""Signing ahead of who sends: OpenSSL lets go of Python's lock while it computes, so threads gain."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

THREADS = 2
# enough that who sends never waits for one slow signature, little enough to hold in memory
AHEAD = 16

A = TypeVar("A")
B = TypeVar("B")


def in_order(items: Iterable[A], act: Callable[[A], B]) -> Iterator[B]:
    """`act` of each item, in order, up to AHEAD of them computed before they are asked for.

    Items are taken one by one in the thread of who asks; `act` runs in others and must not share state.
    """
    waiting: deque[Future[B]] = deque()
    with ThreadPoolExecutor(THREADS, "sign") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(act, item))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()
