"""The public half of the key that signs evidence: to compare, and to give to whoever verifies a pack."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from campaign.approval.evidence import Key, key_of
from campaign.models import Role
from campaign.web import unit
from campaign.web.access import roles

readers = roles(Role.ADMIN, Role.REVIEWER)
# a fingerprint is read aloud and compared in groups
GROUP = 8


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/evidence-key", "evidence_key", show, methods=["GET"])
    blueprint.add_url_rule("/evidence-key.txt", "evidence_fingerprint", fingerprint, methods=["GET"])
    blueprint.add_url_rule("/evidence-key.pem", "evidence_pem", pem, methods=["GET"])


@readers
def show() -> ResponseReturnValue:
    """Fingerprint and key."""
    key = _key()
    print_ = key.fingerprint
    groups = [print_[start : start + GROUP] for start in range(0, len(print_), GROUP)]
    return render_template("admin/evidence_key.html", key=key, groups=groups)


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
