"""What sending is compared with, in the same run and at the same size: Postfix's `smtp-source`, and a
plain loop. Both into Postfix's `smtp-sink`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign import processes
from campaign.errors import SetupError

SESSIONS = 20
START_SECONDS = 10
# who runs smtp-sink when we are root, which it refuses to be
ORDINARY = "nobody"
PLAIN_LOOP = Path(__file__).parents[2] / "benchmarks" / "baselines" / "plain_loop.py"
# what smtp-source writes around the body that -l asks for (its headers), measured on Postfix 3.7
SOURCE_HEADERS = 190


def require() -> None:
    """SetupError says what is missing."""
    missing = [name for name in ("smtp-sink", "smtp-source") if _where(name) is None]
    if missing:
        raise SetupError(
            f"{' and '.join(missing)} of Postfix is not installed. Run make bench-setup as root "
            "(apt-get install -y postfix), or measure without comparison: --sink ours --rounds 1."
        )


@contextmanager
def smtp_sink(port: int) -> Iterator[int]:
    """Its process, while it listens on that port of loopback."""
    user = ("-u", ORDINARY) if os.geteuid() == 0 else ()
    command = (str(_where("smtp-sink")), *user, f"127.0.0.1:{port}", "1024")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 (Postfix's program)
    try:
        end = time.monotonic() + START_SECONDS
        while not processes.answers("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() > end:
                raise SetupError("smtp-sink does not start; its last words are above.")
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def smtp_source(port: int, messages: int, size: int) -> float:
    """Messages a second of `smtp-source -d -s 20`."""
    command = (
        *(str(_where("smtp-source")), "-d", "-s", str(SESSIONS), "-m", str(messages)),
        *("-l", str(max(1, size - SOURCE_HEADERS)), "-f", "thu@example.com", "-t", "khach@example.com"),
        f"inet:127.0.0.1:{port}",
    )
    began = time.monotonic()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 (Postfix's program)
    return messages / (time.monotonic() - began)


def plain_loop(port: int, messages: int, size: int, database_url: str, *, orm: bool = False) -> float:
    """Messages a second of benchmarks/baselines/plain_loop.py, by its own watch."""
    command = (
        *(sys.executable, str(PLAIN_LOOP), "--port", str(port), "--messages", str(messages)),
        *("--size", str(size), "--database", database_url, *(["--orm"] if orm else [])),
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own)
    if done.returncode:
        raise SetupError(f"The plain loop failed: {done.stderr.strip()[-400:]}")
    return float(json.loads(done.stdout)["messages_per_second"])


def _where(name: str) -> str | None:
    """Debian keeps both where an ordinary user's PATH does not look."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
