"""Which host this is, and which of its lives it is living: what a journal is signed with."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from campaign.config import write_once

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# runs on while the machine sleeps, which the monotonic clock of Linux does not: a lease goes on meanwhile
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# where the system does not say which boot it is, no process believes another's silence
_NO_BOOT = f"process-{secrets.token_hex(8)}"


@dataclass(frozen=True)
class Host:
    """A state folder with its journals. `id` is random and lives in the folder, for hostnames are not
    unique; `boot` changes when what was not yet on the disk may have been lost."""

    id: str
    boot: str
    journals: Path


def this_host(state_dir: Path) -> Host:
    """The host of this state folder; the first call names it."""
    folder = state_dir / "journal"
    folder.mkdir(parents=True, exist_ok=True)
    named = state_dir / "host_id"
    if not named.exists():
        write_once(named, secrets.token_hex(8) + "\n")
    return Host(named.read_text().strip(), _boot(), folder)


def boot_seconds() -> float:
    """Seconds since the machine started, sleep included: nobody sets this clock."""
    return time.clock_gettime(_CLOCK)


def _boot() -> str:
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return _NO_BOOT
