"""The administrator's pages: people, senders, signing keys, the audit log, the key of the evidence."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.admin import audit_log, dkim, evidence_key, people, senders

blueprint = Blueprint("admin", __name__)
for part in (people, senders, dkim, audit_log, evidence_key):
    part.register(blueprint)
