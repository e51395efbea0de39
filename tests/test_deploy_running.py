"""What `deploy/` asks of running programs: help, ports, paths, health, and how long each may take to stop."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from werkzeug.serving import make_server

from campaign import config, processes
from campaign.cli import group
from campaign.db import Database
from campaign.dispatch.transports.smtp import Timeouts
from campaign.queue import Queues, connect
from campaign.web import create_app

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
HOME = "/opt/campaign"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SECONDS = {"s": 1, "m": 60, "h": 3600}
# what the pages, the beat and the intake have to end: they wait for no server of others
SOON = 30
# of the compose specification, all that ours use: a word with a slip of the pen is in no list
SERVICE_WORDS = {
    "build", "cap_add", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "ports",
    "restart", "secrets", "security_opt", "shm_size", "stop_grace_period", "volumes",
}  # fmt: skip
# `name` is no word of Compose 1.29
TOP_WORDS = {"secrets", "services", "volumes", "x-campaign"}
HEALTH_WORDS = {"interval", "retries", "test", "timeout"}
CONDITIONS = {"service_completed_successfully", "service_healthy", "service_started"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose/compose.yaml").read_text())
    return found


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in compose["services"].items() if one.get("image") == "campaign"}


def service_of(unit: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text())
    return parser["Service"]


def seconds(text: str) -> int:
    """`90`, `10s`, `11m`."""
    number, unit = re.fullmatch(r"(\d+)([smh]?)", text).groups()  # type: ignore[union-attr]
    return int(number) * SECONDS.get(unit, 1)


def test_every_command_tells_its_help(compose: dict[str, Any]) -> None:
    lines = [one["command"] for one in ours(compose).values()]
    lines += [service_of(unit)["ExecStart"].replace("%i", "email").split() for unit in UNITS]
    asked = {tuple(words[1:]) for words in lines if words[0].endswith("campaign")}
    assert {words[0] for words in asked} == {"web", "beat", "worker", "db"}
    for words in asked:
        told = CliRunner().invoke(group, [*words, "--help"])
        assert told.exit_code == 0, told.output
        assert "Usage:" in told.output


def test_compose_uses_words_of_its_specification(compose: dict[str, Any]) -> None:
    assert set(compose) <= TOP_WORDS
    for name, one in compose["services"].items():
        assert set(one) <= SERVICE_WORDS, name
        assert set(one.get("healthcheck", {})) <= HEALTH_WORDS
        assert {wait["condition"] for wait in one.get("depends_on", {}).values()} <= CONDITIONS
        assert one["restart"] in ("unless-stopped", "on-failure")
        for wait in (one.get("healthcheck", {}).get(key) for key in ("interval", "timeout")):
            assert wait is None or seconds(wait) > 0


def test_who_is_waited_for_until_healthy_says_so(compose: dict[str, Any]) -> None:
    for one in compose["services"].values():
        for other, wait in one.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in compose["services"][other], other
            if wait["condition"] == "service_completed_successfully":
                assert compose["services"][other]["restart"] != "unless-stopped", "it would never be done"


def test_health_is_asked_so_that_yes_means_yes(compose: dict[str, Any]) -> None:
    database, queue = (compose["services"][name]["healthcheck"]["test"] for name in ("database", "queue"))
    # the server that sets up a new cluster listens on the Unix socket alone, and goes away again
    assert database[database.index("-h") + 1] == "127.0.0.1"
    # without it an answer such as "wrong password" is no failure
    assert "-e" in queue


def test_ports_are_those_that_the_programs_listen_on(compose: dict[str, Any]) -> None:
    settings = config.load({})
    for name, listens in (("web", "CAMPAIGN_PORT"), ("lmtp", "CAMPAIGN_LMTP_PORT")):
        one = ours(compose)[name]
        inside = int(one["environment"].get(listens, settings.lmtp_port))
        assert {int(port.rpartition(":")[2]) for port in one.get("ports", [])} <= {inside}
        host = {"web": "CAMPAIGN_HOST", "lmtp": "CAMPAIGN_LMTP_HOST"}[name]
        # elsewhere it is where `campaign doctor` looks
        assert ours(compose)["beat"]["environment"]["CAMPAIGN_LMTP_HOST"] == "lmtp"
        assert one["environment"][host] == "0.0.0.0", "on its own loopback nobody would reach it"
    # only on the host's loopback: a proxy that speaks https stands in front
    assert [port.split(":")[0] for port in ours(compose)["web"]["ports"]] == ["127.0.0.1"]


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Iterator[int]:
    """The application behind a port of its own."""
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path / "state")})
    app = create_app(settings, database, Queues(connect(settings)))
    port = processes.free_port()
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield port
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["campaign-tracking"].close()


def test_the_health_check_is_green_where_pages_answer_and_red_where_none_do(
    pages: int, compose: dict[str, Any]
) -> None:
    """Run as it stands, but for the port."""
    web = ours(compose)["web"]
    kind, program, *arguments = web["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    listens = f"127.0.0.1:{web['environment']['CAMPAIGN_PORT']}"
    assert arguments[-1].count(listens) == 1

    def check(port: int) -> subprocess.CompletedProcess[str]:
        # as long as it takes on a machine that is busy with other tests
        words = [one.replace(listens, f"127.0.0.1:{port}") for one in arguments]
        words[-1] = re.sub(r"timeout=\d+", "timeout=120", words[-1])
        return subprocess.run([sys.executable, *words], capture_output=True, text=True)

    green = check(pages)
    assert green.returncode == 0, green.stderr
    assert check(processes.free_port()).returncode != 0
    probe = re.search(r"timeout=(\d+)", arguments[-1])
    assert probe
    assert int(probe[1]) < seconds(web["healthcheck"]["timeout"])


def test_only_workers_have_time_for_a_reply_to_a_dot(compose: dict[str, Any]) -> None:
    limits = {name: seconds(one["stop_grace_period"]) for name, one in ours(compose).items()}
    for unit in UNITS:
        if "TimeoutStopSec" in service_of(unit):
            limits[unit.name] = seconds(service_of(unit)["TimeoutStopSec"])
    workers = {name for name in limits if re.match(r"campaign-(email|worker)@|email|letters|inbound", name)}
    assert len(workers) == 6
    for name, limit in limits.items():
        assert (limit > Timeouts().dot) if name in workers else (0 < limit <= SOON), name


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_paths_of_the_units_are_in_the_checkout(unit: Path) -> None:
    text = unit.read_text()
    assert service_of(unit)["WorkingDirectory"] == HOME
    documents = re.findall(rf"^Documentation=file://{HOME}/(\S+)$", text, re.MULTILINE)
    assert documents
    assert all((ROOT / path).is_file() for path in documents)
    program = service_of(unit)["ExecStart"].split()[0]
    folder, _, name = program.rpartition("/")
    assert folder == f"{HOME}/.venv/bin", "where `make setup` puts it"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert name in {*scripts, "python"}


def test_the_image_holds_what_its_commands_need() -> None:
    text = (DEPLOY / "compose/Dockerfile").read_text()
    assert f"WORKDIR {HOME}" in text
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    for needed in ("wsgi.py", "campaign", "workers", "lint_rules", "templates", "pyproject.toml"):
        assert (ROOT / needed).exists()
        assert needed not in left_out
    # found by granian because it starts in that folder
    assert processes.web_command(config.load({}))[-1] == "wsgi:app"
