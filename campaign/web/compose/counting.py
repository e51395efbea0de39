"""The counters under the editor: words, widest line, offers; counted as the rules count them."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.compose.document import Document
from campaign.lint import house
from campaign.lint.copy import context_of, draft_of, language_of
from campaign.models import Channel, Message, MessageVariant
from campaign.render import content as contents
from campaign.web import unit
from campaign.web.compose import compiled, notes
from lint_rules.parsing import lexicons, width


@dataclass(frozen=True)
class Counters:
    """`widest` is the text part's widest line in columns, 0 for a message without e-mail."""

    words: int
    word_limit: int
    widest: int
    line_limit: int
    offers: int


def of_document(message: Message, variant: MessageVariant, document: Document) -> Counters | None:
    """None while the copy cannot be read as a template: half a merge field has no width."""
    if notes.problems_of(document):
        return None
    content = contents.from_message(message).with_document(variant.id, document)
    language, config = language_of(variant.language), house.config(unit.db())
    channel = next(iter(content.layouts), Channel.EMAIL)
    draft = draft_of(content, document, language, channel, context_of(content, document, None, None))
    lines = (
        compiled.email_of(content, variant.id).text_lines_with_fields()
        if Channel.EMAIL in content.layouts
        else []
    )
    with lexicons.using(config.lexicons):
        words, offers = sum(map(draft.word_count, draft.body)), len(draft.offers)
    measure = width.graphemes if config.line_unit == "graphemes" else width.columns
    return Counters(
        words=words,
        word_limit=config.words_for(language) - 1,
        widest=max((measure(line.text) for line in lines), default=0),
        line_limit=config.line_width,
        offers=offers,
    )
