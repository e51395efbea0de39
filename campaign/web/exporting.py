"""Taking data out of the house: a page asks for the reason, the audit log keeps it, the file is streamed.

@blueprint.route("/campaigns/<int:campaign_id>/deliveries.csv", methods=["GET", "POST"])
@may(Action.EXPORT_RECIPIENTS)
def deliveries_csv(campaign_id: int) -> ResponseReturnValue:
    what = Export(Action.EXPORT_RECIPIENTS, t("report-export-deliveries"), …)
    return answer(what, lambda: lines)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from campaign import audit
from campaign.contacts.names import clean
from campaign.web import unit
from campaign.web.language import t
from campaign.web.rights_table import Action

REASON_LENGTH = 500
CSV = "text/csv"


@dataclass(frozen=True)
class Export:
    """What is taken out: `noun` and `noun_id` name the row it is about in the audit log."""

    action: Action
    title: str
    name: str
    """Of the file; made of our own words and numbers."""
    noun: str
    noun_id: int
    back: tuple[str, str]
    """Where the page leads back to: address and words."""
    mimetype: str = CSV
    text: str = ""


def answer(what: Export, make: Callable[[], Iterable[str] | Iterable[bytes] | bytes]) -> ResponseReturnValue:
    """GET asks; POST with a reason sends what `make` gives, after the entry in the log was committed."""
    if request.method != "POST":
        return page(what)
    reason = clean(request.form.get("reason", ""))[:REASON_LENGTH]
    if not reason:
        return page(what, t("rights-export-no-reason")), 422
    content = make()
    act = what.action.value.replace("-", ".", 1)
    detail = {"reason": reason, "file": what.name}
    audit.record(unit.db(), unit.account(), act, what.noun, what.noun_id, unit.now(), **detail)
    response = current_app.response_class(content, mimetype=what.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=what.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def page(what: Export, error: str = "") -> str:
    """The question."""
    return render_template("rights/export.html", what=what, error=error)
