"""Whatever host a request names, no page, redirect or mail leads there: addresses come from the settings."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from campaign.config import Settings
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.web import access
from tests.factories import make_contact, make_delivery

EVIL = "evil.example"
FORGED = [
    EVIL,
    f"{EVIL}:80",
    f"127.0.0.1.{EVIL}",
    f"127.0.0.1@{EVIL}",
    f"127.0.0.1:80@{EVIL}",
    f"localhost.{EVIL}",
    f"{EVIL}#localhost",
    f"{EVIL}/localhost",
    f"{EVIL}?localhost",
    f"localhost,{EVIL}",
    f"localhost {EVIL}",
    f"localhost\t{EVIL}",
    f"LOCALHOST.{EVIL}.",
    f"[::1].{EVIL}",
    f"[::1]:80.{EVIL}",
    f'"><script>x</script>.{EVIL}',
    f"user:password@{EVIL}",
    f"xn--{EVIL}",
    f"{EVIL}%00localhost",
]
# headers by which proxies say what the browser asked for; we were told of no proxy
FORWARDED = ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Original-Host"]
SEEDS = 150


@pytest.fixture
def paths(app: Flask, settings: Settings, database: Database) -> list[str]:
    """Every public page; those that hang on a token with one that is right, and with one that is not."""
    where = Addresses(Signer(settings.secret_key), "", settings.inbound_domain)
    with database.write() as db:
        delivery = make_delivery(db, contact=make_contact(db, email="an@example.com")).id
    found = [where.unsubscribe(delivery), where.view(delivery), where.open_pixel(delivery)]
    for rule in app.url_map.iter_rules():
        if access.declared(app.view_functions[rule.endpoint]) == access.PUBLIC:
            values = {name: "app.css" if name == "filename" else "x" for name in rule.arguments}
            found.append(app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False))
    assert len(found) > 10
    return sorted(set(found))


def speaks_of_it(answer: TestResponse) -> bool:
    """Whether anything of the answer names the forged host."""
    return EVIL.encode() in answer.get_data() or any(EVIL in value for _, value in answer.headers)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_public_page_refuses_a_forged_host(client: FlaskClient, paths: list[str], method: str) -> None:
    for path in paths:
        for forged in FORGED:
            try:
                answer = client.open(path, method=method, headers={"Host": forged})
            except UnicodeError:
                continue  # the test's own client cannot spell it
            # a picture of one pixel and a click are answered before hosts are looked at, and name none
            assert answer.status_code == 400 or path.startswith(("/o/", "/c/")), (path, forged)
            assert not speaks_of_it(answer), (path, forged)


def test_what_a_proxy_would_say_is_not_believed(client: FlaskClient, paths: list[str]) -> None:
    forged = dict.fromkeys(FORWARDED, EVIL) | {
        "Forwarded": f"host={EVIL};proto=https",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Prefix": f"//{EVIL}",
        "X-Original-URL": f"https://{EVIL}/",
        "X-Rewrite-URL": f"https://{EVIL}/",
    }
    for path in paths:
        for method in ("GET", "POST"):
            assert not speaks_of_it(client.open(path, method=method, headers=forged)), path


def test_made_up_hosts(client: FlaskClient, paths: list[str]) -> None:
    """Put together at random from what parsers part hosts by."""
    draw = random.Random(5)
    parts = [
        EVIL,
        "localhost",
        "127.0.0.1",
        "[::1]",
        "@",
        ":",
        "/",
        "\\",
        "#",
        "?",
        ",",
        ".",
        "%2f",
        "a",
        "80",
    ]
    for _ in range(SEEDS):
        forged = "".join(draw.choice(parts) for _ in range(draw.randint(1, 6)))
        path = draw.choice(paths)
        answer = client.get(path, headers={"Host": forged, draw.choice(FORWARDED): EVIL})
        # a queue that is not there is what /readyz is for
        assert answer.status_code < 500 or path == "/readyz", (path, forged)
        assert not speaks_of_it(answer), (path, forged)


def test_the_address_of_mails_is_the_settings(app: Flask, settings: Settings) -> None:
    """Made inside a request that names another host: nothing of it is in an address."""
    builder = EnvironBuilder(path="/", headers={"Host": EVIL, "X-Forwarded-Host": EVIL})
    with app.request_context(builder.get_environ()):
        ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
        made = ours.reach([7])
        for url in (*made.open_pixel, *made.view, *made.unsubscribe, ours.click(7, 1), ours.form("x"),
                    ours.confirm(1, 2), ours.preferences(1, 2, 3)):  # fmt: skip
            assert url.startswith(f"{settings.base_url}/")
        for mail in (*made.reply, *made.bounce, *made.unsubscribe_mail):
            assert mail.endswith(f"@{settings.inbound_domain}")
