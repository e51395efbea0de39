"""The mail that asks "was it really you?": words of a form as a message like any other.

Nothing in it was written by who filled the form in: a stranger must not be able to mail their own words to
somebody else through us.
"""

from __future__ import annotations

from campaign.compose.document import Block, Document, Part
from campaign.contacts.opt_in.content import Words
from campaign.models import Channel, MessageKind
from campaign.render import layouts
from campaign.render.content import MessageContent, SenderFacts, Variant

LAYOUT = "confirmation"
VARIANT = 0
# the same signs in all three languages
QUOTES = ("“", "”")


def content_of(sender: SenderFacts, language: str, words: Words, wording: str, url: str) -> MessageContent:
    """The message; its only variant has the id `VARIANT`, its button leads to `url`."""
    return MessageContent(
        message_id=0,
        kind=MessageKind.TRANSACTIONAL,
        sender=sender,
        variants=(Variant(VARIANT, language, "a", _document(words, wording, url)),),
        layouts={Channel.EMAIL: layouts.load(Channel.EMAIL, LAYOUT)},
    )


def _document(words: Words, wording: str, url: str) -> Document:
    first, last = QUOTES
    return Document(
        (
            Block("mail_subject", Part.SUBJECT, words.mail_subject),
            Block("mail_text", Part.BODY, f"{words.mail_text}\n\n{first}{wording}{last}"),
            Block("mail_button", Part.ACTION, words.mail_button, url=url),
            Block("mail_closing", Part.CLOSING, words.mail_closing),
        )
    )
