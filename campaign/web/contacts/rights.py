"""What we may write to a contact: recording consent and withdrawal, holds, addresses never to write to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.contacts import consent, holds, suppression
from campaign.contacts.facts import parse_date
from campaign.contacts.names import clean
from campaign.errors import InvalidInput, NotFound
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    Hold,
    HoldReason,
    Sender,
    SuppressionReason,
)
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint
from campaign.web.contacts.profile import changeable, found
from campaign.web.language import t

REFERENCE_LENGTH = 200
METHODS = ("paper", "phone", "in-person", "form", "email", "letter")


@blueprint.get("/<int:contact_id>/consents/new")
@roles(*CHANGE)
def consent_form(contact_id: int) -> ResponseReturnValue:
    values = {"date": unit.now().astimezone(_zone()).date().isoformat(), **request.args.to_dict()}
    return _consent_page(changeable(unit.db(), contact_id), values)


@blueprint.post("/<int:contact_id>/consents/new")
@roles(*CHANGE)
def record_consent(contact_id: int) -> ResponseReturnValue:
    """One entry for each chosen channel and purpose."""
    db, now = unit.db(), unit.now()
    contact = found(db, contact_id)
    try:
        sender, channels, purposes, at = _what(request.form.get("sender_id", ""))
        granted = request.form.get("action") != "withdrawn"
        wording = clean(request.form.get("wording", ""))
        if granted and not wording:
            raise InvalidInput("contacts-error-no-wording", field="wording")
    except InvalidInput as error:
        return _consent_page(contact, request.form, error), 422
    method = request.form.get("method", "")
    source = t("contacts-consent-source", name=unit.account().name)
    reference = clean(request.form.get("reference", ""))[:REFERENCE_LENGTH]
    evidence = {"reference": reference} if reference else {}
    for channel in channels:
        for purpose in purposes:
            if granted:
                terms = consent.Terms(
                    wording, clean(request.form.get("content_kind", ""))[:200],
                    clean(request.form.get("frequency", ""))[:100], method if method in METHODS else "",
                )  # fmt: skip
                consent.grant(
                    db,
                    contact,
                    sender.id,
                    channel,
                    purpose,
                    terms,
                    source=source,
                    now=at,
                    account=unit.account(),
                    evidence=evidence,
                )
            else:
                # a no holds from the moment we know of it, whatever day is entered
                consent.withdraw(
                    db, contact, sender.id, channel, purpose, source=source, now=now, method=method,
                    account=unit.account(), evidence=evidence,
                )  # fmt: skip
    flash(t("contacts-consent-granted" if granted else "contacts-consent-withdrawn"), "done")
    return _back(contact)


@blueprint.post("/<int:contact_id>/holds")
@roles(*CHANGE)
def place_hold(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    word = request.form.get("reason", "")
    reason = HoldReason(word) if word in set(HoldReason) else HoldReason.PAUSE
    until = None
    if text := request.form.get("until", "").strip():
        until = _midnight(parse_date("until", text) + timedelta(days=1))
        if until <= unit.now():
            raise InvalidInput("contacts-error-past", field="until")
    note = clean(request.form.get("note", ""))[:1000]
    holds.place(unit.db(), contact, reason, now=unit.now(), account=unit.account(), until=until, note=note)
    flash(t("contacts-hold-placed"), "done")
    return _back(contact)


@blueprint.post("/<int:contact_id>/holds/<int:hold_id>/lift")
@roles(*CHANGE)
def lift_hold(contact_id: int, hold_id: int) -> ResponseReturnValue:
    hold = unit.db().get(Hold, hold_id)
    if hold is None or hold.contact_id != contact_id:
        raise NotFound
    holds.lift(unit.db(), hold, now=unit.now(), account=unit.account())
    flash(t("contacts-hold-lifted"), "done")
    return _back(found(unit.db(), contact_id))


@blueprint.post("/<int:contact_id>/suppressions")
@roles(*CHANGE)
def suppress(contact_id: int) -> ResponseReturnValue:
    """The customer asked by phone, letter or in person never to be written to at this address."""
    contact = found(unit.db(), contact_id)
    channel, key = _address(contact)
    source = t("contacts-consent-source", name=unit.account().name)
    suppression.suppress(unit.db(), channel, key, SuppressionReason.REQUESTED, source=source, now=unit.now())
    flash(t("contacts-suppressed"), "done")
    return _back(contact)


@blueprint.post("/<int:contact_id>/suppressions/lift")
@roles(*CHANGE)
def lift_suppression(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    channel, key = _address(contact)
    reason = clean(request.form.get("reason", ""))
    if not reason:
        raise InvalidInput("contacts-error-no-reason", field="reason")
    suppression.lift(unit.db(), channel, key, account=unit.account(), reason=reason[:500], now=unit.now())
    flash(t("contacts-suppression-lifted"), "done")
    return _back(contact)


def _what(sender_id: str) -> tuple[Sender, list[Channel], list[ConsentPurpose], datetime]:
    sender = unit.db().get(Sender, int(sender_id)) if sender_id.isdecimal() else None
    if sender is None:
        raise InvalidInput("contacts-error-no-sender", field="sender_id")
    channels = [channel for channel in Channel if channel.value in request.form.getlist("channel")]
    if not channels:
        raise InvalidInput("contacts-error-no-channel", field="channel")
    purposes = [purpose for purpose in ConsentPurpose if purpose.value in request.form.getlist("purpose")]
    if not purposes:
        raise InvalidInput("contacts-error-no-purpose", field="purpose")
    day = parse_date("date", request.form.get("date", ""))
    today = unit.now().astimezone(_zone()).date()
    if day > today:
        raise InvalidInput("contacts-error-future", field="date")
    return sender, channels, purposes, unit.now() if day == today else _midnight(day)


def _address(contact: Contact) -> tuple[Channel, str]:
    word = request.form.get("channel", "")
    keys = suppression.keys_of(contact)
    if word not in set(Channel) or Channel(word) not in keys:
        raise NotFound
    return Channel(word), keys[Channel(word)]


def _consent_page(contact: Contact, values: object, error: InvalidInput | None = None) -> str:
    senders = unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.id))
    posted = request.method == "POST"
    return render_template(
        "contacts/consent.html",
        contact=contact,
        values=values,
        channels=request.values.getlist("channel") or ([] if posted else [Channel.EMAIL.value]),
        purposes=request.values.getlist("purpose") or ([] if posted else [ConsentPurpose.MARKETING.value]),
        sender_options=[(sender.id, sender.name) for sender in senders],
        method_options=[(method, t(f"contacts-method-{method}")) for method in METHODS],
        errors={error.field or "": t(error.key, **error.values)} if error else {},
    )


def _back(contact: Contact) -> ResponseReturnValue:
    return redirect(url_for("contacts.show", contact_id=contact.id) + "#rights", code=303)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _zone()).astimezone(UTC)


def _zone() -> ZoneInfo:
    return ZoneInfo(unit.settings().time_zone)
