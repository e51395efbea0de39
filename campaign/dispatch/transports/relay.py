"""Where mail is handed over, read from SMTP_URL."""

from __future__ import annotations

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

    @property
    def name(self) -> str:
        """For logs and keys: no secrets in it."""
        return f"{self.host}:{self.port}"


def read_relay(url: str) -> Relay:
    """`smtp://[user:password@]host[:port][?starttls=1&verify=0]` or `smtps://…`."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SetupError(f"SMTP_URL is {parts.scheme}://…; write smtp://host:port or smtps://host:port.")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise SetupError("The port in SMTP_URL is not a number from 1 to 65535.") from None
    options = parse_qs(parts.query)
    starttls = options.get("starttls", ["0"])[-1] == "1"
    return Relay(
        host=parts.hostname,
        port=port,
        tls="implicit" if parts.scheme == "smtps" else "starttls" if starttls else "none",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        verify=options.get("verify", ["1"])[-1] != "0",
    )
