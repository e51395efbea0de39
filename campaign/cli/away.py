"""A server that a command needs and that does not answer: a sentence, for it is no fault of ours."""

from __future__ import annotations

import sys


def sentence(error: Exception) -> str:
    """What is away, and where to look; empty for an error of another kind."""
    # only libraries that the command has loaded can have raised it, and loading them takes most of a second
    sql, redis = sys.modules.get("sqlalchemy.exc"), sys.modules.get("redis.exceptions")
    if sql is not None and isinstance(error, sql.OperationalError):
        return (
            f"The database cannot be used now: {_first_line(error.orig)}. "
            "DATABASE_URL says where it is; `campaign doctor` looks at everything."
        )
    if redis is not None and isinstance(error, (redis.ConnectionError, redis.TimeoutError)):
        return (
            f"The queue server cannot be used now: {_first_line(error)}. "
            "REDIS_URL says where it is; `campaign doctor` looks at everything."
        )
    return ""


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
