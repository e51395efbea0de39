"""The exam of a segment on one page, and what the house says about sizes and costs."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaign.models import Role
from campaign.segments.exam import Exam, examine, settings
from campaign.segments.exam.settings import MOST_COST, MOST_PEOPLE, ExamSettings
from campaign.segments.exam.wording import conclusion, say
from campaign.segments.saved import names_for
from campaign.web import language, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import EDIT, SEE, blueprint
from campaign.web.segments.exam_pictures import pictures
from campaign.web.segments.panel import asked
from campaign.web.segments.show import found

# each field with the least and the most it may say
BOUNDS = {"least_people": (1, MOST_PEOPLE), "email_cost": (0, MOST_COST), "letter_cost": (0, MOST_COST)}
# a dot, its colour and words: the verdict is told by each of them
TAGS = {"passes": "done", "weak": "wait", "fails": "stop", "unknown": ""}
UNPROCESSABLE = 422


@blueprint.get("/<int:segment_id>/exam")
@roles(*SEE)
def exam(segment_id: int) -> ResponseReturnValue:
    return _page(segment_id, {}, {})


@blueprint.post("/<int:segment_id>/exam")
@roles(*EDIT)
def keep_exam(segment_id: int) -> ResponseReturnValue:
    """What the house says; it holds for every segment."""
    found(segment_id)
    typed = {name: request.form.get(name, "").strip() for name in BOUNDS}
    errors = {
        name: t("exam-house-wrong", least=least, most=most)
        for name, (least, most) in BOUNDS.items()
        if not _fits(typed[name], least, most, optional=name != "least_people")
    }
    if errors:
        return _page(segment_id, typed, errors), UNPROCESSABLE
    numbers = {name: int(text) if text else None for name, text in typed.items()}
    wanted = ExamSettings(
        least_people=numbers["least_people"] or settings.LEAST_PEOPLE,
        email_cost=numbers["email_cost"],
        letter_cost=numbers["letter_cost"],
    )
    settings.keep(unit.db(), wanted, unit.account(), unit.now())
    flash(t("common-saved"), "done")
    return redirect(url_for("segments.exam", segment_id=segment_id), code=303)


def _fits(text: str, least: int, most: int, *, optional: bool) -> bool:
    if not text:
        return optional
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most


def _page(segment_id: int, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    db, segment, wanted = unit.db(), found(segment_id), asked()
    made = examine(db, segment, sender=wanted.sender, purpose=wanted.purpose, now=unit.now())
    kept = settings.read(db)
    return render_template(
        "segments/exam.html",
        segment=segment,
        exam=made,
        conclusion=conclusion(made, language.current()),
        reasons=_reasons(made),
        pictures=_pictures(made),
        tags=TAGS,
        asked=wanted,
        values={name: typed.get(name, getattr(kept, name)) for name in BOUNDS},
        errors=errors,
        house_open=bool(errors),
        edits=Role.ADMIN in unit.account().roles or Role.MARKETER in unit.account().roles,
    )


def _reasons(made: Exam) -> dict[str, list[str]]:
    names, now_in = names_for(unit.db()), language.current()
    return {
        name: [say(reason, now_in, names) for reason in one.reasons] for name, one in made.criteria.items()
    }


def _pictures(made: Exam) -> dict[str, Markup]:
    names = names_for(unit.db())
    # our own SVG; every word in it is escaped where it is made
    return {
        name: Markup(svg)  # noqa: S704 (every word in it is escaped where it is made)
        for name, svg in pictures(made, language.current(), names).items()
    }
