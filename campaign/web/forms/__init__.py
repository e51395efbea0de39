"""Forms by which strangers sign up: making them, what they say, and the piece of HTML for a website."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.contacts.facts import LANGUAGES
from campaign.contacts.opt_in import content as contents
from campaign.contacts.opt_in import default_words, forms
from campaign.contacts.opt_in.content import FormContent, Words
from campaign.errors import InvalidInput, NotFound
from campaign.lint import house
from campaign.lint.confirmation import Remarks, remarks_on
from campaign.models import (
    Channel,
    ConsentForm,
    ConsentPurpose,
    OptInState,
    Role,
    Sender,
)
from campaign.render.confirmation import VARIANT, content_of
from campaign.render.content import sender_facts
from campaign.render.email import compile_email
from campaign.web import headers, unit
from campaign.web.access import roles
from campaign.web.language import t

blueprint = Blueprint("forms", __name__, url_prefix="/forms")

MAKE = (Role.ADMIN, Role.MARKETER)
WORD_NAMES = [one.name for one in fields(Words) if one.name != "topics"]


@blueprint.get("")
@roles(*MAKE)
def index() -> ResponseReturnValue:
    db = unit.db()
    rows = list(db.scalars(select(ConsentForm).order_by(ConsentForm.active.desc(), ConsentForm.id.desc())))
    senders = {sender.id: sender for sender in db.scalars(select(Sender))}
    return render_template(
        "forms/index.html", rows=rows, senders=senders, counts=forms.counts(db), state=OptInState
    )


@blueprint.get("/new")
@roles(*MAKE)
def new() -> ResponseReturnValue:
    """A form that is ready to be used: words of the sender in all three languages."""
    sender = _sender(request.args.get("sender_id", ""))
    if sender is None:
        return render_template("forms/no_sender.html")
    content = FormContent(
        channels=(Channel.EMAIL,),
        purposes=(ConsentPurpose.MARKETING,),
        words={language: default_words.form_words(language, sender) for language in LANGUAGES},
    )
    return _edit_page(None, sender, "", content)


@blueprint.post("/new")
@roles(*MAKE)
def create() -> ResponseReturnValue:
    sender = _sender(request.form.get("sender_id", ""))
    if sender is None:
        raise InvalidInput("contacts-error-no-sender", field="sender_id")
    name, given = request.form.get("name", ""), _given()
    try:
        made = forms.create(
            unit.db(),
            name=name,
            sender_id=sender.id,
            content=_linted(given, sender),
            account=unit.account(),
            now=unit.now(),
        )
    except InvalidInput as error:
        return _edit_page(None, sender, name, given, error), 422
    flash(t("forms-made"), "done")
    return redirect(url_for("forms.show", form_id=made.id), code=303)


@blueprint.get("/<int:form_id>")
@roles(*MAKE)
def show(form_id: int) -> ResponseReturnValue:
    """What to put on the website, what the mail looks like, and how many signed up."""
    form = _found(form_id)
    version = forms.newest(unit.db(), form)
    said = forms.read(version)
    address = f"{unit.settings().base_url}/f/{form.key}"
    return render_template(
        "forms/show.html",
        form=form,
        sender=unit.db().get_one(Sender, form.sender_id),
        version=version,
        said=said,
        address=address,
        snippets=_snippets(form, said, address),
        counts=forms.counts(unit.db()).get(form.id, {}),
        state=OptInState,
        remarks=remarks_on(said, unit.db().get_one(Sender, form.sender_id), house.config(unit.db())),
    )


@blueprint.get("/<int:form_id>/edit")
@roles(*MAKE)
def edit(form_id: int) -> ResponseReturnValue:
    form = _found(form_id)
    said = forms.read(forms.newest(unit.db(), form))
    return _edit_page(form, unit.db().get_one(Sender, form.sender_id), form.name, said)


@blueprint.post("/<int:form_id>/edit")
@roles(*MAKE)
def save(form_id: int) -> ResponseReturnValue:
    form = _found(form_id)
    sender = unit.db().get_one(Sender, form.sender_id)
    name, given = request.form.get("name", ""), _given()
    try:
        forms.change(
            unit.db(),
            form,
            name=name,
            content=_linted(given, sender),
            account=unit.account(),
            now=unit.now(),
        )
    except InvalidInput as error:
        unit.db().expire(form)
        return _edit_page(form, sender, name, given, error), 422
    flash(t("common-saved"), "done")
    return redirect(url_for("forms.show", form_id=form.id), code=303)


@blueprint.post("/<int:form_id>/active")
@roles(*MAKE)
def set_active(form_id: int) -> ResponseReturnValue:
    form = _found(form_id)
    active = request.form.get("active") == "yes"
    forms.set_active(unit.db(), form, active, unit.account(), unit.now())
    flash(t("forms-opened" if active else "forms-closed"), "done")
    return redirect(url_for("forms.show", form_id=form.id), code=303)


@blueprint.get("/<int:form_id>/mail/<spoken>")
@roles(*MAKE)
def mail(form_id: int, spoken: str) -> ResponseReturnValue:
    """The mail that asks, as it will look."""
    form = _found(form_id)
    said = forms.read(forms.newest(unit.db(), form))
    if spoken not in said.words:
        raise NotFound
    words = said.words[spoken]
    sender = sender_facts(unit.db().get_one(Sender, form.sender_id))
    message = content_of(sender, spoken, words, words.wording, f"{unit.settings().base_url}/k/")
    system = dict.fromkeys(("unsubscribe_url", "pixel_url", "reply_code", "today"), "") | {"view_url": "#"}
    parts = compile_email(message, VARIANT).fill({}, system)
    return headers.as_preview(make_response(parts.html))


def _linted(given: FormContent, sender: Sender) -> FormContent:
    """The content, if its mail may go out; else what stands in the way, at its field."""
    checked = contents.checked(given)
    for language, remarks in remarks_on(checked, sender, house.config(unit.db())).items():
        if remarks.blocking:
            raise _as_error(language, remarks)
    return checked


def _as_error(language: str, remarks: Remarks) -> InvalidInput:
    if remarks.problems:
        return InvalidInput("forms-error-plain", field=f"mail_text.{language}")
    worst = next(one for one in remarks.findings if one.severity.value == "error")
    part = worst.part if worst.part in WORD_NAMES else "mail_text"
    return InvalidInput("forms-error-finding", field=f"{part}.{language}", finding=worst.message)


def _given() -> FormContent:
    """What the page's fields say, as it stands."""
    asked = request.form
    languages = [language for language in LANGUAGES if language in asked.getlist("languages")]
    return FormContent(
        channels=tuple(one for one in Channel if one.value in asked.getlist("channels")),
        purposes=tuple(one for one in ConsentPurpose if one.value in asked.getlist("purposes")),
        words={language: _words(asked, language) for language in languages},
        topics=tuple(line for line in asked.get("topics", "").splitlines() if line.strip()),
        sites=tuple(line for line in asked.get("sites", "").splitlines() if line.strip()),
        go_on_to=asked.get("go_on_to", ""),
        ask_name=asked.get("ask_name") == "1",
    )


def _words(asked: Mapping[str, str], language: str) -> Words:
    values: dict[str, Any] = {name: asked.get(f"{name}.{language}", "") for name in WORD_NAMES}
    return Words(**values, topics=tuple(asked.get(f"topics.{language}", "").splitlines()))


def _edit_page(
    form: ConsentForm | None,
    sender: Sender,
    name: str,
    content: FormContent,
    error: InvalidInput | None = None,
) -> str:
    senders = unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.id))
    defaults = {language: default_words.form_words(language, sender) for language in LANGUAGES}
    return render_template(
        "forms/edit.html",
        form=form,
        sender=sender,
        sender_options=[(one.id, one.name) for one in senders],
        name=name,
        said=content,
        words={language: content.words.get(language, defaults[language]) for language in LANGUAGES},
        all_languages=LANGUAGES,
        limits=contents.LIMITS,
        errors={error.field or "": t(error.key, **error.values)} if error else {},
    )


def _snippets(form: ConsentForm, said: FormContent, address: str) -> dict[str, str]:
    """The pieces of HTML to copy, by language, for a site that has no frame: they need no script."""
    return {
        language: render_template(
            "forms/snippet.html",
            address=address,
            language=language,
            words=said.words[language],
            topics=said.topic_names(language),
            ask_name=said.ask_name,
        ).strip()
        for language in said.words
    }


def _sender(text: str) -> Sender | None:
    """The sender that is asked for, else the first one."""
    if text.isdecimal():
        found = unit.db().get(Sender, int(text))
        if found is not None and found.active:
            return found
    return unit.db().scalar(select(Sender).where(Sender.active).order_by(Sender.id).limit(1))


def _found(form_id: int) -> ConsentForm:
    form = unit.db().get(ConsentForm, form_id)
    if form is None:
        raise NotFound
    return form
