"""Proposals: many at once on a page of their own, one by one on a person's page."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts import answers, forms, profile, proposals
from campaign.contacts.forms import Because
from campaign.contacts.names import clean
from campaign.contacts.proposals import FIELDS, FORM, Proposed
from campaign.errors import InvalidInput, NotFound, Refused
from campaign.models import ProposalBatch
from campaign.segments.compile import today
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint
from campaign.web.contacts.labels import because_words
from campaign.web.contacts.profile import found
from campaign.web.language import t


@blueprint.get("/proposals")
@roles(*CHANGE)
def proposed() -> ResponseReturnValue:
    """Groups of one reason each, with a few of their people; `?field=province` for places."""
    field = request.args.get("field", "")
    field = field if field in FIELDS else FORM
    db, day = unit.db(), today(unit.now())
    counts = {name: proposals.count(db, name) for name in FIELDS}
    return render_template(
        "contacts/proposals.html",
        field=field,
        fields=FIELDS,
        counts=counts,
        found=proposals.groups(db, field, day),
        lately=proposals.lately(db),
        because=because_words,
        group_words=group_words,
        elder=str(forms.ELDER_FROM),
        grown=str(forms.GROWN_FROM),
        at_once=proposals.AT_ONCE,
    )


@blueprint.post("/proposals")
@roles(*CHANGE)
def answer_group() -> ResponseReturnValue:
    """Take or refuse a whole group, as far as somebody could see it."""
    key, until = request.form.get("group", ""), request.form.get("until", "")
    db, day = unit.db(), today(unit.now())
    theirs = proposals.in_group(db, key, int(until) if until.isdecimal() and len(until) < 19 else 0, day)
    field = theirs[0].field if theirs else key.partition(":")[0]
    _answer(theirs)
    return redirect(url_for("contacts.proposed", field=field), code=303)


@blueprint.post("/<int:contact_id>/proposals")
@roles(*CHANGE)
def answer_one(contact_id: int) -> ResponseReturnValue:
    """Take or refuse what is proposed of one person; `value` is what they were shown."""
    contact = found(unit.db(), contact_id)
    field, value = request.form.get("field", ""), request.form.get("value", "")
    all_of_them = proposals.of_contact(unit.db(), contact, today(unit.now()))
    _answer([one for one in all_of_them if one.field == field and one.value == value])
    if request.form.get("back") == "list":
        return redirect(url_for("contacts.proposed", field=field), code=303)
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


@blueprint.post("/proposals/<int:batch_id>/undo")
@roles(*CHANGE)
def undo_answer(batch_id: int) -> ResponseReturnValue:
    batch = unit.db().get(ProposalBatch, batch_id)
    if batch is None:
        raise NotFound
    try:
        count = answers.undo(unit.db(), batch, account=unit.account(), now=unit.now())
        flash(t("proposals-undone", count=count), "done")
    except Refused as refused:
        flash(t(refused.key), "warning")
    return redirect(url_for("contacts.proposed", field=batch.field), code=303)


@blueprint.post("/<int:contact_id>/form-of-address")
@roles(*CHANGE)
def set_form(contact_id: int) -> ResponseReturnValue:
    """The form of address that somebody chose, proposed or not."""
    contact = found(unit.db(), contact_id)
    form = clean(request.form.get("form_of_address", ""))
    if form:
        try:
            profile.change(
                unit.db(), contact, {FORM: form}, source="form", now=unit.now(), account=unit.account()
            )
            flash(t("proposals-form-set-done", form=form), "done")
        except InvalidInput as error:
            flash(t(error.key, **error.values), "warning")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


def _answer(theirs: list[Proposed]) -> None:
    """As the pressed button says; when nobody is left the page says so."""
    take = request.form.get("answer") == "take"
    act = answers.take if take else answers.refuse
    because = theirs[0].because if theirs else Because("", {}, {})
    try:
        batch = act(unit.db(), theirs, because, account=unit.account(), now=unit.now())
    except Refused as refused:
        flash(t(refused.key), "warning")
        return
    key = "proposals-taken" if take else "proposals-refused"
    flash(t(key, value=batch.value, count=batch.people), "done")


def group_words(because: Because) -> str:
    """What the people of a group have in common, in words."""
    return t(f"proposals-group-{because.kind}", **because.group)
