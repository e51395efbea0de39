"""The SMTP conversation: encryption, login, and what an address may not do."""

from __future__ import annotations

import base64
import hashlib
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Received
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import Lane
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.dispatch.transports.smtp import Connection, Down, Envelope, Timeouts, Turned
from campaign.errors import SetupError
from campaign.lab.sink import Sink, running
from campaign.models import DeliveryState
from tests.dispatch.making import PlainWriter, make_mailing, rows_of, states, terms_of
from tests.sockets import free_port, stop

SHORT = Timeouts(connect=60, reply=5, dot=5)
BODY = b"Subject: x\r\n\r\n.dot\r\n..\r\nend\r\n"


class Keeper:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Received) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 ok"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a server on 127.0.0.1, in one file."""
    openssl = shutil.which("openssl")
    assert openssl, "the openssl command makes the test server's certificate"
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"), "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(params=["starttls", "implicit"])
def server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[tuple[Relay, Keeper]]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    keeper = Keeper()

    def login(
        _server: object, _session: object, _envelope: object, _mechanism: object, data: object
    ) -> AuthResult:
        good = (getattr(data, "login", b""), getattr(data, "password", b"")) == (b"us@er", b"p:w/d")
        return AuthResult(success=good, handled=good)

    implicit, port = request.param == "implicit", free_port()
    controller = Controller(
        keeper, "127.0.0.1", port, authenticator=login,
        **({"ssl_context": context, "auth_require_tls": False} if implicit
           else {"tls_context": context, "require_starttls": True, "auth_required": True}),
    )  # fmt: skip
    controller.start()
    url = (
        f"smtps://us%40er:p%3Aw%2Fd@127.0.0.1:{port}?verify=0"
        if implicit
        else f"smtp://us%40er:p%3Aw%2Fd@127.0.0.1:{port}?starttls=1&verify=0"
    )
    yield read_relays(url)[0], keeper
    stop(controller)


def test_a_message_goes_through_encrypted_and_logged_in(server: tuple[Relay, Keeper]) -> None:
    relay, keeper = server
    connection = Connection(relay, "test", SHORT)
    for _ in range(3):
        connection.open(Envelope("a@example.com", "b@example.com"))
        connection.body(BODY)
        assert connection.finish().code == 250
    connection.quit()
    assert keeper.taken == [BODY] * 3


def test_a_lane_goes_through_encrypted_and_logged_in(
    server: tuple[Relay, Keeper], database: Database, db: Session, tmp_path: Path
) -> None:
    """Bodies of a megabyte: more than OpenSSL and the kernel take at once."""
    relay, keeper = server
    mailing = make_mailing(db, utc_now(), 9)
    control.start(db, mailing, utc_now())
    db.commit()
    writer = PlainWriter()
    writer.more = "0123456789abcdef" * 4 + "\r\n"
    writer.more *= 15_000
    lane = Lane(
        database, terms_of(mailing), writer, [relay], this_host(tmp_path),
        clock=utc_now, gate=OpenGate(3), local_name="test",
    )  # fmt: skip
    report = lane.run()
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 9}, report
    digests = {row.body_sha256 for row in rows_of(db, mailing)}
    assert {hashlib.sha256(body).hexdigest() for body in keeper.taken} == digests


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_password_outside_ascii_logs_in_by_what_is_offered(mechanism: str) -> None:
    def login(
        _server: object, _session: object, _envelope: object, by: str, data: LoginPassword
    ) -> AuthResult:
        good = by == mechanism and data == LoginPassword("trà".encode(), "mật khẩu".encode())
        return AuthResult(success=good, handled=good)

    others = [name for name in ("PLAIN", "LOGIN") if name != mechanism]
    port = free_port()
    controller = Controller(
        Keeper(), "127.0.0.1", port,
        authenticator=login, auth_require_tls=False, auth_exclude_mechanism=others,
    )  # fmt: skip
    controller.start()
    try:
        url = f"smtp://tr%C3%A0:m%E1%BA%ADt%20kh%E1%BA%A9u@127.0.0.1:{port}"
        Connection(read_relays(url)[0], "test", SHORT).quit()
    finally:
        stop(controller)


class TokenKeeper(Keeper):
    """Lets in whoever bears the token."""

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        said = base64.b64decode(args[1]).decode()
        if said == "user=us@example.com\1auth=Bearer fresh\1\1":
            return AuthResult(success=True)
        # the server explains, and expects an empty answer
        await server.challenge_auth("eyJzdGF0dXMiOiI0MDEifQ==", encode_to_b64=False)
        return AuthResult(success=False, handled=False)


def test_an_access_token_is_read_at_each_login(tmp_path: Path) -> None:
    keeper, port = TokenKeeper(), free_port()
    controller = Controller(keeper, "127.0.0.1", port, auth_require_tls=False)
    controller.start()
    token = tmp_path / "token"
    relay = read_relays(f"smtp://us%40example.com@127.0.0.1:{port}?auth=xoauth2&token_file={token}")[0]
    try:
        token.write_text("stale\n")
        with pytest.raises(Down, match="535"):
            Connection(relay, "test", SHORT)
        token.write_bytes(b"\xff\xfe")  # caught while it is being written
        with pytest.raises(Down, match="decode"):
            Connection(relay, "test", SHORT)
        token.write_text("fresh\n")
        connection = Connection(relay, "test", SHORT)
        connection.open(Envelope("a@example.com", "b@example.com"))
        connection.body(BODY)
        assert connection.finish().code == 250
        connection.quit()
    finally:
        time.sleep(0.1)
        stop(controller)
    assert keeper.taken == [BODY]


def test_several_relays_stand_in_one_setting() -> None:
    found = read_relays("smtp://a.example?weight=3, smtps://u:p@b.example\nsmtp://c.example:26")
    assert [(relay.name, relay.weight) for relay in found] == [
        ("a.example:25", 3), ("b.example:465", 1), ("c.example:26", 1),
    ]  # fmt: skip
    assert read_relays("smtp://a.example, smtp://b.example")[0].host == "a.example"


def test_a_wrong_password_and_a_strange_certificate_try_nothing(server: tuple[Relay, Keeper]) -> None:
    relay, keeper = server
    wrong = Relay(relay.host, relay.port, relay.tls, relay.user, "wrong", verify=False)
    with pytest.raises(Down, match="535"):
        Connection(wrong, "test", SHORT)
    careful = Relay(relay.host, relay.port, relay.tls, relay.user, relay.password, verify=True)
    with pytest.raises(Down, match="certificate"):
        Connection(careful, "test", SHORT)
    assert keeper.taken == []


def test_a_server_without_starttls_gets_nothing_when_it_is_asked_for() -> None:
    with running(Sink()) as sink, pytest.raises(Down, match="STARTTLS"):
        Connection(Relay("127.0.0.1", sink.port, "starttls"), "test", SHORT)


class Shy(SMTP):
    """Knows nobody once it is encrypted."""

    async def push(self, status: str | bytes) -> None:
        greets = self.session is not None and self.session.ssl and str(status).startswith("250-")
        await super().push("502 5.5.1 not known" if greets else status)


def test_a_server_that_does_not_greet_again_after_starttls_gets_nothing(certificate: Path) -> None:
    """What it offered in clear counts no longer, and a MAIL without a greeting would be refused."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    port = free_port()

    class Server(Controller):
        def factory(self) -> SMTP:
            return Shy(self.handler, tls_context=context)

    controller = Server(Keeper(), "127.0.0.1", port)
    controller.start()
    try:
        with pytest.raises(Down, match="502"):
            Connection(Relay("127.0.0.1", port, "starttls", verify=False), "test", SHORT)
    finally:
        stop(controller)


@pytest.mark.parametrize(
    "address",
    ["a@example.com>\r\nRCPT TO:<evil@example.com", "a b@example.com", "<a@example.com", "a@", "", "a@b\n"],
)
def test_an_address_is_never_a_command(address: str) -> None:
    with running(Sink()) as sink:
        connection = Connection(Relay("127.0.0.1", sink.port), "test", SHORT)
        with pytest.raises(Turned) as refused:
            connection.open(Envelope("us@example.com", address))
        assert refused.value.reply.code == 501
        connection.open(Envelope("us@example.com", "ok@example.com"))
        connection.body(BODY)
        connection.finish()
        connection.quit()
        assert [taken.recipient for taken in sink.accepted] == ["ok@example.com"]


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtp://mail.example.com", Relay("mail.example.com", 25)),
        ("smtp://mail.example.com:587?starttls=1", Relay("mail.example.com", 587, "starttls")),
        ("smtps://u:p%40@mail.example.com", Relay("mail.example.com", 465, "implicit", "u", "p@")),
        ("smtp://[::1]:2525?verify=0", Relay("::1", 2525, verify=False)),
    ],
)
def test_urls(url: str, relay: Relay) -> None:
    assert read_relays(url)[0] == relay
    assert relay.password not in repr(relay) or not relay.password


@pytest.mark.parametrize(
    "url",
    [
        "http://x", "smtp://", "smtp://x:99999", "mail.example.com:25", "smtp://x,", "smtp://x?weight=0",
        "smtp://x?auth=magic", "smtp://x,smtp://x:25", "smtp://a..b",
    ],
)  # fmt: skip
def test_urls_that_make_no_sense_are_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(SetupError, match="SMTP_URL"):
        read_relays(url)[0]
