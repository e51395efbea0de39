"""The administrator's pages: people, senders, the audit log."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.admin import audit_log, people, senders

blueprint = Blueprint("admin", __name__)
for part in (people, senders, audit_log):
    part.register(blueprint)
