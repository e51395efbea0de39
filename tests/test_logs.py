"""What the log holds: outcomes by their numbers, and neither addresses nor secrets."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from campaign.logs import masking

ROOT = Path(__file__).parent.parent
CANARIES = {
    "DATABASE_URL": "postgresql://app:canary-database@127.0.0.1:1/none",
    "REDIS_URL": "redis://:canary-redis@127.0.0.1:1/0",
    "SMTP_URL": "smtp://app:canary%2Dsmtp@127.0.0.1:1",
    "CAMPAIGN_SECRET_KEY": "canary-of-the-secret-key",
    "CAMPAIGN_METRICS_TOKEN": "canary-metrics",
}
# parts that are away, errors with their causes, and a library's own record
RUN = """
import logging, os
import structlog
from sqlalchemy.exc import SQLAlchemyError
from campaign import config, logs
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import told
from campaign.dispatch.moves import Outcome
from campaign.dispatch.transports.relay import read_relays
from campaign.dispatch.transports.smtp import Connection
from campaign.queue import connect
logs.set_up()
log = structlog.get_logger()
settings = config.load()
def url_of(name): return os.environ[name]
for act in (
    lambda: Database(settings.database_url).read().execute(__import__("sqlalchemy").text("SELECT 1")),
    lambda: connect(settings).ping(),
    lambda: Connection(read_relays(settings.smtp_url)[0], "here"),
    lambda: (_ for _ in ()).throw(ValueError(url_of("DATABASE_URL") + " " + url_of("SMTP_URL"))),
):
    try:
        act()
    except Exception:
        log.exception("failed", settings=settings, url=url_of("REDIS_URL"), env=dict(os.environ))
logging.getLogger("library").warning("login %s with %s", "mai.nguyen@example.com", "canary-redis")
reply = "550 5.1.1 <mai.nguyen@example.com>: no such user"
told.outcomes(7, [Outcome(42, 3, "reject", utc_now(), reason="rcpt", code=550, reply=reply)])
told.outcomes(7, [Outcome(43, 1, "accept", utc_now(), code=250, reply="2.0.0 Ok")])
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    env = os.environ | CANARIES | {"CAMPAIGN_LOG": "json", "PYTHONPATH": str(ROOT)}
    env |= {"CAMPAIGN_STATE_DIR": str(tmp_path_factory.mktemp("state"))}
    done = subprocess.run([sys.executable, "-c", RUN], env=env, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_each_outcome_has_its_numbers(lines: list[dict[str, Any]]) -> None:
    told = [line for line in lines if line["event"] == "outcome"]
    assert [(line["mailing"], line["delivery"], line["transition"], line["code"]) for line in told] == [
        (7, 42, "reject", 550)
    ]
    assert [(line["mailing"], line["deliveries"]) for line in lines if line["event"] == "accepted"] == [
        (7, [43])
    ]
    assert told[0]["reply"] == "550 5.1.1 <m…@example.com>: no such user"
    assert {"timestamp", "level", "host", "pid"} <= set(told[0])
    assert told[0]["timestamp"].endswith("Z")


def test_no_secret_and_no_address_in_full(lines: list[dict[str, Any]]) -> None:
    text = json.dumps(lines, ensure_ascii=False)
    assert "canary" not in text
    assert "mai.nguyen" not in text
    assert sum(line["event"] == "failed" for line in lines) == 4
    assert "Traceback" in text


def test_words_that_tell_are_hidden_whatever_stands_there() -> None:
    event = {"event": "x", "smtp_password": "a", "headers": {"Authorization": "Bearer b", "Host": "c"}}
    assert masking({})(logging.getLogger(), "info", dict(event)) == {
        "event": "x",
        "smtp_password": "…",
        "headers": {"Authorization": "…", "Host": "c"},
    }


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("to thu.hà@trà.example.com now", "to t…@trà.example.com now"),
        ("<a@b.vn>, <c@d.vn>", "<a…@b.vn>, <c…@d.vn>"),
        ("smtp://me:short@relay:25", "smtp://me:…@relay:25"),
        ("at 10:00 @home", "at 10:00 @home"),
        ("no address here", "no address here"),
    ],
)
def test_addresses_keep_what_tells_them_apart(text: str, masked: str) -> None:
    assert masking({})(logging.getLogger(), "info", {"event": text}) == {"event": masked}
