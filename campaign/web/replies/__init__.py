"""Replies: what customers write back, beside what they were sent; entering what comes by post."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.replies import acting, by_post, reading, shelf

blueprint = Blueprint("replies", __name__, url_prefix="/replies")
for part in (reading, acting, by_post, shelf):
    part.register(blueprint)
