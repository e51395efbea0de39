"""The time line of a contact: a page at a time, of everything or of one kind."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.models import Contact, CustomField
from campaign.report import timeline
from campaign.report.timeline import Place, Topic, acts
from campaign.segments.wording import say_amount
from campaign.web import language, unit
from campaign.web.access import may_see, roles
from campaign.web.contacts import SEE, blueprint, card
from campaign.web.contacts.labels import labeller, source_words

# where opens and clicks stand, and so it is said that some are missing
_TOLD_OF = (None, Topic.ANSWERS)


@blueprint.get("/<int:contact_id>/timeline")
@roles(*SEE)
def time_line(contact_id: int) -> ResponseReturnValue:
    """From any place on, as `before` says; the profile shows the first page."""
    from campaign.web.contacts.profile import found

    contact = found(unit.db(), contact_id)
    return render_template("contacts/timeline_page.html", contact=contact, **context(contact))


def context(contact: Contact) -> dict[str, Any]:
    """What `_card_timeline.html` needs, for the page that the address asks for."""
    db = unit.db()
    notes = may_see("contacts.add_note")
    topics = [topic for topic in Topic if notes or topic is not Topic.NOTES]
    word = request.args.get("topic", "")
    topic = Topic(word) if word in topics else None
    before = Place.parse(request.args["before"]) if request.args.get("before") else None
    own = {field.key: field.label for field in db.scalars(select(CustomField))}
    names = card.names(db)
    people = [person.id for person in contact.contact_persons]
    return {
        "line": timeline.of_contact(
            db,
            contact.id,
            now=unit.now(),
            zone=ZoneInfo(unit.settings().time_zone),
            topic=topic,
            before=before,
            with_notes=notes,
            people=people,
        ),
        "deleted_before": acts.deleted_before(db, [contact.id, *people]) if topic in _TOLD_OF else None,
        "persons": {person.id: person.full_name for person in contact.contact_persons},
        "topic": topic,
        "topics": topics,
        "before": before,
        "names": names,
        "label": labeller(own),
        "fact_words": lambda field, text: card.fact_words(field, text, names),
        "source_words": source_words,
        "order_amount": lambda amount, currency: say_amount(amount, currency, language.current()),
    }
