"""The public half of the key that signs evidence, to give to whoever verifies; and verifying a pack here."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from campaign.approval.evidence import Key, key_of
from campaign.approval.evidence.verify import Report, Unreadable, verify
from campaign.models import Role
from campaign.web import unit
from campaign.web.access import roles

readers = roles(Role.ADMIN, Role.REVIEWER)
# a fingerprint is read aloud and compared in groups
GROUP = 8


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/evidence-key", "evidence_key", show, methods=["GET"])
    blueprint.add_url_rule("/evidence-key", "verify_evidence", check, methods=["POST"])
    blueprint.add_url_rule("/evidence-key.txt", "evidence_fingerprint", fingerprint, methods=["GET"])
    blueprint.add_url_rule("/evidence-key.pem", "evidence_pem", pem, methods=["GET"])


@readers
def show() -> ResponseReturnValue:
    """Fingerprint and key."""
    return _page()


@readers
def check() -> ResponseReturnValue:
    """Verifies the file sent, against the house's own key; nothing of it is kept."""
    sent = request.files.get("pack")
    if sent is None or not sent.filename:
        return _page(missing=True), 422
    try:
        return _page(report=verify(sent.read(), _key().fingerprint), name=sent.filename)
    except Unreadable:
        return _page(unreadable=True, name=sent.filename)


def _page(
    report: Report | None = None, *, name: str = "", unreadable: bool = False, missing: bool = False
) -> str:
    key = _key()
    print_ = key.fingerprint
    groups = [print_[start : start + GROUP] for start in range(0, len(print_), GROUP)]
    return render_template(
        "admin/evidence_key.html",
        key=key,
        groups=groups,
        report=report,
        name=name,
        unreadable=unreadable,
        missing=missing,
    )


@readers
def fingerprint() -> Response:
    """What `campaign verify-evidence --key FILE` reads."""
    return _file(f"{_key().fingerprint}\n", "text/plain", "evidence-key.txt")


@readers
def pem() -> Response:
    """The key as other programs read it."""
    return _file(_key().public_pem, "application/x-pem-file", "evidence-key.pem")


def _key() -> Key:
    return key_of(unit.settings())


def _file(text: str, kind: str, name: str) -> Response:
    response = make_response(text)
    response.mimetype = kind
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
