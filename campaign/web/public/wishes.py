"""What somebody wants to hear: a page that a signed link opens, without a login and without a script."""

from __future__ import annotations

from flask import Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from campaign.contacts import preferences
from campaign.contacts.opt_in import asking
from campaign.contacts.preferences import RIGHTS, Chosen, Right
from campaign.i18n import PUBLIC_LANGUAGES
from campaign.models import Channel, Contact, Rhythm, Sender
from campaign.queue import Job
from campaign.web import csrf, language, unit
from campaign.web.access import public
from campaign.web.language import t
from campaign.web.public import blueprint
from campaign.web.public.frame import bad_link, masked, network, page, private, signer, speak

# what a press of a button may have done, for the words on top of the page that follows
DONE = ("saved", "asked", "paused", "resumed", "stopped")


@blueprint.get("/p/<token>")
@public
def wishes(token: str) -> ResponseReturnValue:
    """What holds now, in plain words, and the form to change it; looking changes nothing."""
    found = preferences.find(unit.db(), signer(), token)
    return bad_link() if found is None else _page(*found, token)


@blueprint.post("/p/<token>")
@csrf.exempt  # the token is the proof; nobody is signed in
@public
def choose(token: str) -> ResponseReturnValue:
    """One button at a time: save, a rest, the end of it, or nothing more at all."""
    found = preferences.find(unit.db(), signer(), token, lock=True)
    if found is None:
        return bad_link()
    contact, sender = found
    act = request.form.get("act", "")
    if act == "pause":
        preferences.pause(unit.db(), contact, unit.now())
        return _back(token, "paused")
    if act == "resume":
        preferences.end_pause(unit.db(), contact, unit.now())
        return _back(token, "resumed")
    if act == "stop":
        preferences.stop_all(unit.db(), contact, sender, network=network(), now=unit.now())
        return _back(token, "stopped")
    if act != "save":
        return _page(contact, sender, token, status=422)
    speak(_language(contact))
    done = preferences.choose(
        unit.db(), contact, sender, _chosen(contact, sender), network=network(), now=unit.now()
    )
    if done.asked is not None:
        unit.ring(Job.CONFIRMATION, done.asked.id)
    return _back(token, "asked" if _began_email(contact, sender) else "saved")


def _chosen(contact: Contact, sender: Sender) -> Chosen:
    rights = {right for right in RIGHTS if _box(right) in request.form.getlist("right")}
    rhythm = request.form.get("rhythm", "")
    return Chosen(
        rights=frozenset(rights),
        rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else Rhythm.ALL,
        topics=frozenset(request.form.getlist("topic")),
        language=_language(contact),
        wording={right: _wording(right, sender) for right in RIGHTS},
    )


def _began_email(contact: Contact, sender: Sender) -> bool:
    """Whether a box for e-mail was ticked that holds nothing yet: then the mailbox is asked."""
    after = preferences.standing(unit.db(), contact, sender, language.current(), unit.now())
    wanted = {right for right in RIGHTS if _box(right) in request.form.getlist("right")}
    return any(
        channel is Channel.EMAIL and channel in after.reachable and channel not in after.blocked
        for channel, _ in wanted - after.open
    )


def _language(contact: Contact) -> str:
    wanted = request.form.get("language", "")
    return wanted if wanted in PUBLIC_LANGUAGES else contact.language


def _box(right: Right) -> str:
    return f"{right[0]}-{right[1]}"


def _wording(right: Right, sender: Sender) -> str:
    """The sentence beside the box: what is agreed to when it is ticked."""
    return t(f"wishes-agree-{_box(right)}", organisation=sender.organisation)


def _back(token: str, done: str) -> Response:
    return private(make_response(redirect(f"/p/{token}?done={done}", 303)))


def _page(contact: Contact, sender: Sender, token: str, status: int = 200) -> Response:
    speak(contact.language)
    spoken = language.current()
    done = request.args.get("done", "")
    return page(
        "public/wishes.html",
        status,
        sender=sender,
        token=token,
        address=masked(contact.email) if contact.email else "",
        standing=preferences.standing(unit.db(), contact, sender, spoken, unit.now()),
        rights=[(right, _box(right), _wording(right, sender)) for right in RIGHTS],
        rhythms=list(Rhythm),
        languages=PUBLIC_LANGUAGES,
        pause_days=preferences.PAUSE.days,
        link_days=asking.LIFE.days,
        done=done if done in DONE else "",
    )
