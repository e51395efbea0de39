"""One request's unit of work: its session, its person, its present moment.

GET and HEAD read; other methods write in one transaction that is committed when the response is a
success (below 400) and rolled back otherwise. Doorbells rung with `ring` sound after the commit, for a
worker that comes too early finds no row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from flask import Flask, abort, current_app, g, request
from redis.exceptions import RedisError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from campaign import config
from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import Account
from campaign.queue import Job, Queues
from campaign.segments.asking import asking as limited
from campaign.watch.monitor import Monitor

SESSION_COOKIE = "campaign_session"
TAB = re.compile(r"[0-9a-f]{16}")
# every answer from here on is a refusal or a fault
FIRST_ERROR_STATUS = 400

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class House:
    """What all requests share."""

    settings: config.Settings
    database: Database
    queues: Queues
    monitor: Monitor


def init(app: Flask, house: House) -> None:
    """Give the application its house, and each request an end."""
    app.extensions["campaign"] = house
    app.after_request(_finish)
    app.teardown_request(_let_go)


def reading(view: View) -> View:
    """Mark a POST that writes nothing (a preview, a count): it takes a reading session, so that on
    SQLite no sender waits for it."""
    view._campaign_reading = True  # type: ignore[attr-defined]  # functions take any
    return view


def house() -> House:
    """The shared things of this application."""
    found: House = current_app.extensions["campaign"]
    return found


def settings() -> config.Settings:
    return house().settings


def database() -> Database:
    """For the rare view that needs a transaction of its own; most use `db()`."""
    return house().database


def queues() -> Queues:
    return house().queues


def db() -> Session:
    """The request's session: a reading one for GET and HEAD, else a writing one."""
    if "db" not in g:
        g.db = database().read() if _only_reads() else database().session()
    session: Session = g.db
    return session


def asking(times: int = 1) -> AbstractContextManager[Session]:
    """A session in which rules are asked: it writes nothing and has an end. A form that names its `tab` has
    its older question stopped."""
    tab = request.form.get("tab", "")
    return limited(database(), settings(), times=times, tab=tab if TAB.fullmatch(tab) else "")


def now() -> datetime:
    """The moment of this request; the same for everything in it."""
    if "now" not in g:
        g.now = utc_now()
    moment: datetime = g.now
    return moment


def account() -> Account:
    """Who is signed in; 401 when nobody is."""
    found = account_or_none()
    if found is None:
        abort(401)
    return found


def account_or_none() -> Account | None:
    """Who is signed in, if anybody."""
    if "account" not in g:
        token = request.cookies.get(SESSION_COOKIE)
        g.account = sessions.find(db(), token, now()) if token else None
    found: Account | None = g.account
    return found


def commit() -> None:
    """Keep what was written so far, whatever the response will be."""
    db().commit()


def give_up() -> None:
    """Roll back at the end although the response is a redirect."""
    g.given_up = True


def ring(job: Job, *ids: int) -> None:
    """Ring a job once the request is committed. A silent Redis is no error: the beat rings again."""
    g.setdefault("rings", []).append((job, ids))


def _only_reads() -> bool:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "_campaign_reading", False)


def _finish(response: Response) -> Response:
    session: Session | None = g.get("db")
    if session is not None and not _only_reads():
        if response.status_code >= FIRST_ERROR_STATUS or g.get("given_up"):
            session.rollback()
            return response
        session.commit()
    for job, ids in g.pop("rings", []):
        try:
            queues().ring(job, *ids)
        except RedisError as error:
            log.warning("the doorbell is silent; the beat will ring", job=str(job), error=str(error))
    return response


def _let_go(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()
