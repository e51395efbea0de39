"""A queue server of the tests' own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign import config, processes

START_SECONDS = 120


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Its URL, while it runs; its data lie in `folder`."""
    settings = config.load({"CAMPAIGN_STATE_DIR": str(folder)})
    server = subprocess.Popen(processes.valkey(settings).argv, stdout=subprocess.DEVNULL)
    try:
        processes.wait_for_redis(settings, seconds=START_SECONDS)
        yield settings.redis_url
    finally:
        server.terminate()
        server.wait()
