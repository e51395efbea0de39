"""`python -m tests.lab.what_time`: for each line it hears, its wall clock by three ways, and the clock that
nobody sets; a child answers every other line."""

import os
import sys
import time
from datetime import UTC, datetime

from campaign.clock import utc_now
from campaign.dispatch.host import boot_seconds


def tell() -> None:
    moments = (utc_now().timestamp(), time.time(), datetime.now(UTC).timestamp(), boot_seconds())
    sys.stdout.write(" ".join(f"{moment:.6f}" for moment in moments) + "\n")
    sys.stdout.flush()


for number, _ in enumerate(sys.stdin):
    if number % 2 and os.fork() == 0:
        tell()
        os._exit(0)
    elif number % 2:
        os.wait()
    else:
        tell()
