"""`campaign mailing`: pause, resume, cancel, try failures again, or say how far it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import click
from sqlalchemy.orm import Session

from campaign import config, logs
from campaign.campaigns import life, trials
from campaign.cli import send
from campaign.cli.mailing_terms import choose_command, terms_command
from campaign.cli.opening import writing
from campaign.clock import utc_now
from campaign.dispatch import control, retry
from campaign.models import Campaign, Mailing, MailingState

Act = Callable[[Session, Mailing, datetime], object]


@click.group()
def command() -> None:
    """Pause, resume or cancel a mailing, have its failures tried again, show its status; say how it may go.

    A campaign's mailings go together: what is done to one of them is done to the campaign. Exit 1 when it is
    refused, 2 when there is no such mailing.
    """


def _pause(db: Session, row: Mailing, now: datetime) -> None:
    if campaign := _campaign(db, row):
        life.pause(db, campaign, None, now)
    else:
        control.pause(db, row, now)


def _resume(db: Session, row: Mailing, now: datetime) -> None:
    if campaign := _campaign(db, row):
        life.resume(db, campaign, None, now)
    else:
        control.resume(db, row, now)


def _cancel(db: Session, row: Mailing, now: datetime) -> None:
    if campaign := _campaign(db, row):
        life.cancel(db, campaign, None, now)
    else:
        control.cancel(db, row, now)


def _retry(db: Session, row: Mailing, now: datetime) -> int:
    if campaign := _campaign(db, row):
        return life.retry(db, campaign, None, now)
    return control.retry(db, row, now)


def _status(_db: Session, _row: Mailing, _now: datetime) -> None:
    """Only looks."""


ACTS: dict[str, tuple[Act, str]] = {
    "pause": (_pause, "Nothing new leaves after two seconds at most."),
    "resume": (_resume, "Go on where it was paused."),
    "cancel": (_cancel, "For good: what has not left will not leave, what has left stays counted."),
    "retry": (
        _retry,
        "Try again what failed for a passing reason; never what arrived, or may have arrived.",
    ),
    "status": (_status, "Counts by state; failures by reason, and how many `retry` would try again."),
}


def _add(name: str, act: Act, words: str) -> None:
    @command.command(name, help=words)
    @click.argument("mailing", type=int, metavar="ID")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    def run(mailing: int, as_json: bool) -> None:
        logs.set_up()
        settings = config.load()
        with writing() as db:
            row = send.find(db, mailing)
            done = act(db, row, utc_now())
            found = _facts(db, row) | ({"retried": done} if name == "retry" else {})
        if found["state"] == MailingState.RUNNING:
            send.ring(settings, mailing)
        click.echo(json.dumps(found) if as_json else _lines(found))


for _name, (_act, _words) in ACTS.items():
    _add(_name, _act, _words)


command.add_command(terms_command)
command.add_command(choose_command)


def _campaign(db: Session, row: Mailing) -> Campaign | None:
    return db.get(Campaign, row.campaign_id) if row.campaign_id else None


def _facts(db: Session, row: Mailing) -> dict[str, object]:
    failed = retry.failures(db, row.id)
    found = send.facts(db, row) | {
        "campaign": row.campaign_id,
        "failed": {one.name: one.count for one in failed},
        "retryable": sum(one.count for one in failed if one.worth),
    }
    if trial := trials.of_mailing(db, row):
        found["trial"] = {
            "state": trial.state.value,
            "decide_at": trial.decide_at.isoformat(),
            "winner": trial.winner or None,
            "decided_by": trial.decided_by.value if trial.decided_by else None,
        }
    return found


def _lines(found: dict[str, object]) -> str:
    """Nested facts indented below their name."""
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += [f"{name:<12}", *(f"  {key:<18} {part}" for key, part in value.items())]
        elif value is not None:
            lines.append(f"{name:<12} {value}")
    return "\n".join(lines)
