"""The administrator's pages: people, senders, signing keys, how it sends, the worth of customers, audit log,
key of the evidence."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.admin import audit_log, dkim, evidence_key, people, senders, sending, worth

blueprint = Blueprint("admin", __name__)
for part in (people, senders, dkim, sending, worth, audit_log, evidence_key):
    part.register(blueprint)
