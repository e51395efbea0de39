"""The numbers in Prometheus' text format, version 0.0.4 (docs/sources.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from campaign.models import DeliveryState
from campaign.watch.counts import Counts
from campaign.watch.fleet import Fleet
from campaign.watch.probes import Finding
from campaign.watch.relays import RelayState

# of a reason, for it is a label
WHY_LENGTH = 100
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(
    counts: Counts,
    counted_at: datetime | None,
    beat_at: datetime | None,
    fleet: Fleet | None,
    found: Mapping[str, Finding],
    now: datetime,
) -> str:
    """One page of them. `fleet` is None when the queue server does not answer: its numbers are left out,
    and `campaign_up{check="redis"}` says why."""
    lines = [*_of_counts(counts, counted_at, beat_at, now), *_of_checks(found)]
    if fleet is not None:
        lines += [*_of_fleet(fleet), *_of_breakers(fleet.relays, now)]
    return "".join(line + "\n" for line in lines)


def _of_counts(
    counts: Counts, counted_at: datetime | None, beat_at: datetime | None, now: datetime
) -> Iterator[str]:
    yield from _family("deliveries", "Deliveries by state.")
    for state in DeliveryState:
        yield _line("deliveries", counts.of(state), state=state.value)
    for name, value, words in (
        ("unknown", counts.of(DeliveryState.UNKNOWN), "Deliveries whose outcome a person must decide."),
        ("mailings_running", counts.mailings_running, "Mailings that are being sent."),
        ("oldest_queued_seconds", counts.oldest_queued, "How long the oldest queued delivery waits."),
        ("retry_overdue_seconds", counts.retry_overdue, "Since when the most overdue retry is due."),
        ("accepted_per_second", counts.rate, "Deliveries accepted, between the last two countings."),
        ("inbound_waiting", counts.inbound_waiting, "Incoming mails that nobody has read."),
        ("parse_shelf", counts.shelf, "Incoming mails that cannot be read."),
        ("count_seconds", counts.took, "How long the counting took."),
    ):
        yield from _gauge(name, words, value)
    if counted_at is not None:
        yield from _gauge("counts_age_seconds", "Age of these numbers.", (now - counted_at).total_seconds())
    if beat_at is not None:
        age = (now - beat_at).total_seconds()
        yield from _gauge("sweep_age_seconds", "Since the last round of the beat.", age)


def _of_checks(found: Mapping[str, Finding]) -> Iterator[str]:
    yield from _family("up", "Whether a check of /readyz is green.")
    for name, finding in found.items():
        yield _line("up", int(finding.ok), check=name)
    yield from _family("relay_up", "Whether a relay greets us.")
    for name, finding in found["smtp"].parts.items() if "smtp" in found else ():
        yield _line("relay_up", int(finding.ok), relay=name)


def _of_fleet(fleet: Fleet) -> Iterator[str]:
    yield from _family("queue_waiting", "Jobs that wait, by queue.")
    for line in fleet.lines:
        yield _line("queue_waiting", line.waiting, queue=line.name.value)
    yield from _family("queue_failed", "Jobs that failed in the last week, by queue.")
    for line in fleet.lines:
        yield _line("queue_failed", line.failed, queue=line.name.value)
    yield from _family("workers_alive", "Workers heard of in the last minute, by queue.")
    for line in fleet.lines:
        yield _line("workers_alive", line.workers, queue=line.name.value)
    yield from _gauge("hosts_alive", "Hosts with a living worker.", len(fleet.hosts))


def _of_breakers(relays: Sequence[RelayState], now: datetime) -> Iterator[str]:
    yield from _family("relay_breaker_open", "1 while a relay is down and left alone but for probes.")
    for relay in relays:
        yield _line("relay_breaker_open", int(relay.is_open), relay=relay.name)
    yield from _family("relay_breaker_failures", "Failures that opened a breaker and keep it open.")
    for relay in relays:
        yield _line("relay_breaker_failures", relay.breaker.failures, relay=relay.name)
    yield from _family("relay_breaker_open_seconds", "Since when a breaker is open.")
    for relay in relays:
        since = relay.breaker.since
        age = (now - since).total_seconds() if since else 0
        yield _line("relay_breaker_open_seconds", age, relay=relay.name)
    yield from _family("relay_next_probe_seconds", "Until an open breaker lets a lane try; 0: now.")
    for relay in relays:
        due = relay.breaker.next_probe
        wait = max(0.0, (due - now).total_seconds()) if due else 0
        yield _line("relay_next_probe_seconds", wait, relay=relay.name)
    yield from _family("relay_breaker_info", "Why a breaker is open; no line while it is closed.")
    for relay in relays:
        if relay.is_open:
            yield _line("relay_breaker_info", 1, relay=relay.name, why=relay.breaker.why[:WHY_LENGTH])


def _gauge(name: str, words: str, value: float) -> Iterator[str]:
    yield from _family(name, words)
    yield _line(name, value)


def _family(name: str, words: str) -> Iterator[str]:
    yield f"# HELP campaign_{name} {words}"
    yield f"# TYPE campaign_{name} gauge"


def _line(name: str, value: float, **labels: str) -> str:
    inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    number = str(value) if isinstance(value, int) else f"{value:.6g}"
    return f"campaign_{name}{{{inside}}} {number}" if inside else f"campaign_{name} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
