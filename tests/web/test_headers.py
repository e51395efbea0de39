"""What every response carries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign import config
from campaign.db import Database
from campaign.queue import Queues, connect
from campaign.web import create_app, headers
from campaign.web.unit import SESSION_COOKIE


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page", "/healthz", "/static/app.css"])
def test_the_policy_stands_on_every_response(client: FlaskClient, path: str) -> None:
    found = client.get(path).headers
    assert found["Content-Security-Policy"] == headers.PAGE_POLICY
    assert "unsafe" not in headers.PAGE_POLICY
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"


def test_a_preview_runs_nothing_and_is_framed_by_us_alone(app: Flask) -> None:
    with app.test_request_context():
        policy = headers.as_preview(app.response_class("")).headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in policy
    assert "script" not in policy


def test_pages_are_not_kept_and_hashed_files_are(client: FlaskClient) -> None:
    page = client.get("/first-run")
    assert page.headers["Cache-Control"] == "no-store"
    sheet = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/app.css").headers.get("Cache-Control", "")


def test_https_makes_cookies_secure_and_lasting(settings: config.Settings, database: Database) -> None:
    safe = replace(settings, base_url="https://thu.example.com")
    client = create_app(safe, database, Queues(connect(safe))).test_client()
    response = client.get("/first-run", base_url="https://thu.example.com")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert "SameSite=Lax" in response.headers["Set-Cookie"]
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_a_forged_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_forwarded_addresses_are_believed_only_when_we_are_told_of_the_proxy(
    settings: config.Settings, database: Database, client: FlaskClient
) -> None:
    forged = {"X-Forwarded-Host": "thu.example.com", "X-Forwarded-For": "203.0.113.9"}
    assert "campaign user add" in client.get("/first-run", headers=forged).text
    behind = replace(settings, trusted_proxies=1, base_url="https://thu.example.com")
    proxied = create_app(behind, database, Queues(connect(behind))).test_client()
    assert proxied.get("/first-run", headers=forged).status_code == 200


def test_when_the_database_is_gone_the_page_still_says_so(settings: config.Settings, tmp_path: Path) -> None:
    """An empty file has no tables: everything that asks it fails, the error page as well."""
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    client = create_app(settings, empty, Queues(connect(settings))).test_client()
    client.set_cookie(SESSION_COOKIE, "some token")
    response = client.get("/")
    assert response.status_code == 500
    assert "Có lỗi ở phía chúng tôi" in response.text
    assert "Something went wrong on our side" in response.text
    empty.close()
