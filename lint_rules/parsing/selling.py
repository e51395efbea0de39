"""Whether a message has something for sale, something free, or an event: what its facts depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_rules.parsing.part import Part, Span

if TYPE_CHECKING:
    from lint_rules.document import Draft


def any_phrase(draft: Draft, *names: str) -> bool:
    """Whether subject or body holds a phrase of one of these lexicons, footer left out."""
    return first_phrase(draft, *names) is not None


def first_phrase(draft: Draft, *names: str) -> tuple[Part, Span] | None:
    """The first such phrase."""
    for part in [draft.subject, *draft.body]:
        footer = draft.footer(part) if part is not draft.subject else None
        for name in names:
            for span in draft.phrases(name, part):
                if not (footer and footer.holds(span)):
                    return part, span
    return None


def offers_something(draft: Draft) -> bool:
    """A price, a discount, a gift, or a word of selling: then its facts are asked for."""
    return bool(draft.mentions) or draft.carries_offer or any_phrase(draft, "for_sale")


def is_free(draft: Draft) -> bool:
    """Nothing is to be paid: a free event, a present, a service at no charge; not a gift with a purchase."""
    if not any_phrase(draft, "free_of_charge"):
        return False
    is_sold = any(mention.kind in _REDUCTIONS for mention in draft.mentions) or any_phrase(draft, "buying")
    return not is_sold or any_phrase(draft, "free_itself")


_REDUCTIONS = ("percent", "amount", "bundle")


def names_price(draft: Draft) -> bool:
    """Whether an amount of money stands in subject or body."""
    return any(draft.prices(part) for part in [draft.subject, *draft.body])


def place(draft: Draft) -> tuple[Part, Span]:
    """Where a missing fact is spoken of: the first mention of the offer, else the body's first line."""
    for mention in draft.mentions:
        if mention.part is not draft.subject:
            return mention.part, mention.span
    part = next((one for one in draft.body if not one.blank()), draft.body[0])
    lines = [line for line in part.lines if part.text[line.start : line.end].strip()]
    return part, (lines[0] if lines else Span(0, 0))
