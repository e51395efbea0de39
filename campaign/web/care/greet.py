"""One occasion on its day: the people, the words, the button."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.care import greet, plan, preview
from campaign.care.due import today
from campaign.care.greet import Words
from campaign.care.plan import Key, Occurrence, Person
from campaign.care.reach import Reach
from campaign.errors import Refused, TemplateError
from campaign.models import Account, Channel, Mailing, MailingState, Message, Role
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.care.blueprint import blueprint, channel_or_404, contact_or_404, key_or_404
from campaign.web.formats import day
from campaign.web.language import t

# people listed on the page; greeting all greets those beyond it too
LISTED = 200
LANE_OF = {Channel.EMAIL: Job.EMAIL_LANE, Channel.LETTER: Job.PRINT_RUN}


@blueprint.get("/<occasion>/<on>")
@roles(Role.CARE)
def occasion(occasion: str, on: str) -> str:
    """The people of one occasion, and the letter that one of them will get."""
    key = key_or_404(occasion, on)
    found = plan.occurrence(unit.db(), key, now=unit.now(), limit=LISTED)
    words = {
        channel: greet.words_for(unit.db(), key.occasion, channel, today(unit.now())) for channel in Channel
    }
    channel = _channel(found, words)
    chosen = _chosen(found, channel)
    return render_template(
        "care/occasion.html",
        found=found,
        channel=channel,
        channels=[Channel.LETTER, Channel.EMAIL],
        words=words[channel],
        about=_about(words[channel]),
        open=found.open_to(channel) if len(found.people) == found.total else found.total - found.greeted,
        chosen=chosen,
        trouble=_trouble(words[channel], chosen, channel),
        waits=greet.waits(key, channel, unit.now()),
    )


@blueprint.post("/<occasion>/<on>/greet")
@roles(Role.CARE)
def send(occasion: str, on: str) -> Response:
    """Greet one person, or everybody who can be."""
    key = key_or_404(occasion, on)
    channel = channel_or_404(request.form.get("channel", ""))
    person = request.form.get("person", type=int)
    people = None if person is None else {person}
    mailing = greet.greet(unit.db(), key, channel, unit.account(), unit.now(), people)
    _announce(key, channel, mailing, greet.people_of(unit.db(), mailing))
    return redirect(url_for("care.occasion", occasion=occasion, on=on, channel=channel.value), code=303)


def _announce(key: Key, channel: Channel, mailing: Mailing, count: int) -> None:
    if mailing.state is MailingState.PLANNED and mailing.started_at is None:
        flash(t("care-done-waits", count=count, date=day(key.on)), "done")
        return
    flash(t(f"care-done-{channel.value}", count=count), "done")
    unit.ring(LANE_OF[channel], mailing.id)


def _channel(found: Occurrence, words: dict[Channel, Words | None]) -> Channel:
    """The one asked for, or a letter where there are words and people for one, or what can be done."""
    asked = request.args.get("channel", "")
    if asked in set(Channel):
        return Channel(asked)
    ready = [
        channel for channel in (Channel.LETTER, Channel.EMAIL) if words[channel] and found.open_to(channel)
    ]
    return ready[0] if ready else Channel.LETTER


def _chosen(found: Occurrence, channel: Channel) -> Person | None:
    """Whose letter is shown: the one asked for, else the first who can be greeted."""
    asked = request.args.get("person", type=int)
    for person in found.people:
        if person.contact_id == asked:
            return person
    open_first = sorted(found.people, key=lambda person: not person.may_greet(channel))
    return next((each for each in open_first if each.reach[channel] is not Reach.NO_ADDRESS), None)


def _about(words: Words | None) -> tuple[str, str] | None:
    """The name of the greeting, and who approved it."""
    if words is None:
        return None
    message = unit.db().get_one(Message, words.content.message_id)
    signer = unit.db().get(Account, words.submission.decided_by)
    return message.name, signer.name if signer else ""


def _trouble(words: Words | None, chosen: Person | None, channel: Channel) -> str:
    """Why the chosen person's greeting cannot be shown, in words; empty when it can."""
    if words is None or chosen is None:
        return ""
    show = preview.letter_for if channel is Channel.LETTER else preview.email_for
    try:
        show(words.content, contact_or_404(chosen.contact_id), unit.now())
    except Refused as error:
        return t(error.key, **error.values)
    except TemplateError as error:
        return t("care-preview-missing", why=str(error))
    return ""
