"""Signing ahead of who sends: OpenSSL lets go of Python's lock while it computes, so threads gain."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

THREADS = 2
# handing over one by one costs as much as a signature with Ed25519
TOGETHER = 8
# groups computed before they are asked for: little enough to hold in memory, and enough that signers seldom
# wait for a sender that waits for its servers
AHEAD = 8

A = TypeVar("A")
B = TypeVar("B")


def in_order(items: Iterable[A], act: Callable[[A], B]) -> Iterator[B]:
    """`act` of each item, in order, a few computed before they are asked for: (AHEAD + 1) * TOGETHER at most.

    Items are taken one by one in the thread of who asks; `act` runs in others and must not share state.
    """
    left = iter(items)
    waiting: deque[Future[list[B]]] = deque()
    with ThreadPoolExecutor(THREADS, "sign") as pool:
        try:
            while group := list(islice(left, TOGETHER)):
                waiting.append(pool.submit(_each, act, group))
                if len(waiting) > AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for rest in waiting:
                rest.cancel()


def _each(act: Callable[[A], B], group: list[A]) -> list[B]:
    return [act(item) for item in group]
