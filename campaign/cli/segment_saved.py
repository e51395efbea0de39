"""`campaign segment list|count|explain|statistics`: what needs the database."""

from __future__ import annotations

import json

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.cli import EXIT_NO
from campaign.cli.opening import opened, reading, told, writing
from campaign.clock import utc_now
from campaign.contacts import order_statistics
from campaign.contacts.reachable import purpose_of
from campaign.errors import NotFound
from campaign.i18n import translate
from campaign.models import ConsentPurpose, MessageKind, Segment, Sender
from campaign.segments import count, parse, rule_of
from campaign.segments.asking import asking
from campaign.segments.exam import deleted
from campaign.segments.moments import today
from campaign.segments.saved import names_for
from campaign.segments.wording import describe

json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences.")


@click.command("list")
@json_option
def list_(as_json: bool) -> None:
    """All segments, each in one sentence."""
    with reading() as db:
        segments = [
            {"name": segment.name, "says": describe(parse(segment.rule), "en", names_for(db))}
            for segment in db.scalars(select(Segment).order_by(Segment.name))
        ]
    if as_json:
        click.echo(json.dumps(segments, ensure_ascii=False))
        return
    for segment in segments:
        click.echo(f"{segment['name']}: {segment['says']}")
    if not segments:
        click.echo("There is no segment yet.")


@click.command("count")
@click.argument("name")
@click.option("--sender", help="Name of the sender who would write; the first active one by default.")
@click.option(
    "--kind",
    type=click.Choice([MessageKind.MARKETING.value, MessageKind.GREETING.value]),
    default="marketing",
    show_default=True,
)
@json_option
def count_(name: str, sender: str | None, kind: str, as_json: bool) -> None:
    """How many people, and how many of them this sender may write to."""
    with opened() as database, told(), asking(database, config.load()) as db:
        segment = _segment(db, name)
        writer = _sender(db, sender)
        purpose: ConsentPurpose | None = purpose_of(MessageKind(kind))
        rule, now = rule_of(db, segment), utc_now()
        found = count(db, rule, sender_id=writer.id, purpose=purpose, now=now)
        kept_since = deleted.missing(db, rule, now)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "segment": segment.name,
                    "sender": writer.name,
                    "kind": kind,
                    **found.as_dict(),
                    "opens_kept_since": kept_since.isoformat() if kept_since else None,
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(
        f"{segment.name}: {found.people} people; {writer.name} may write {kind} to {found.email} by e-mail, "
        f"{found.letter} by letter, {found.both} by both."
    )
    if kept_since:
        click.echo(translate("en", "segments-deleted", day=kept_since.isoformat()))


@click.command()
@click.argument("name")
@json_option
def explain(name: str, as_json: bool) -> None:
    """The rule in one sentence of each language."""
    with reading() as db:
        segment = _segment(db, name)
        rule, names = parse(segment.rule), names_for(db, today(utc_now()))
    said = {language: describe(rule, language, names) for language in ("vi", "en")}
    if as_json:
        click.echo(json.dumps({"segment": segment.name, **said, "rule": segment.rule}, ensure_ascii=False))
        return
    click.echo(said["en"])
    click.echo(said["vi"])


@click.command()
@click.option("--rebuild", is_flag=True, help="Make all rows anew from the orders.")
@json_option
def statistics(rebuild: bool, as_json: bool) -> None:
    """Compare what is kept of each customer's orders with the orders; exit 1 when it differs.

    The database keeps these rows itself. They can differ after orders were loaded with triggers off.
    """
    with writing() if rebuild else reading() as db:
        if rebuild:
            order_statistics.rebuild(db)
        wrong = order_statistics.wrong(db)
    if as_json:
        click.echo(json.dumps({"wrong": wrong, "rebuilt": rebuild}))
    else:
        click.echo(
            f"{wrong} customers differ; `campaign segment statistics --rebuild` mends them."
            if wrong
            else "The statistics agree with the orders."
        )
    if wrong:
        raise SystemExit(EXIT_NO)


def _segment(db: Session, name: str) -> Segment:
    segment = db.scalar(select(Segment).where(Segment.name == name))
    if segment is None:
        raise NotFound(f"There is no segment {name!r}; `campaign segment list` names them.")
    return segment


def _sender(db: Session, name: str | None) -> Sender:
    senders = select(Sender).order_by(Sender.id)
    senders = senders.where(Sender.name == name) if name else senders.where(Sender.active)
    sender = db.scalars(senders.limit(1)).first()
    if sender is None:
        raise NotFound(f"There is no sender {name!r}." if name else "There is no sender yet; make one first.")
    return sender
