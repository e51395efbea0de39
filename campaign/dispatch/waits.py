"""How long dispatch waits for what. The defaults are those of the real world; the settings are for fault
labs, where a wait of minutes would only hold up the run."""

from __future__ import annotations

import os
from datetime import timedelta

from campaign.errors import SetupError


def waits(name: str, *default: float) -> tuple[timedelta, ...]:
    """Seconds, parted by commas, from the environment; SetupError when they are none."""
    text = os.environ.get(name)
    if not text:
        return tuple(timedelta(seconds=number) for number in default)
    try:
        found = tuple(timedelta(seconds=float(part)) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or min(found) <= timedelta(0):
        raise SetupError(f"{name} is {text!r}; write seconds above 0, parted by commas: 300,900,3600.")
    return found


def wait(name: str, default: float) -> timedelta:
    """One wait; of several the first counts."""
    return waits(name, default)[0]
