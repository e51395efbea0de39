"""What `deploy/` says is true: commands exist, variables are read, units are hardened and parse."""

from __future__ import annotations

import configparser
import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml

from campaign import config
from campaign.cli import group
from campaign.queue import QueueName

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
LONG_RUNNING = [unit for unit in SERVICES if unit.name != "campaign-migrate.service"]
INSTANCES = {"campaign-worker@.service": [name.value for name in QueueName], "campaign-email@.service": ["1"]}
HARDENING = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "StateDirectory": "campaign",
    "User": "campaign",
    "CapabilityBoundingSet": "",
}
ANALYZE = shutil.which("systemd-analyze")
POSTCONF = shutil.which("postconf", path="/usr/sbin:/usr/bin")
# the newest server that the pg_dump of a Debian release can read
PG_DUMP = {"bookworm": 15, "trixie": 17}


def _read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text())
    return parser


def _require_command(words: Sequence[str]) -> None:
    """A command line of ours that click would take, or a module that exists."""
    program, *rest = words
    if program.endswith("python"):
        assert rest[0] == "-m"
        assert importlib.util.find_spec(rest[1])
        return
    assert program.endswith("campaign"), program
    command: click.Command = group
    context = click.Context(group)
    while isinstance(command, click.Group) and rest:
        found = command.get_command(context, rest[0])
        assert found is not None, words
        command, rest = found, rest[1:]
    command.make_context(words[0], list(rest), resilient_parsing=False)


def _known_variables() -> set[str]:
    code = "".join(path.read_text() for path in (ROOT / "campaign").glob("*.py"))
    return set(re.findall(r"\"((?:CAMPAIGN|DATABASE|REDIS|SMTP|RQ)_[A-Z_]+)\"", code))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose/compose.yaml").read_text())
    return found


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_units_start_commands_that_exist(unit: Path) -> None:
    line = _read(unit)["Service"]["ExecStart"]
    for instance in INSTANCES.get(unit.name, [""]):
        _require_command(line.replace("%i", instance).split())


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_units_are_hardened(unit: Path) -> None:
    service = _read(unit)["Service"]
    assert {key: service.get(key) for key in HARDENING} == HARDENING


@pytest.mark.parametrize("unit", LONG_RUNNING, ids=lambda unit: unit.name)
def test_programs_come_back_and_wait_for_the_schema(unit: Path) -> None:
    parsed = _read(unit)
    assert parsed["Service"]["Restart"] == "always"
    assert parsed["Unit"]["Requires"] == "campaign-migrate.service"


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """With this environment's programs in the place of /opt/campaign's."""
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/opt/campaign/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / unit.name).write_text(text.replace("/opt/campaign", str(ROOT)))
    names = [unit.name.replace("@.", "@email.") for unit in SERVICES]
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", *names, "campaign.target"],
        cwd=tmp_path,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
    )
    ours = [line for line in done.stderr.splitlines() if "campaign" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_the_example_of_the_environment_is_read_as_settings() -> None:
    lines = (DEPLOY / "campaign.env.example").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(values) <= _known_variables()
    settings = config.load(values)
    assert not settings.redis_embedded
    assert settings.mailbox_port == 0
    commented = [re.search(r"(\w+_URL)=(\S+)", line) for line in lines if line.startswith("#")]
    for found in filter(None, commented):
        config.load(values | {found[1]: found[2], "RQ_KEY_PREFIX": "{rq}"})


def test_compose_starts_commands_that_exist(compose: dict[str, Any]) -> None:
    ours = {name: one for name, one in compose["services"].items() if one.get("image") == "campaign"}
    assert set(ours) == {"migrate", "web", "beat", "email-1", "email-2", "letters", "inbound", "lmtp"}
    for one in ours.values():
        _require_command(one["command"])
        assert set(one["environment"]) <= _known_variables()
        assert one["cap_drop"] == ["ALL"]
    workers = {one["command"][2] for one in ours.values() if one["command"][1] == "worker"}
    assert workers == {name.value for name in QueueName}


def test_compose_names_only_what_it_defines(compose: dict[str, Any]) -> None:
    services, volumes, secrets = compose["services"], compose["volumes"], compose["secrets"]
    for one in services.values():
        assert set(one.get("depends_on", {})) <= set(services)
        assert {mount.split(":")[0] for mount in one.get("volumes", [])} <= set(volumes)
        assert set(one.get("secrets", [])) <= set(secrets)
        for host in re.findall(r"@(\w+)[:/]", str(one.get("environment", {}).get("DATABASE_URL", ""))):
            assert host in services
    used = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose/compose.yaml").read_text()))
    offered = {
        line.split("=")[0]
        for line in (DEPLOY / "compose/env.example").read_text().splitlines()
        if line and not line.startswith("#")
    }
    assert used | {"COMPOSE_PROJECT_NAME"} == offered
    web = services["web"]["healthcheck"]["test"][-1]
    assert "/readyz?only=database" in web


def _example() -> dict[str, str]:
    lines = (DEPLOY / "compose/env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_compose_s_environment_makes_sense_as_settings(compose: dict[str, Any]) -> None:
    """With `env.example` filled in, and what the image says beside it."""
    given = {name: value or "x" for name, value in _example().items()}
    image = dict(re.findall(r"(\w+)=(\S+)", _dockerfile().partition("ENV ")[2].partition("\n")[0]))
    for name, one in compose["services"].items():
        if one.get("image") != "campaign":
            continue
        filled = {key: _filled(str(value), given) for key, value in one["environment"].items()}
        settings = config.load(image | filled)
        assert not settings.redis_embedded, name
        assert settings.mailbox_port == 0, name
        assert str(settings.state_dir) == one["volumes"][0].partition(":")[2] == "/var/lib/campaign"
        assert filled["CAMPAIGN_SECRET_KEY_FILE"] == f"/run/secrets/{one['secrets'][0]}"
        for url in (filled["DATABASE_URL"], filled["REDIS_URL"], filled["SMTP_URL"]):
            assert urlsplit(url).hostname in compose["services"], url


def _filled(text: str, given: dict[str, str]) -> str:
    """As compose fills it in: `${NAME}`, `${NAME:-otherwise}`, `${NAME:?complaint}`."""
    return re.sub(
        r"\$\{(\w+)(?::([-?])([^}]*))?\}",
        lambda found: given.get(found[1]) or (found[3] if found[2] == "-" else ""),
        text,
    )


def _dockerfile() -> str:
    return (DEPLOY / "compose/Dockerfile").read_text()


def test_backups_can_be_made_in_the_image(compose: dict[str, Any]) -> None:
    """pg_dump refuses a server newer than itself."""
    release = re.search(r"^FROM python:3\.11-slim-(\w+)$", _dockerfile(), re.MULTILINE)
    server = re.fullmatch(r"postgres:(\d+)-(\w+)", compose["services"]["database"]["image"])
    assert release
    assert server
    assert "postgresql-client" in _dockerfile()
    assert int(server[1]) <= PG_DUMP[release[1]]


def test_no_secret_gets_into_the_image_or_the_repository(compose: dict[str, Any]) -> None:
    secrets = {one["file"].removeprefix("./") for one in compose["secrets"].values()} | {".env"}
    # what the guide has one make beside them
    secrets |= {"backup", "backup.key"}
    for ignored in (".dockerignore", ".gitignore"):
        assert {f"deploy/compose/{name}" for name in secrets} <= set(
            (ROOT / ignored).read_text().splitlines()
        )


@pytest.mark.skipif(POSTCONF is None, reason="Postfix is not installed")
def test_the_relay_s_settings_are_taken_by_postfix(tmp_path: Path, compose: dict[str, Any]) -> None:
    for template, name in (("main.cf.debian", "main.cf"), ("master.cf.dist", "master.cf")):
        shutil.copy(f"/usr/share/postfix/{template}", tmp_path / name)
    # what Debian's installation adds
    with (tmp_path / "main.cf").open("a") as file:
        file.write("mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128\n")
    start = (DEPLOY / "compose/postfix/start.sh").read_text()
    assert start.endswith("exec postfix start-fg\n")
    env = {
        **{name: _filled(str(value), _example()) for name, value in _relay(compose)["environment"].items()},
        "MAIL_CONFIG": str(tmp_path),
        "PATH": "/usr/sbin:/usr/bin:/bin",
    }
    done = subprocess.run(
        ["sh"], input=start.replace("exec postfix start-fg\n", ""), env=env, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")

    def say(*words: str) -> str:
        told = subprocess.run([*words], env=env, capture_output=True, text=True)
        assert told.stderr == "", told.stderr
        return told.stdout.strip()

    domain = _example()["CAMPAIGN_INBOUND_DOMAIN"]
    table = say(str(POSTCONF), "-h", "transport_maps")
    lmtp = compose["services"]["lmtp"]["environment"]
    port = lmtp.get("CAMPAIGN_LMTP_PORT") or config.load({}).lmtp_port
    assert say("postmap", "-q", domain, table) == f"lmtp:inet:lmtp:{port}"
    assert "lmtp" in compose["services"]
    # a name that is not known while its container stands still puts mail off; a refusal stays one
    softened = say(str(POSTCONF), "-x", "-h", "lmtp_delivery_status_filter")
    assert say("postmap", "-q", "5.4.4 Host not found", softened) == "4.4.4 Host not found"
    assert subprocess.run(["postmap", "-q", "5.6.0 Refused", softened], env=env).returncode == 1
    assert "= y" not in say(str(POSTCONF), "-F", "*/*/chroot")
    assert say(str(POSTCONF), "-h", "inet_interfaces") == "all"
    assert say(str(POSTCONF), "-n", "mynetworks", "mynetworks_style") == "mynetworks_style = subnet"


def test_what_goes_on_to_others_comes_in_where_no_stranger_does(compose: dict[str, Any]) -> None:
    published = {port.split(":")[-1] for port in _relay(compose)["ports"]}
    ours = [one for one in compose["services"].values() if one.get("image") == "campaign"]
    used = {urlsplit(one["environment"]["SMTP_URL"]).port for one in ours}
    assert (published, used) == ({"25"}, {587})


def test_the_image_s_user_is_the_one_that_the_guide_gives_files_to(compose: dict[str, Any]) -> None:
    user = re.search(r"useradd --uid (\d+)", _dockerfile())
    assert user
    given = re.findall(r"(?:chown|install -d -o) (\d+) (?:-m \d+ )?(\S+)", (DEPLOY / "README.md").read_text())
    assert {name for _, name in given} == {"secret_key", "backup", "backup.key"}
    assert {number for number, _ in given} == {user[1]}
    assert "--owner campaign --group campaign --mode 0750 /var/lib/campaign" in _dockerfile()


def _relay(compose: dict[str, Any]) -> dict[str, Any]:
    relay: dict[str, Any] = compose["services"]["relay"]
    folder = DEPLOY / "compose" / relay["build"]
    for source in re.findall(r"^COPY (\S+) \S+$", (folder / "Dockerfile").read_text(), re.MULTILINE):
        assert (folder / source).exists()
    return relay


def test_the_guide_calls_commands_and_units_that_exist(compose: dict[str, Any]) -> None:
    guide = (DEPLOY / "README.md").read_text()
    calls = re.findall(r"docker compose run [^`\n]*? (\w+) (campaign [^`\n]*)", guide)
    assert len(calls) >= 3
    for service, line in calls:
        assert service in compose["services"]
        words = shlex.split(line.replace("/backup.key", __file__))  # any file that is there
        _require_command(words)
    files = {unit.name.removesuffix(".service") for unit in SERVICES}
    named = re.findall(r"campaign-[a-z]+@?", guide)
    assert named
    assert set(named) <= files
    for path in re.findall(r"/opt/campaign/(deploy/\S+?)(?:/\*)?[\s`]", guide):
        assert (ROOT / path).exists(), path
    for unit in SERVICES:
        assert _read(unit)["Service"]["EnvironmentFile"] == "/etc/campaign/campaign.env"
    assert "/etc/campaign/campaign.env" in guide


def test_the_image_is_built_from_what_is_there() -> None:
    text = (DEPLOY / "compose/Dockerfile").read_text()
    for source in re.findall(r"^COPY (\S+) \S+$", text, re.MULTILINE):
        assert (ROOT / source).exists()
    assert (DEPLOY / "compose/postfix/start.sh").exists()
