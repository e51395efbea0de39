"""Settings: one frozen dataclass read from the environment.

Every setting has a default that makes the embedded installation work: state under `var/` of the
working directory, SQLite, a Valkey that we supervise, a mailbox on loopback.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaign.errors import SetupError

# a Unix socket's path may hold 107 bytes on Linux (sockaddr_un.sun_path, unix(7))
SOCKET_PATH_LIMIT = 107


@dataclass(frozen=True)
class Settings:
    """Where things are. Secrets never leave this object through `repr`."""

    state_dir: Path
    database_url: str
    redis_url: str
    """Redis or Valkey; `unix://` for the embedded one."""
    redis_embedded: bool
    """True when we start and supervise Valkey ourselves."""
    smtp_url: str
    """Where mail is handed over: `smtp://[user:password@]host:port`, `smtps://`, `?starttls=1`; several
    relays are parted by commas, each with its `?weight=`."""
    base_url: str
    """How recipients reach the public pages; no trailing slash."""
    web_host: str
    web_port: int
    mailbox_port: int
    """SMTP port of the development mailbox; 0 when it is off."""
    lmtp_host: str
    lmtp_port: int
    inbound_domain: str
    """Domain of reply and bounce addresses."""
    rq_prefix: str
    """Prefix of RQ's keys; `{rq}` with Redis Cluster."""
    email_workers: int
    demo: bool
    """True in `campaign demo`: logins are shown on the sign-in page."""
    time_zone: str = "Asia/Ho_Chi_Minh"
    """Where the office is: pages show times as its clocks do."""
    notices: bool = True
    """Whether the house mails its own people when a letter waits for them."""
    smtp_connections: int = 10
    """Connections that one sending process holds."""
    host_away_minutes: int = 15
    """A host whose claims have been over for so long is taken to be away: what it held becomes unknown."""
    missed_after_hours: float = 2
    """A schedule missed by more than this is not caught up by itself: a person decides."""
    trusted_proxies: int = 0
    """How many reverse proxies stand in front; as many `X-Forwarded-*` values are believed."""
    sending_addresses: tuple[str, ...] = ()
    """The addresses that receivers see mail come from, when they are not the relay's own."""
    dkim_selectors: tuple[str, ...] = ()
    """Selectors of the keys that a relay signs with."""
    dns_server: str = ""
    """Who `campaign doctor` asks about the sending domain; the machine's own resolver when empty."""
    given_system_id: str = ""
    """From CAMPAIGN_SYSTEM_ID; see `system_id`."""
    segments_database_url: str = field(default="", repr=False)
    """The URL of a role that may only read, for counting segments on PostgreSQL; empty: the ordinary one."""
    segments_seconds: float = 30
    """How long one question about a segment may take."""
    metrics_token: str = field(default="", repr=False)
    """Who shows it may read `/metrics` from anywhere; without it, private addresses only."""

    @property
    def files_dir(self) -> Path:
        """Print runs, uploads, raw mail."""
        return self.state_dir / "files"

    @property
    def erasures_file(self) -> Path:
        """Who was erased, by number and hash: kept beside the database for a restore."""
        return self.state_dir / "erasures.json"

    @property
    def mailbox_dir(self) -> Path:
        """What the development mailbox received."""
        return self.state_dir / "mailbox"

    @property
    def evidence_key_file(self) -> Path:
        """The private key that signs evidence packs."""
        named = os.environ.get("CAMPAIGN_EVIDENCE_KEY_FILE")
        return Path(named) if named else self.state_dir / "evidence_key.pem"

    @property
    def secure_cookies(self) -> bool:
        """Cookies are `Secure` when the pages are served over https."""
        return self.base_url.startswith("https://")

    @property
    def system_id_file(self) -> Path:
        """The name of this host's installation."""
        return self.state_dir / "system_id"

    @cached_property
    def system_id(self) -> str:
        """Which installation this host is of: CAMPAIGN_SYSTEM_ID, the same on all its hosts, or made once in
        the state folder. A database that names another one is not sent from (`campaign.dispatch.lock`)."""
        if self.given_system_id:
            return self.given_system_id
        path = self.system_id_file
        if not path.exists():
            write_once(path, secrets.token_hex(16))
        return path.read_text().strip()

    @cached_property
    def secret_key(self) -> bytes:
        """The key that tokens and cookies derive from.

        From `CAMPAIGN_SECRET_KEY`, the file named by `CAMPAIGN_SECRET_KEY_FILE`, or made once in the
        state folder. SetupError when the file can be neither read nor made.
        """
        value = os.environ.get("CAMPAIGN_SECRET_KEY")
        if value:
            return value.encode()
        path = Path(os.environ.get("CAMPAIGN_SECRET_KEY_FILE") or self.state_dir / "secret_key")
        try:
            if not path.exists():
                write_once(path, secrets.token_urlsafe(48))
            return path.read_text().strip().encode()
        except OSError as error:
            raise SetupError(
                f"The secret key {path} cannot be read or made ({error.strerror}); "
                "give it to the user that runs Campaign."
            ) from error


def write_once(path: Path, text: str) -> None:
    """Make a private file, whole or not at all; whoever comes first makes it.

    A number of a process is no name: in two containers that share the folder both may be 1.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(partial, path)
    finally:
        partial.unlink()


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SetupError with a sentence when one makes no sense."""
    env = os.environ if environ is None else environ
    state_dir = Path(env.get("CAMPAIGN_STATE_DIR") or "var").absolute()
    web_port = _port(env, "CAMPAIGN_PORT", 8080)
    redis_url = env.get("REDIS_URL", "")
    rq_prefix = env.get("RQ_KEY_PREFIX") or "rq"
    if "+cluster://" in redis_url and not re.search(r"\{[^{}]+\}", rq_prefix):
        raise SetupError("A Redis Cluster needs RQ_KEY_PREFIX={rq}: all keys of RQ must lie in one slot.")
    return Settings(
        state_dir=state_dir,
        database_url=_database_url(env.get("DATABASE_URL") or f"sqlite:///{state_dir / 'campaign.db'}"),
        redis_url=redis_url or f"unix://{_socket_path(state_dir)}",
        redis_embedded=not redis_url,
        smtp_url=env.get("SMTP_URL") or f"smtp://127.0.0.1:{_port(env, 'CAMPAIGN_MAILBOX_PORT', 2525)}",
        base_url=(env.get("CAMPAIGN_BASE_URL") or f"http://127.0.0.1:{web_port}").rstrip("/"),
        web_host=env.get("CAMPAIGN_HOST") or "127.0.0.1",
        web_port=web_port,
        mailbox_port=0 if env.get("SMTP_URL") else _port(env, "CAMPAIGN_MAILBOX_PORT", 2525),
        lmtp_host=env.get("CAMPAIGN_LMTP_HOST") or "127.0.0.1",
        lmtp_port=_port(env, "CAMPAIGN_LMTP_PORT", 2424),
        inbound_domain=env.get("CAMPAIGN_INBOUND_DOMAIN") or "reply.example.com",
        rq_prefix=rq_prefix,
        email_workers=int(env.get("CAMPAIGN_EMAIL_WORKERS") or 2),
        demo=env.get("CAMPAIGN_DEMO") == "1",
        time_zone=_time_zone(env.get("CAMPAIGN_TIME_ZONE") or "Asia/Ho_Chi_Minh"),
        missed_after_hours=_hours(env, "CAMPAIGN_MISSED_AFTER_HOURS", 2),
        notices=env.get("CAMPAIGN_NOTICES") != "0",
        smtp_connections=_count(env, "CAMPAIGN_SMTP_CONNECTIONS", 10),
        host_away_minutes=_count(env, "CAMPAIGN_HOST_AWAY_MINUTES", 15),
        trusted_proxies=int(env.get("CAMPAIGN_TRUSTED_PROXIES") or 0),
        sending_addresses=addresses(env.get("CAMPAIGN_SENDING_ADDRESSES") or ""),
        dkim_selectors=tuple((env.get("CAMPAIGN_DKIM_SELECTORS") or "").replace(",", " ").split()),
        dns_server=env.get("CAMPAIGN_DNS_SERVER") or "",
        given_system_id=env.get("CAMPAIGN_SYSTEM_ID") or "",
        segments_database_url=_segments_url(env.get("CAMPAIGN_SEGMENTS_DATABASE_URL") or ""),
        segments_seconds=_seconds(env, "CAMPAIGN_SEGMENTS_SECONDS", 30),
        metrics_token=env.get("CAMPAIGN_METRICS_TOKEN") or "",
    )


def _socket_path(state_dir: Path) -> Path:
    """The embedded server's socket; relative when the checkout lies too deep for a socket's path."""
    path = state_dir / "valkey.sock"
    if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
        return Path(os.path.relpath(path))
    return path


def _database_url(url: str) -> str:
    scheme = urlsplit(url).scheme
    if not scheme.startswith(("sqlite", "postgresql")):
        raise SetupError(f"DATABASE_URL starts with {scheme}://; use sqlite:/// or postgresql://.")
    return url


def _segments_url(url: str) -> str:
    if url and not urlsplit(url).scheme.startswith("postgresql"):
        raise SetupError(
            "CAMPAIGN_SEGMENTS_DATABASE_URL names a role that may only read; use postgresql://ROLE:...@HOST/DB."
        )
    return url


def addresses(text: str) -> tuple[str, ...]:
    """IP addresses with blanks or commas between; SetupError names what is none."""
    found = tuple(text.replace(",", " ").split())
    for address in found:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise SetupError(f"CAMPAIGN_SENDING_ADDRESSES holds {address!r}; write IP addresses.") from None
    return found


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SetupError(f"CAMPAIGN_TIME_ZONE is {name!r}; use a name like Asia/Ho_Chi_Minh.") from error
    return name


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise SetupError(f"{name} is {text!r}; use a number from 1.")
    return int(text)


def _hours(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name) or str(default)
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 < hours <= 24 * 7:
        raise SetupError(f"{name} is {text!r}; it is a number of hours from 0 to 168, for example 2.")
    return hours


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name) or str(default)
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 3600:
        raise SetupError(f"{name} is {text!r}; it is a number of seconds from 0 to 3600, for example 30.")
    return seconds


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SetupError(f"{name} is {text!r}; a port is a number from 1 to 65535.")
    return int(text)
