"""The list of segments, and one segment with its people."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.errors import NotFound
from campaign.models import Account, Campaign, Segment
from campaign.segments import parse, saved
from campaign.segments.wording import describe
from campaign.web import language, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.paging import page_of
from campaign.web.segments import EDIT, SEE, blueprint
from campaign.web.segments.panel import panel


@blueprint.get("")
@roles(*SEE)
def index() -> ResponseReturnValue:
    db = unit.db()
    page = page_of(db, select(Segment).order_by(Segment.name))
    names = saved.names_for(db)
    sentences = {one.id: describe(parse(one.rule), language.current(), names) for one in page.items}
    return render_template(
        "segments/index.html", page=page, sentences=sentences,
        page_url=lambda number: url_for("segments.index", page=number),
    )  # fmt: skip


@blueprint.get("/<int:segment_id>")
@roles(*SEE)
def show(segment_id: int) -> ResponseReturnValue:
    db = unit.db()
    segment = found(segment_id)
    campaigns = select(Campaign).where(Campaign.segment_id == segment.id).order_by(Campaign.id.desc())
    return render_template(
        "segments/show.html",
        segment=segment,
        author=db.get_one(Account, segment.account_id),
        panel=panel(parse(segment.rule), segment.id),
        campaigns=list(db.scalars(campaigns)),
    )


@blueprint.get("/<int:segment_id>/remove")
@roles(*EDIT)
def ask_remove(segment_id: int) -> ResponseReturnValue:
    return render_template("segments/remove.html", segment=found(segment_id))


@blueprint.post("/<int:segment_id>/remove")
@roles(*EDIT)
def remove(segment_id: int) -> ResponseReturnValue:
    segment = found(segment_id)
    saved.remove(unit.db(), segment, account=unit.account(), now=unit.now())
    flash(t("segments-removed", name=segment.name), "done")
    return redirect(url_for("segments.index"), code=303)


def found(segment_id: int) -> Segment:
    """The segment of the address; NotFound when there is none."""
    segment = unit.db().get(Segment, segment_id)
    if segment is None:
        raise NotFound
    return segment
