"""`campaign segment exam`: whether a segment is worth writing to."""

from __future__ import annotations

import json

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.cli.opening import opened, told
from campaign.clock import utc_now
from campaign.contacts.reachable import purpose_of
from campaign.errors import NotFound
from campaign.i18n import LANGUAGES, translate
from campaign.models import MessageKind, Segment, Sender
from campaign.segments.asking import asking
from campaign.segments.exam import Exam, examine, to_json
from campaign.segments.exam.kept import EXAM_TIMES
from campaign.segments.exam.wording import conclusion, say
from campaign.segments.saved import names_for
from campaign.segments.wording import Names


@click.command()
@click.argument("name")
@click.option("--sender", help="Name of the sender who would write; the first active one by default.")
@click.option(
    "--kind",
    type=click.Choice([MessageKind.MARKETING.value, MessageKind.GREETING.value]),
    default="marketing",
    show_default=True,
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the sentences."
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences.")
def exam(name: str, sender: str | None, kind: str, language: str, as_json: bool) -> None:
    """Examine a segment by five criteria: measurable, stable, identifiable, different, serviceable."""
    with opened() as database, told(), asking(database, config.load(), times=EXAM_TIMES) as db:
        segment = db.scalar(select(Segment).where(Segment.name == name))
        if segment is None:
            raise NotFound(f"There is no segment {name!r}; `campaign segment list` names them.")
        purpose = purpose_of(MessageKind(kind))
        found = examine(db, segment, sender=_sender(db, sender), purpose=purpose, now=utc_now())
        names = names_for(db)
    click.echo(json.dumps(to_json(found), ensure_ascii=False) if as_json else text(found, language, names))


def text(found: Exam, language: str, names: Names) -> str:
    """The verdict, then each criterion with its reasons."""
    lines = [f"{found.segment}: {conclusion(found, language)}"]
    for name, one in found.criteria.items():
        verdict = translate(language, f"exam-is-{one.verdict}").lower()
        lines += ["", f"{translate(language, f'exam-name-{name}')}: {verdict}"]
        lines += [f"  {say(reason, language, names)}" for reason in one.reasons]
    return "\n".join(lines)


def _sender(db: Session, name: str | None) -> Sender | None:
    """The one asked for, else the first active one; None while there is none, which the exam says."""
    senders = select(Sender).order_by(Sender.id)
    senders = senders.where(Sender.name == name) if name else senders.where(Sender.active)
    sender = db.scalars(senders.limit(1)).first()
    if sender is None and name:
        raise NotFound(f"There is no sender {name!r}.")
    return sender
