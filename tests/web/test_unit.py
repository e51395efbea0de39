"""One request, one transaction; doorbells after the commit."""

from __future__ import annotations

import pytest
from flask import Flask, abort, redirect
from sqlalchemy import func, select

from campaign import audit
from campaign.db import Database
from campaign.errors import Refused
from campaign.models import AuditEntry
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import public


def _write() -> None:
    audit.record(unit.db(), None, "test.written", "test", 1, unit.now())


@pytest.fixture
def views(app: Flask) -> Flask:
    @public
    def succeed() -> object:
        _write()
        return redirect("/", code=303)

    @public
    def fail() -> object:
        _write()
        abort(409)

    @public
    def refuse() -> object:
        _write()
        raise Refused("auth-first-run-over")

    @public
    @unit.reading
    def read() -> object:
        return {"read_only": unit.db().get_bind().get_execution_options().get("read_only", False)}

    @public
    def ring() -> object:
        _write()
        unit.ring(Job.EMAIL_LANE, 7)
        return {"rung": True}

    for view in (succeed, fail, refuse, read, ring):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["POST"])
    return app


def _entries(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_success_is_kept(views: Flask, database: Database) -> None:
    assert views.test_client().post("/succeed").status_code == 303
    assert _entries(database) == 1


def test_an_error_is_rolled_back(views: Flask, database: Database) -> None:
    assert views.test_client().post("/fail").status_code == 409
    assert _entries(database) == 0


def test_a_refusal_is_rolled_back_although_it_leads_back(views: Flask, database: Database) -> None:
    client = views.test_client()
    response = client.post("/refuse", headers={"Referer": "http://localhost/sign-in?next=/people"})
    assert (response.status_code, response.location) == (303, "/sign-in?next=/people")
    assert _entries(database) == 0


@pytest.mark.parametrize("referrer", ["", "https://evil.example/sign-in", "http://localhost/refuse"])
def test_a_refusal_with_no_way_back_is_a_page(views: Flask, database: Database, referrer: str) -> None:
    response = views.test_client().post("/refuse", headers={"Referer": referrer})
    assert response.status_code == 409
    assert "Đã có người tạo tài khoản đầu tiên" in response.text


def test_a_reading_post_takes_a_reading_session(views: Flask) -> None:
    assert views.test_client().post("/read").json == {"read_only": True}


def test_a_silent_redis_does_not_undo_what_was_written(views: Flask, database: Database) -> None:
    assert views.test_client().post("/ring").json == {"rung": True}  # nobody listens on the socket
    assert _entries(database) == 1
