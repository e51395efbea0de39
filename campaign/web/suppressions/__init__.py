"""Addresses and domains never to write to: the list, with search, adding and lifting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from campaign.contacts import domains, suppression, suppression_list
from campaign.contacts.names import clean
from campaign.contacts.written import as_written
from campaign.errors import InvalidInput, NotFound
from campaign.models import Account, Channel, Role, SuppressedDomain, Suppression
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts.labels import source_words
from campaign.web.language import t
from campaign.web.paging import page_of

blueprint = Blueprint("suppressions", __name__, url_prefix="/suppressions")

SEE = (Role.ADMIN, Role.MARKETER, Role.CARE)
CHANGE = (Role.ADMIN, Role.CARE)
DOMAINS_SHOWN = 50
REASON_LENGTH = 500
# a domain where more people are than this is asked about once more
MANY_PEOPLE = 1


@blueprint.get("")
@roles(*SEE)
def index() -> ResponseReturnValue:
    return _page({})


@blueprint.post("")
@roles(*CHANGE)
def add() -> ResponseReturnValue:
    """One address or domain; where people would be closed off, after they were counted."""
    entry, reason = clean(request.form.get("entry", "")), _reason()
    try:
        _require_reason(reason)
        if not suppression_list.is_domain(entry) or not entry:
            _add_address(entry, reason)
        else:
            domain = domains.read(entry)
            people = domains.people_at(unit.db(), domain)
            if people >= MANY_PEOPLE and request.form.get("sure") != "yes":
                unit.give_up()
                return render_template("suppressions/sure.html", domain=domain, people=people, reason=reason)
            domains.suppress(unit.db(), domain, reason=reason, account=unit.account(), now=unit.now())
            flash(t("suppressions-domain-added", domain=domain), "done")
    except InvalidInput as error:
        return _page({error.field or "": t(error.key, **error.values)}), 422
    return redirect(url_for("suppressions.index"), code=303)


def _add_address(entry: str, reason: str) -> None:
    new = suppression_list.add_address(
        unit.db(), entry, reason=reason, account=unit.account(), source=_source(), now=unit.now()
    )
    flash(t("suppressions-address-added" if new else "suppressions-address-known"), "done")


@blueprint.post("/list")
@roles(*CHANGE)
def add_list() -> ResponseReturnValue:
    """A file or pasted lines."""
    uploaded = request.files.get("file")
    text = request.form.get("list", "")
    try:
        if uploaded is not None and uploaded.filename:
            text = _text_of(uploaded.stream.read())
        if not text.strip():
            raise InvalidInput("suppressions-error-no-list", field="list")
        reason = _reason("list_reason")
        _require_reason(reason, "list_reason")
        taken = suppression_list.take(
            unit.db(), text, reason=reason, account=unit.account(), source=_source(), now=unit.now()
        )
    except InvalidInput as error:
        return _page({error.field or "": t(error.key, **error.values)}), 422
    if taken.wrong:
        return _page({}, taken)
    flash(_said(taken), "done")
    return redirect(url_for("suppressions.index"), code=303)


@blueprint.get("/<kind>/<int:entry_id>/lift")
@roles(*CHANGE)
def lift_form(kind: str, entry_id: int) -> ResponseReturnValue:
    return _lift_page(kind, _entry(kind, entry_id))


@blueprint.post("/<kind>/<int:entry_id>/lift")
@roles(*CHANGE)
def lift(kind: str, entry_id: int) -> ResponseReturnValue:
    entry, reason = _entry(kind, entry_id), _reason()
    if not reason:
        return _lift_page(kind, entry, t("suppressions-error-reason")), 422
    by: dict[str, Any] = {"account": unit.account(), "reason": reason, "now": unit.now()}
    if isinstance(entry, SuppressedDomain):
        domains.lift(unit.db(), entry, **by)
    else:
        suppression.lift(unit.db(), entry.channel, entry.address_key, **by)
    flash(t("suppressions-lifted"), "done")
    return redirect(url_for("suppressions.index"), code=303)


def _lift_page(kind: str, entry: Suppression | SuppressedDomain, error: str = "") -> str:
    if isinstance(entry, SuppressedDomain):
        what = entry.domain
    else:
        what = str(as_written(unit.db(), [entry])[entry.id])
    return render_template("suppressions/lift.html", kind=kind, entry=entry, what=what, error=error)


def _entry(kind: str, entry_id: int) -> Suppression | SuppressedDomain:
    entry: Suppression | SuppressedDomain | None = None
    if kind == "domain":
        entry = unit.db().get(SuppressedDomain, entry_id)
    elif kind == "address":
        entry = unit.db().get(Suppression, entry_id)
    if entry is None:
        raise NotFound
    return entry


def _page(errors: dict[str, str], taken: suppression_list.Taken | None = None) -> str:
    db = unit.db()
    words = request.args.get("q", "").strip()[:200]
    word = request.args.get("channel", "")
    channel = Channel(word) if word in set(Channel) else None
    page = page_of(db, suppression_list.addresses(words, channel))
    written = as_written(db, page.items)
    closed = list(db.scalars(suppression_list.closed_domains(words).limit(DOMAINS_SHOWN)))
    return render_template(
        "suppressions/index.html",
        page=page,
        written=written,
        page_url=lambda number: url_for(
            "suppressions.index", q=words or None, channel=word or None, page=number
        ),
        closed=closed,
        all_closed=db.scalar(select(func.count(SuppressedDomain.id))) or 0,
        names={account.id: account.name for account in db.scalars(select(Account))},
        source_words=source_words,
        words=words,
        channel=word,
        errors=errors,
        values=request.form,
        taken=taken,
        taken_words=_said(taken) if taken else "",
        wrong_shown=suppression_list.WRONG_SHOWN,
    )


def _said(taken: suppression_list.Taken) -> str:
    return t("suppressions-list-taken", addresses=taken.addresses, domains=taken.domains, known=taken.known)


def _reason(name: str = "reason") -> str:
    return clean(request.form.get(name, ""))[:REASON_LENGTH]


def _require_reason(reason: str, field: str = "reason") -> None:
    if not reason:
        raise InvalidInput("suppressions-error-reason", field=field)


def _source() -> str:
    return t("contacts-consent-source", name=unit.account().name)


def _text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("suppressions-error-encoding", field="list") from error
