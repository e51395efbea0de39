"""Where mail is handed over, read from SMTP_URL."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from campaign.errors import SetupError

PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class Relay:
    """One SMTP server. `tls`: `none`, `starttls` (required, not just tried) or `implicit`."""

    host: str
    port: int
    tls: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    verify: bool = True
    """False with `?verify=0`: any certificate will do (a server of one's own on a private network)."""
    auth: str = ""
    """`xoauth2` with `?auth=xoauth2`: the password is an access token. Empty: what the server offers."""
    token_file: str = ""
    """Where the access token is read at each login (`?token_file=`), for tokens end after an hour."""
    weight: int = 1
    """Its share of the connections, against the weights of the other relays (`?weight=`)."""

    @property
    def name(self) -> str:
        """For logs and keys: no secrets in it."""
        return f"{self.host}:{self.port}"


def read_relays(urls: str) -> list[Relay]:
    """All relays of SMTP_URL: URLs parted by commas or blanks, each
    `smtp://[user:password@]host[:port][?starttls=1&verify=0&weight=2&auth=xoauth2]` or `smtps://…`."""
    found = [_read(url) for url in re.split(r"[,\s]+", urls.strip())]
    if len({relay.name for relay in found}) < len(found):
        raise SetupError("SMTP_URL names a server twice; give it a weight instead: ?weight=2.")
    return found


def _read(url: str) -> Relay:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SetupError(f"SMTP_URL is {parts.scheme}://…; write smtp://host:port or smtps://host:port.")
    try:
        parts.hostname.encode("idna")
    except UnicodeError:
        raise SetupError(f"SMTP_URL names {parts.hostname}, which is no name of a server.") from None
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise SetupError("The port in SMTP_URL is not a number from 1 to 65535.") from None
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    auth, weight = options.get("auth", ""), options.get("weight", "1")
    if auth not in ("", "xoauth2"):
        raise SetupError(f"SMTP_URL says auth={auth}; leave it out, or write auth=xoauth2.")
    if not weight.isdecimal() or not 1 <= int(weight) <= 100:
        raise SetupError(f"SMTP_URL says weight={weight}; a weight is a number from 1 to 100.")
    starttls = options.get("starttls", "0") == "1"
    return Relay(
        host=parts.hostname,
        port=port,
        tls="implicit" if parts.scheme == "smtps" else "starttls" if starttls else "none",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        verify=options.get("verify", "1") != "0",
        auth=auth,
        token_file=options.get("token_file", ""),
        weight=int(weight),
    )
