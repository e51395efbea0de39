"""For the supervisor and the load balancer: `/healthz` says that we run, `/readyz` that we can work."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.web import unit
from campaign.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """503 without the database; a silent Redis is told, but the pages work without it."""
    found = {"database": _database(), "redis": _redis()}
    return found, 200 if found["database"] else 503


def _database() -> bool:
    try:
        unit.db().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _redis() -> bool:
    try:
        return bool(unit.queues().connection.ping())
    except RedisError:
        return False
