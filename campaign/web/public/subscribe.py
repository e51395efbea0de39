"""Forms for everybody, and the button in the mail that follows.

A form is shown in a frame of the sites that it names, or posted from a page elsewhere. What proves that a
person saw our page is a stamp in it: which version of the words, and when. A post without a good stamp is
shown the page, filled in, and asks to press once more.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from campaign.contacts import preferences
from campaign.contacts.names import clean
from campaign.contacts.opt_in import asking, confirming, content, forms
from campaign.contacts.opt_in.asking import Answer, Wish
from campaign.contacts.opt_in.confirming import Standing
from campaign.contacts.opt_in.content import FormContent
from campaign.errors import InvalidInput, NotFound, TokenError
from campaign.i18n import PUBLIC_LANGUAGES
from campaign.links import Purpose
from campaign.models import ConsentForm, ConsentFormVersion, Contact, OptIn, Sender
from campaign.queue import Job
from campaign.web import csrf, language, unit
from campaign.web.access import public
from campaign.web.language import t
from campaign.web.public import blueprint
from campaign.web.public.frame import addresses, bad_link, masked, network, page, private, signer, speak

# the field that people do not see and programs fill in
TRAP = "website"
# nobody reads and fills a form in less; a page that stood open longer is shown anew
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=24)
EMAIL_LENGTH = 320


@blueprint.get("/f/<key>")
@public
def form(key: str) -> ResponseReturnValue:
    """The form as a page, alone or in a frame of its sites."""
    found = _found(key)
    if found is None:
        return page("public/form_closed.html", 404, sender=None)
    return _form_page(*found, {})


@blueprint.post("/f/<key>")
@csrf.exempt  # posted from other sites; the stamp stands for the token, and nothing is granted here
@public
def submit(key: str) -> ResponseReturnValue:
    """The same answer for everybody, whoever they are and whether a mail goes out or not."""
    found = _found(key)
    if found is None:
        return page("public/form_closed.html", 404, sender=None)
    form_row, newest, said = found
    if request.form.get(TRAP, ""):
        return _asked(form_row, said)
    version = _stamped(form_row)
    if version is None:
        return _form_page(form_row, newest, said, {"": t("subscribe-again")})
    said = forms.read(version)
    errors = _missing()
    if errors:
        return _form_page(form_row, version, said, errors, 422)
    wish = Wish(
        request.form["email"][:EMAIL_LENGTH],
        request.form.get("full_name", ""),
        language.current(),
        tuple(request.form.getlist("topic")),
    )
    try:
        answer, row = asking.submit(unit.db(), form_row, version, wish, network=network(), now=unit.now())
    except InvalidInput:
        return _form_page(form_row, version, said, {"email": t("subscribe-missing-email")}, 422)
    if answer is Answer.TOO_MANY:
        return _form_page(form_row, version, said, {"": t("subscribe-too-many")}, 429)
    if row is not None:
        unit.ring(Job.CONFIRMATION, row.id)
    return _asked(form_row, said)


@blueprint.get("/k/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Shows what the button would do; changes nothing, for scanners follow links."""
    row = confirming.find(unit.db(), signer(), token)
    if row is None:
        return bad_link()
    return _confirm_page(row, token, confirming.standing(unit.db(), row, unit.now()))


@blueprint.post("/k/<token>")
@csrf.exempt  # the token is the proof
@public
def do_confirm(token: str) -> ResponseReturnValue:
    """Grants what was asked, once."""
    row = confirming.find(unit.db(), signer(), token, lock=True)
    if row is None:
        return bad_link()
    standing = confirming.confirm(unit.db(), row, network=network(), now=unit.now())
    if standing is Standing.DONE:
        return private(make_response(redirect(f"/k/{token}", 303)))
    return _confirm_page(row, token, standing)


def _found(key: str) -> tuple[ConsentForm, ConsentFormVersion, FormContent] | None:
    """The form with its newest words, in the language that is asked for."""
    try:
        form_row = forms.by_key(unit.db(), key)
    except NotFound:
        speak(request.accept_languages.best_match(PUBLIC_LANGUAGES) or "")
        return None
    version = forms.newest(unit.db(), form_row)
    said = forms.read(version)
    asked = request.values.get("language", "")
    if asked not in said.words:
        asked = request.accept_languages.best_match(list(said.words)) or ""
    speak(said.language(asked))
    return form_row, version, said


def _stamped(form_row: ConsentForm) -> ConsentFormVersion | None:
    """The version that the page showed; None when it was not our page, or it was too quick or too old."""
    try:
        ids = signer().read_link(Purpose.FORM, request.form.get("stamp", ""))
    except TokenError:
        return None
    if len(ids) != 2:
        return None
    age = unit.now().timestamp() - ids[1]
    if not SOONEST.total_seconds() <= age <= LATEST.total_seconds():
        return None
    version = unit.db().get(ConsentFormVersion, ids[0])
    if version is None or version.form_id != form_row.id:
        return None
    return version if language.current() in version.content["words"] else None


def _missing() -> dict[str, str]:
    errors = {}
    if not request.form.get("email", "").strip():
        errors["email"] = t("subscribe-missing-email")
    if request.form.get("agree") != "yes":
        errors["agree"] = t("subscribe-missing-agree")
    return errors


def _form_page(
    form_row: ConsentForm,
    version: ConsentFormVersion,
    said: FormContent,
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    if request.method == "POST":
        unit.give_up()
    spoken = language.current() if language.current() in said.words else said.language("")
    speak(spoken)
    response = page(
        "public/form.html",
        status,
        sender=unit.db().get_one(Sender, form_row.sender_id),
        key=form_row.key,
        said=said,
        words=said.words[spoken],
        topics=said.topic_names(spoken),
        others=[one for one in said.words if one != spoken],
        stamp=signer().link(Purpose.FORM, version.id, int(unit.now().timestamp())),
        trap=TRAP,
        values={
            "email": clean(request.form.get("email", ""))[:EMAIL_LENGTH],
            "full_name": clean(request.form.get("full_name", ""))[: asking.NAME_LENGTH],
            "topics": request.form.getlist("topic"),
            "agree": request.form.get("agree") == "yes",
        },
        errors=errors,
    )
    return _frameable(response, said)


def _asked(form_row: ConsentForm, said: FormContent) -> Response:
    """On to the page that the form names, else our own thanks."""
    if said.go_on_to and not content.lead_away(said.go_on_to, said.sites):
        return private(make_response(redirect(said.go_on_to, 303)))
    response = page(
        "public/form_asked.html",
        sender=unit.db().get_one(Sender, form_row.sender_id),
        words=said.words[said.language(language.current())],
    )
    return _frameable(response, said)


def _frameable(response: Response, said: FormContent) -> Response:
    """Only the sites that the form names may show it in a frame; what a browser sends goes to us, and on to
    the page of that site behind it."""
    ancestors = " ".join(said.sites) or "'none'"
    onward = f" {content.origin_of(said.go_on_to)}" if said.go_on_to else ""
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        f"form-action 'self'{onward}; frame-ancestors {ancestors}"
    )
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


def _confirm_page(row: OptIn, token: str, standing: Standing) -> Response:
    db = unit.db()
    sender = db.get_one(Sender, row.sender_id)
    contact = db.get(Contact, row.contact_id) if row.contact_id is not None else None
    speak(row.language or (contact.language if contact else ""))
    choices = ""
    if standing is Standing.DONE and contact is not None and contact.erased_at is None:
        choices = preferences.link(addresses(), contact, sender.id)
    return page(
        f"public/confirm_{standing}.html",
        sender=sender,
        address=masked(row.email or (contact.email if contact else "")),
        asks=row.asks,
        token=token,
        choices=choices,
        thanks=_thanks(row),
    )


def _thanks(row: OptIn) -> str:
    if row.form_version_id is None:
        return ""
    said = forms.read(unit.db().get_one(ConsentFormVersion, row.form_version_id))
    return said.words[said.language(row.language)].thanks
