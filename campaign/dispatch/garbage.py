"""Python's search for reference cycles, kept out of a lane's way.

It looks at objects each time that so many more were made than freed. A chunk of rows is thousands of them, so
it looked through the whole application for every chunk and found nothing: a tenth of a lane's processor time.
A lane leaves what was there before it alone, and looks through the rest once a second.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

# between two looks: cycles (of transactions, of errors) are few, and hold little for so long
EVERY_SECONDS = 1.0


class Garbage:
    """The looks of one lane. `sweep` is called often, and looks when it is time to."""

    def __init__(self) -> None:
        self._swept_at = time.monotonic()

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        """Within the block nobody looks but `sweep`; two lanes of one process may be in theirs together."""
        was_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()
            if was_on:
                gc.enable()

    def sweep(self, now: float) -> None:
        """Free what only refers to itself; `now` by `time.monotonic`."""
        if now > self._swept_at + EVERY_SECONDS:
            self._swept_at = now
            gc.collect()
