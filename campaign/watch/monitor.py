"""Runs probes in the background, so that one that hangs makes nobody wait, and remembers their answers for a
few seconds, so that many who ask cost no more than one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import structlog

from campaign.watch.probes import Finding, Probe

log = structlog.get_logger()

# a loss is seen within KEEP + WAIT = 7 s, whatever the probe does
KEEP_SECONDS = 4.0
WAIT_SECONDS = 3.0


@dataclass
class _Known:
    finding: Finding | None = None
    at: float = 0.0
    """When the probe that found it began."""
    running: bool = False


class Monitor:
    """The probes of one process, shared by its threads."""

    def __init__(
        self, probes: Mapping[str, Probe], keep: float = KEEP_SECONDS, wait: float = WAIT_SECONDS
    ) -> None:
        self._probes = probes
        self._keep = keep
        self._wait = wait
        self._known = {name: _Known() for name in probes}
        self._changed = threading.Condition()

    @property
    def names(self) -> list[str]:
        return list(self._probes)

    def look(self, names: Iterable[str] | None = None) -> dict[str, Finding]:
        """What is known, none of it older than a few seconds; a probe that does not come back is a no."""
        asked = set(self.names if names is None else names)
        wanted = [name for name in self._probes if name in asked]
        end = time.monotonic() + self._wait
        with self._changed:
            for name in wanted:
                self._start_if_stale(name)
            self._changed.wait_for(lambda: all(map(self._is_fresh, wanted)), timeout=end - time.monotonic())
            return {name: self._said(name) for name in wanted}

    def _is_fresh(self, name: str) -> bool:
        known = self._known[name]
        return known.finding is not None and time.monotonic() - known.at < self._keep + self._wait

    def _start_if_stale(self, name: str) -> None:
        known = self._known[name]
        if known.running or (known.finding is not None and time.monotonic() - known.at < self._keep):
            return
        known.running, known.finding = True, None
        threading.Thread(target=self._run, args=(name,), daemon=True, name=f"probe-{name}").start()

    def _run(self, name: str) -> None:
        began = time.monotonic()
        finding = Finding(False, "the check itself failed; see the log")
        try:
            finding = self._probes[name]()
        except Exception:
            log.exception("probe_failed", check=name)
        finally:
            with self._changed:
                known = self._known[name]
                known.finding, known.at, known.running = finding, began, False
                self._changed.notify_all()

    def _said(self, name: str) -> Finding:
        known = self._known[name]
        if known.finding is None or not self._is_fresh(name):
            return Finding(False, f"no answer within {self._wait:g} s")
        return known.finding
