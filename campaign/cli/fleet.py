"""`campaign fleet`: who works, and what the relays' breakers say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click
from redis.exceptions import RedisError

from campaign import config
from campaign.cli import EXIT_NO
from campaign.clock import utc_now
from campaign.dispatch.transports.relay import read_relays
from campaign.errors import SetupError
from campaign.queue import connect_briefly
from campaign.watch import fleet, relays
from campaign.watch.fleet import Fleet, Hand
from campaign.watch.probes import ASK_SECONDS
from campaign.watch.relays import RelayState


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(as_json: bool) -> None:
    """Queues, workers of all hosts, and every relay of SMTP_URL: does it answer, and why is it left alone?

    Exit 1 when nobody sends: no worker takes e-mail, or no relay answers. 2 when the queue server is away.
    """
    settings, now = config.load(), utc_now()
    client = connect_briefly(settings, ASK_SECONDS)
    try:
        found = fleet.look(settings, client, now)
    except RedisError as error:
        raise SetupError(f"The queue server does not answer ({error}): look at REDIS_URL.") from None
    finally:
        client.close()
    trouble = relays.greetings(read_relays(settings.smtp_url))
    if as_json:
        click.echo(json.dumps(_facts(found, trouble)))
    else:
        for line in _lines(found, trouble, now):
            click.echo(line)
    sends = any(line.name == "email" and line.workers for line in found.lines)
    if not sends or all(trouble.values()):
        raise SystemExit(EXIT_NO)


def _facts(found: Fleet, trouble: dict[str, str]) -> dict[str, object]:
    return {
        "queues": {
            line.name.value: {"waiting": line.waiting, "failed": line.failed, "workers": line.workers}
            for line in found.lines
        },
        "workers": [_worker(hand) for hand in found.hands],
        "relays": [_relay(relay, trouble[relay.name]) for relay in found.relays],
    }


def _worker(hand: Hand) -> dict[str, object]:
    return {
        "host": hand.host,
        "pid": hand.pid,
        "queues": list(hand.queues),
        "state": hand.state,
        "alive": hand.alive,
        "seen": _text(hand.seen),
    }


def _relay(relay: RelayState, trouble: str) -> dict[str, object]:
    breaker = relay.breaker
    return {
        "name": relay.name,
        "answers": not trouble,
        "trouble": trouble or None,
        "breaker": breaker.state.value,
        "since": _text(breaker.since),
        "why": breaker.why or None,
        "failures": breaker.failures,
        "next_probe": _text(breaker.next_probe),
    }


def _lines(found: Fleet, trouble: dict[str, str], now: datetime) -> Iterator[str]:
    for line in found.lines:
        workers = f"{line.workers} worker{'' if line.workers == 1 else 's'}"
        yield f"queue   {line.name.value:<8} {line.waiting} waiting, {line.failed} failed, {workers}"
    for hand in found.hands:
        state = hand.state if hand.alive else "silent"
        yield f"worker  {hand.host}:{hand.pid} {','.join(hand.queues)} {state}"
    for relay in found.relays:
        words = [trouble[relay.name] or "answers"]
        if relay.is_open:
            words.append(relays.sentence(relay, now))
        yield f"relay   {relay.name} {'; '.join(words)}"


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
