"""The people of a segment as a CSV file: for those who may take addresses out, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import url_for
from flask.typing import ResponseReturnValue

from campaign.db import Database
from campaign.models import Segment
from campaign.segments import people_file, rule_of
from campaign.web import unit
from campaign.web.access import may
from campaign.web.exporting import Export, answer
from campaign.web.language import t
from campaign.web.rights_table import Action
from campaign.web.segments import blueprint
from campaign.web.segments.show import found


@blueprint.route("/<int:segment_id>/people.csv", methods=["GET", "POST"])
@may(Action.EXPORT_RECIPIENTS)
def people_csv(segment_id: int) -> ResponseReturnValue:
    segment = found(segment_id)
    what = Export(
        Action.EXPORT_RECIPIENTS,
        t("segpeople-title", name=segment.name),
        f"segment-{segment.id}-people.csv",
        "segment",
        segment.id,
        (url_for("segments.show", segment_id=segment.id), segment.name),
        text=t("segpeople-text"),
    )
    return answer(what, lambda: _lines(segment))


def _lines(segment: Segment) -> Iterator[str]:
    """Who is in it is found before anything is sent, so that a question that takes too long is refused in
    words."""
    rule = rule_of(unit.db(), segment)
    with unit.asking(people_file.TIMES) as db:
        ids = people_file.ids_of(db, rule, unit.now())
    return _sent(unit.database(), ids)


def _sent(database: Database, ids: Sequence[int]) -> Iterator[str]:
    """Sent after the request's session was given back, so the lines have one of their own."""
    with database.read() as db:
        yield from people_file.lines(db, ids)
