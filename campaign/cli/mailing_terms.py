"""`campaign mailing terms` and `choose`: how a campaign may go out, and which version its rest gets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config, logs
from campaign.audience.terms import ARMS, HOLDOUT, HOURS, SAMPLE, Measure, SendingTerms, TrialTerms
from campaign.campaigns import terms, trials
from campaign.cli import send
from campaign.cli.opening import writing
from campaign.cli.report import find as find_campaign
from campaign.clock import utc_now
from campaign.errors import NotFound, Refused
from campaign.models import Account, Campaign, MailingState, Role

PERSON, NONE = "person", "none"
# what belongs to a test; naming one of them begins it
OF_TRIAL = ("arms", "share", "measure", "hours", "default")


@click.command("terms")
@click.argument("campaign")
@click.option("--trial/--no-trial", default=None, help="Test versions on a sample first, or no longer.")
@click.option("--arms", type=click.IntRange(2, len(ARMS)), help="Versions: A, B and so on.  [2]")
@click.option(
    "--share", type=int, help=f"Per cent of the people in the sample, {SAMPLE[0]} to {SAMPLE[-1]}.  [20]"
)
@click.option(
    "--measure",
    type=click.Choice([one.value for one in Measure]),
    help="What makes a version better.  [open]",
)
@click.option("--hours", type=int, help=f"Until the figures decide, {HOURS[0]} to {HOURS[-1]}.  [24]")
@click.option(
    "--default",
    type=click.Choice([*ARMS, PERSON]),
    help="What the rest gets when none is surely better: that version, or a person decides.  [person]",
)
@click.option("--hold-out", "holdout", type=int, help=f"Per cent who get nothing, 0 to {HOLDOUT[-1]}.  [0]")
@click.option(
    "--added-until", metavar="DAY", help=f"2026-12-24: until when who joins later may get it; {NONE}."
)
@click.option("--as", "email", help="Who changes it, by e-mail: a marketer, who then cannot sign it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def terms_command(campaign: str, email: str | None, as_json: bool, **given: Any) -> None:
    """Show or change how CAMPAIGN (its number or its exact name) may go out, before it is sent.

    Test of versions, people held out, later additions. They are part of what is signed, so a change voids a
    sign-off, and is somebody's. What is not named stays. Exit 1 when it is refused, 2 when there is no such
    campaign or person.
    """
    logs.set_up()
    with writing() as db:
        row = find_campaign(db, campaign)
        if wanted := {name: value for name, value in given.items() if value is not None}:
            terms.choose(db, row, _changed(terms.of_campaign(row), wanted), _who(db, email), utc_now())
        found = _facts(row)
    click.echo(json.dumps(found) if as_json else _lines(found))


@click.command("choose")
@click.argument("mailing", type=int, metavar="ID")
@click.argument("version", type=click.Choice(ARMS, case_sensitive=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def choose_command(mailing: int, version: str, as_json: bool) -> None:
    """Decide the test of mailing ID by hand: the rest gets VERSION. Exit 1 when it was decided before."""
    logs.set_up()
    settings = config.load()
    with writing() as db:
        row = send.find(db, mailing)
        trial = trials.of_mailing(db, row)
        if trial is None:
            raise NotFound(f"Mailing number {mailing} tests no versions.")
        trials.choose(db, trial, version.lower(), None, utc_now())
        found = {"mailing": mailing, "state": row.state.value, "winner": trial.winner}
    if found["state"] == MailingState.RUNNING:
        send.ring(settings, mailing)
    click.echo(json.dumps(found) if as_json else _lines(found))


def _changed(now: SendingTerms, wanted: dict[str, Any]) -> SendingTerms:
    """`now` with what was named; a name of the test's begins one."""
    of_trial: dict[str, Any] = {name: wanted[name] for name in OF_TRIAL if name in wanted}
    trial = now.trial
    if wanted.get("trial") is False:
        if of_trial:
            raise click.UsageError("--no-trial ends the test; leave out what belongs to it.")
        trial = None
    elif wanted.get("trial") or of_trial:
        trial = _trial(trial or TrialTerms(), of_trial)
    until = _until(wanted["added_until"]) if "added_until" in wanted else now.added_until
    return SendingTerms(trial, wanted.get("holdout", now.holdout), until)


def _trial(now: TrialTerms, wanted: dict[str, Any]) -> TrialTerms:
    if "arms" in wanted:
        wanted["arms"] = ARMS[: wanted["arms"]]
    if "measure" in wanted:
        wanted["measure"] = Measure(wanted["measure"])
    if wanted.get("default") == PERSON:
        wanted["default"] = ""
    return replace(now, **wanted)


def _until(text: str) -> date | None:
    if text == NONE:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"--added-until {text} is no day; write it like 2026-12-24, or {NONE}."
        ) from None


def _who(db: Session, email: str | None) -> Account:
    if not email:
        raise click.UsageError("Say who changes it: --as somebody@example.com.")
    account = db.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None or not account.active:
        raise NotFound(f"Nobody with the address {email} works here.")
    if Role.MARKETER not in account.roles:
        raise Refused("campaigns-terms-role", name=account.name)
    return account


def _facts(row: Campaign) -> dict[str, Any]:
    now = terms.of_campaign(row)
    trial = now.trial.to_json() if now.trial else None
    if trial:
        trial["default"] = trial["default"] or PERSON
    return {
        "campaign": row.id,
        "name": row.name,
        "state": row.state.value,
        "trial": trial,
        "hold_out": now.holdout,
        "added_until": now.added_until.isoformat() if now.added_until else None,
    }


def _lines(found: dict[str, Any]) -> str:
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines.append(f"{name:<12}")
            lines += [f"  {key:<10} {_text(part)}" for key, part in value.items()]
        else:
            lines.append(f"{name:<12} {_text(value)}")
    return "\n".join(lines)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return NONE if value is None else str(value)
