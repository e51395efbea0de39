"""`campaign send`: start, pause, resume or cancel a mailing, or say how far it is."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
import structlog
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from campaign import config, logs
from campaign.cli.opening import writing
from campaign.clock import utc_now
from campaign.dispatch import control, progress
from campaign.errors import NotFound
from campaign.models import Mailing, MailingState
from campaign.queue import Job, Queues, connect

log = structlog.get_logger()

ACTS: dict[str, Callable[..., object]] = {
    "start": control.start,
    "pause": control.pause,
    "resume": control.resume,
    "cancel": control.cancel,
}


@click.command()
@click.argument("mailing", type=int)
@click.argument("act", type=click.Choice([*ACTS, "status"]))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(mailing: int, act: str, as_json: bool) -> None:
    """Start, pause, resume or cancel the mailing with that number, or show its status.

    \b
    start   refused unless it is signed off as it stands
    pause   nothing new leaves after two seconds at most
    cancel  for good; what has left stays counted
    Exit 1 when it is refused, 2 when there is no such mailing.
    """
    logs.set_up()
    settings = config.load()
    with writing() as db:
        row = find(db, mailing)
        if act in ACTS:
            ACTS[act](db, row, utc_now())
        found = facts(db, row)
    if found["state"] == MailingState.RUNNING:
        ring(settings, mailing)
    click.echo(json.dumps(found) if as_json else _lines(found))


def find(db: Session, mailing_id: int) -> Mailing:
    """The mailing by its number; NotFound."""
    row = db.get(Mailing, mailing_id)
    if row is None:
        raise NotFound(f"There is no mailing number {mailing_id}.")
    return row


def facts(db: Session, row: Mailing) -> dict[str, object]:
    """State and counts; states without rows are left out."""
    found = progress.of_mailing(db, row.id)
    counts = {state.value: count for state, count in found.counts.items() if count}
    return {"mailing": row.id, "state": row.state.value, "planned": found.total, **counts}


def _lines(found: dict[str, object]) -> str:
    return "\n".join(f"{name:<12} {value}" for name, value in found.items())


def ring(settings: config.Settings, mailing_id: int) -> None:
    """The beat would ring too, up to two seconds later."""
    queues = Queues(connect(settings))
    try:
        queues.ring_up_to(1, Job.EMAIL_LANE, mailing_id)
    except RedisError as error:
        log.warning("ring_lost", mailing=mailing_id, why=str(error))
    finally:
        queues.connection.close()
