"""The administrator's pages: people, senders, how it sends, the audit log, the key of the evidence."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.admin import audit_log, evidence_key, people, senders, sending

blueprint = Blueprint("admin", __name__)
for part in (people, senders, sending, audit_log, evidence_key):
    part.register(blueprint)
