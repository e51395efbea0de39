"""The relay's encryption and offers, asked of a real SMTP server with certificates of the test's own."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from campaign import migrations
from campaign.cli.doctor import command
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch.transports.relay import Relay
from campaign.models import DomainCheck
from campaign.watch.domain import check, relay
from campaign.watch.domain.remark import Verdict
from tests.name_server import name_server
from tests.sockets import closed_port, free_port, stop
from tests.watch.domain.test_records import txt


class Offers:
    """A server that can pipeline, as most can."""

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # type: ignore[no-untyped-def]
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


class Server(Controller):
    """On a port of its own; `tls` may be started."""

    def __init__(self, tls: ssl.SSLContext | None, handler: object) -> None:
        self._tls = tls
        super().__init__(handler, hostname="127.0.0.1", port=free_port())

    def factory(self) -> SMTP:
        return SMTP(self.handler, tls_context=self._tls, data_size_limit=10_000_000)


@contextmanager
def served(tls: ssl.SSLContext | None, handler: object = Offers()) -> Iterator[int]:
    server = Server(tls, handler)
    server.start()
    try:
        yield server.port
    finally:
        stop(server)


def certificate(folder: Path, host: str, days: int) -> ssl.SSLContext:
    """A server's context with a certificate of `days` more; `folder/cert.pem` is what to trust."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def keys_of(found: list[relay.Remark]) -> dict[str, Verdict]:
    return {one.key: one.verdict for one in found}


@pytest.mark.parametrize(
    ("host", "days", "key", "verdict"),
    [
        ("127.0.0.1", 60, "doctor-tls-valid", Verdict.OK),
        ("127.0.0.1", 5, "doctor-tls-soon", Verdict.WARN),
        ("127.0.0.1", -2, "doctor-tls-invalid", Verdict.BAD),
        ("127.0.0.9", 60, "doctor-tls-invalid", Verdict.BAD),
    ],
)
def test_the_certificate(
    host: str, days: int, key: str, verdict: Verdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = certificate(tmp_path, host, days)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with served(context) as port:
        found = list(relay.check(Relay("127.0.0.1", port, "starttls"), utc_now()))
        unasked = keys_of(list(relay.check(Relay("127.0.0.1", port, "none"), utc_now())))
    assert keys_of(found)[key] is verdict, found
    if verdict is Verdict.OK:
        assert [one.values["days"] for one in found if one.key == key] == [days]
        assert {one.values["feature"] for one in found if one.key == "doctor-relay-offers"} == {
            "PIPELINING", "8BITMIME", "SIZE",
        }  # fmt: skip
    assert unasked["doctor-tls-unused"] is Verdict.WARN


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    with served(certificate(tmp_path, "127.0.0.1", 60)) as port:
        found = keys_of(list(relay.check(Relay("127.0.0.1", port, "starttls"), utc_now())))
        lax = keys_of(list(relay.check(Relay("127.0.0.1", port, "starttls", verify=False), utc_now())))
    assert found["doctor-tls-invalid"] is Verdict.BAD
    assert lax["doctor-tls-invalid"] is Verdict.WARN


def test_a_relay_without_encryption_or_pipelining_and_none_at_all() -> None:
    with served(None, object()) as port:
        local = keys_of(list(relay.check(Relay("127.0.0.1", port), utc_now())))
        other = keys_of(list(relay.check(Relay("127.0.0.2", port), utc_now())))
    assert local["doctor-tls-local"] is Verdict.OK
    assert local["doctor-relay-lacks"] is Verdict.WARN
    assert other == {"doctor-relay-silent": Verdict.BAD}
    with closed_port() as port:
        gone = keys_of(list(relay.check(Relay("127.0.0.1", port), utc_now())))
    assert gone == {"doctor-relay-silent": Verdict.BAD}


def test_a_vietnamese_domain_is_kept_under_its_name_in_the_dns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the pages look for it."""
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    database = Database(url)
    migrations.upgrade(database)
    with name_server({}) as names, closed_port() as port:
        monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{port}")
        CliRunner().invoke(command, ["--domain", "Trà.example", "--dns", names, "--json"])
        wrong = CliRunner().invoke(command, ["--domain", "a..b", "--dns", names])
    assert "a..b is no domain" in wrong.output
    with database.read() as db:
        assert db.get(DomainCheck, "xn--tr-kia.example") is not None
    database.close()


def test_the_command_tells_all_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = {
        ("reply.tea.example", "TXT"): txt("v=spf1 ip4:203.0.113.9 -all"),
        ("reply.tea.example", "MX"): ["10 mail.tea.example."],
        ("tea.example", "MX"): ["10 mail.tea.example."],
        ("_dmarc.tea.example", "TXT"): txt("v=DMARC1; p=reject; rua=mailto:a@tea.example"),
        ("mail.tea.example", "A"): ["203.0.113.9"],
        ("9.113.0.203.in-addr.arpa", "PTR"): ["mail.tea.example."],
    }
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    database = Database(url)
    migrations.upgrade(database)
    with name_server(zone) as names, served(None) as port:
        for name, value in {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "DATABASE_URL": url,
            "SMTP_URL": f"smtp://127.0.0.1:{port}",
            "CAMPAIGN_INBOUND_DOMAIN": "reply.tea.example",
            "CAMPAIGN_DNS_SERVER": names,
        }.items():
            monkeypatch.setenv(name, value)
        ran = CliRunner().invoke(
            command, ["--domain", "tea.example", "--from", "203.0.113.9", "--selector", "s1", "--json"]
        )
    assert ran.exit_code == 1, ran.output  # no Redis, no DKIM key
    told = json.loads(ran.stdout)["remarks"]
    of_domain = {(one["part"], one["verdict"]) for one in told if one["domain"] == "tea.example"}
    assert {
        ("spf", "ok"),
        ("dmarc", "ok"),
        ("ptr", "ok"),
        ("mx", "ok"),
        ("relay", "ok"),
        ("tls", "ok"),
    } < of_domain
    assert [one["text"] for one in told if one["part"] == "dkim"] == [
        "There is no key at s1._domainkey.tea.example. Publish it as TXT."
    ]
    with database.read() as db:
        row = db.get_one(DomainCheck, "tea.example")
        assert row.verdict == "bad"
        assert len(check.kept(row)) == len([one for one in told if one["domain"]])
    database.close()
