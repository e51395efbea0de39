"""The sending domains: what was found about each, and a button that looks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from campaign import senders
from campaign.errors import CampaignError, NotFound
from campaign.models import DomainCheck
from campaign.watch.domain import check, keys
from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, Verdict
from campaign.web import unit
from campaign.web.language import t
from campaign.web.operations.blueprint import admins_only, blueprint


@dataclass(frozen=True)
class Looked:
    """A domain of an active sender, and what is known of it; `at` is None when nobody looked yet."""

    domain: str
    at: datetime | None
    verdict: Verdict | None
    remarks: Sequence[Remark]


@blueprint.get("/domains")
@admins_only
def domain_checks() -> str:
    """One section a domain."""
    return render_template("operations/domains.html", domains=[_looked(name) for name in _domains()])


@blueprint.post("/domains/<domain>")
@admins_only
def check_domain(domain: str) -> Response:
    """Look again; takes some seconds."""
    if domain not in _domains():
        raise NotFound()
    settings = unit.settings()
    try:
        asked = check.Asked(domain, keys.of(unit.db(), settings, domain))
        remarks = check.examine(settings, Names(settings.dns_server), asked, unit.now())
    except CampaignError as error:
        flash(str(error), "refused")
    else:
        check.keep(unit.db(), domain, remarks, unit.now())
        flash(t("operations-domain-checked", domain=domain), "done")
    return redirect(url_for("operations.domain_checks"), code=303)


def warning(db: Session, domain: str) -> str:
    """The key of what a marketer should know before sending from this domain; empty when all is well, and
    where mail does not leave the house."""
    if unit.settings().mailbox_port:
        return ""
    row = db.get(DomainCheck, domain)
    if row is None:
        return "operations-domain-unchecked"
    return "operations-domain-bad" if row.verdict == Verdict.BAD else ""


def _domains() -> list[str]:
    return sorted({sender.domain for sender in senders.everybody(unit.db()) if sender.active})


def _looked(domain: str) -> Looked:
    row = unit.db().get(DomainCheck, domain)
    if row is None:
        return Looked(domain, None, None, [])
    return Looked(domain, row.at, Verdict(row.verdict), check.kept(row))
