"""`campaign segment`: count, explain and examine segments."""

from __future__ import annotations

import json

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.cli import segment_exam
from campaign.cli.opening import reading
from campaign.clock import utc_now
from campaign.contacts.reachable import purpose_of
from campaign.errors import NotFound
from campaign.models import ConsentPurpose, MessageKind, Segment, Sender
from campaign.segments import count, parse
from campaign.segments.saved import names_for
from campaign.segments.wording import describe

json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences.")


@click.group()
def command() -> None:
    """Count, explain and examine segments."""


@command.command("list")
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


@command.command("count")
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
    with reading() as db:
        segment = _segment(db, name)
        writer = _sender(db, sender)
        purpose: ConsentPurpose | None = purpose_of(MessageKind(kind))
        found = count(db, parse(segment.rule), sender_id=writer.id, purpose=purpose, now=utc_now())
    if as_json:
        click.echo(
            json.dumps(
                {"segment": segment.name, "sender": writer.name, "kind": kind, **found.as_dict()},
                ensure_ascii=False,
            )
        )
        return
    click.echo(
        f"{segment.name}: {found.people} people; {writer.name} may write {kind} to {found.email} by e-mail, "
        f"{found.letter} by letter, {found.both} by both."
    )


@command.command()
@click.argument("name")
@json_option
def explain(name: str, as_json: bool) -> None:
    """The rule in one sentence of each language."""
    with reading() as db:
        segment = _segment(db, name)
        rule, names = parse(segment.rule), names_for(db)
    said = {language: describe(rule, language, names) for language in ("vi", "en")}
    if as_json:
        click.echo(json.dumps({"segment": segment.name, **said, "rule": segment.rule}, ensure_ascii=False))
        return
    click.echo(said["en"])
    click.echo(said["vi"])


command.add_command(segment_exam.exam)


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
