"""What a form and its mail say until somebody writes better words: of the sender, in three languages."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from campaign.contacts.opt_in.asking import LIFE
from campaign.contacts.opt_in.content import Words
from campaign.i18n import translate
from campaign.models import OptInOrigin, Sender


def form_words(language: str, sender: Sender) -> Words:
    """A whole form, ready to be shown."""
    given: dict[str, Any] = {
        one.name: _say(language, f"default-{one.name.replace('_', '-')}", sender)
        for one in fields(Words)
        if one.name != "topics"
    }
    return Words(**given)


def mail_words(language: str, sender: Sender, origin: OptInOrigin) -> Words:
    """The words of a mail that belongs to no form."""
    words = form_words(language, sender)
    if origin is OptInOrigin.PREFERENCES:
        return replace(words, mail_text=_say(language, "wishes-mail-text", sender))
    asked: dict[str, Any] = {
        name: _say(language, f"asked-{name.replace('_', '-')}", sender) for name in _ASKED
    }
    return replace(words, **asked)


_ASKED = ("mail_subject", "mail_text", "mail_button", "mail_closing")


def _say(language: str, key: str, sender: Sender) -> str:
    return translate(
        language,
        f"subscribe-{key}",
        sender=sender.from_name,
        organisation=sender.organisation,
        days=LIFE.days,
    )
