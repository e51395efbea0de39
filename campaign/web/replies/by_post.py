"""What the postman brings back: a reply card, or the letter itself."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.errors import InvalidInput, Refused
from campaign.inbound import postal
from campaign.models import Contact, Role
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/post", "post", form)
    blueprint.add_url_rule("/post", "enter", enter, methods=["POST"])


@roles(Role.CARE)
def form() -> ResponseReturnValue:
    return render_template("replies/post.html", given={"code": request.args.get("code", "")}, errors={})


@roles(Role.CARE)
def enter() -> ResponseReturnValue:
    code, text = request.form.get("code", ""), request.form.get("text", "")
    came_back = request.form.get("what") == "returned"
    try:
        if came_back:
            delivery = postal.record_returned(unit.db(), code, account=unit.account(), now=unit.now())
            contact_id, key = delivery.contact_id, "replies-post-returned-done"
        else:
            reply = postal.record_reply(unit.db(), code, text, account=unit.account(), now=unit.now())
            contact_id, key = reply.contact_id or 0, "replies-post-reply-done"
    except Refused as refused:
        field = refused.field if isinstance(refused, InvalidInput) and refused.field else "code"
        errors = {field: t(refused.key, **refused.values)}
        page = render_template("replies/post.html", given=request.form, errors=errors)
        return make_response(page, 422)
    contact = unit.db().get_one(Contact, contact_id)
    flash(t(key, name=contact.full_name), "done")
    # the next letter of the pile
    return redirect(url_for("replies.post") if came_back else url_for("replies.show", reply_id=reply.id), 303)
