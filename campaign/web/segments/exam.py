"""The exam of a segment on one page, and what the house says about sizes and costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.errors import InvalidInput
from campaign.i18n import LANGUAGES
from campaign.models import Role, Segment, SegmentExam
from campaign.segments.asking import TooLong
from campaign.segments.exam import Exam, examine, kept, settings
from campaign.segments.exam.settings import MOST_COST, MOST_PEOPLE, ExamSettings
from campaign.segments.exam.wording import conclusion, say
from campaign.segments.saved import names_for
from campaign.web import language, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import EDIT, SEE, blueprint
from campaign.web.segments.exam_pictures import pictures
from campaign.web.segments.panel import Asked, asked
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


@blueprint.post("/<int:segment_id>/exam/again")
@roles(*SEE)
@unit.reading
def examine_again(segment_id: int) -> ResponseReturnValue:
    """Examine it now, whatever was found before."""
    wanted = asked()
    _result(found(segment_id), wanted, anew=True)
    sender_id = wanted.sender.id if wanted.sender else None
    there = url_for("segments.exam", segment_id=segment_id, sender_id=sender_id, purpose=wanted.purpose)
    return redirect(there, code=303)


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
    last, problem = _result(segment, wanted)
    house = settings.read(db)
    return render_template(
        "segments/exam.html",
        segment=segment,
        last=last,
        exam=last.said if last else None,
        words=last.said["languages"][language.current()] if last else {},
        problem=problem,
        tags=TAGS,
        asked=wanted,
        values={name: typed.get(name, getattr(house, name)) for name in BOUNDS},
        errors=errors,
        house_open=bool(errors),
        edits=Role.ADMIN in unit.account().roles or Role.MARKETER in unit.account().roles,
    )


def _result(segment: Segment, wanted: Asked, anew: bool = False) -> tuple[SegmentExam | None, str]:
    """The last result, made now when there is none of this question; and why there is none newer."""
    key = kept.key(segment, wanted.sender, wanted.purpose)
    last = kept.find(unit.db(), key)
    try:
        mark = kept.fingerprint(unit.db(), segment, unit.now())
        if last is not None and last.fingerprint == mark and not anew:
            return last, ""
        with unit.asking(kept.EXAM_TIMES) as db:
            made = examine(db, segment, sender=wanted.sender, purpose=wanted.purpose, now=unit.now())
    except (InvalidInput, TooLong) as error:
        return last, t(error.key, **error.values)
    with unit.database().write() as db:  # a page that is only looked at writes nothing else
        kept.keep(db, key, mark, _said(made), unit.now())
        return kept.find(db, key), ""


def _said(made: Exam) -> dict[str, Any]:
    """Words and pictures in every language, with the names of this moment."""
    names = names_for(unit.db())
    return {
        "verdict": made.verdict.value,
        # in pairs: PostgreSQL keeps no order of names in JSON
        "verdicts": [[name, one.verdict.value] for name, one in made.criteria.items()],
        "languages": {
            tongue: {
                "conclusion": conclusion(made, tongue),
                "reasons": {
                    name: [say(reason, tongue, names) for reason in one.reasons]
                    for name, one in made.criteria.items()
                },
                "pictures": pictures(made, tongue, names),
            }
            for tongue in LANGUAGES
        },
    }
