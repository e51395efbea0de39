"""A real Postfix of a test's own: instances by their own folders, on ports of loopback, needing root."""

from __future__ import annotations

import datetime
import ipaddress
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sockets import free_port, wait_for_port

USER, PASSWORD, REALM = "campaign", "mật khẩu-7", "relay.test"
DAEMONS = Path("/usr/lib/postfix/sbin")

MASTER = """
{starttls}  inet  n - n - - smtpd
{implicit}  inet  n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_tls_security_level=
pickup      unix  n - n 60 1 pickup
cleanup     unix  n - n - 0 cleanup
qmgr        unix  n - n 300 1 qmgr
tlsmgr      unix  - - n 1000? 1 tlsmgr
rewrite     unix  - - n - - trivial-rewrite
bounce      unix  - - n - 0 bounce
defer       unix  - - n - 0 bounce
trace       unix  - - n - 0 bounce
verify      unix  - - n - 1 verify
flush       unix  n - n 1000? 0 flush
proxymap    unix  - - n - - proxymap
smtp        unix  - - n - - smtp
relay       unix  - - n - - smtp
error       unix  - - n - - error
retry       unix  - - n - - error
discard     unix  - - n - - discard
anvil       unix  - - n - 1 anvil
scache      unix  - - n - 1 scache
postlog     unix-dgram n - n - 1 postlogd
"""

MAIN = {
    # a full disk is told to the postmaster as well, in mails of its own
    "notify_classes": "",
    "compatibility_level": "3.6",
    "mail_owner": "postfix",
    "setgid_group": "postdrop",
    "command_directory": "/usr/sbin",
    "daemon_directory": str(DAEMONS),
    "maillog_file": "/dev/stdout",
    "myhostname": "relay.test",
    "mydestination": "",
    "mynetworks": "",
    "inet_interfaces": "127.0.0.1",
    "inet_protocols": "ipv4",
    "smtputf8_enable": "yes",
    "biff": "no",
    "alias_maps": "",
    "smtpd_tls_security_level": "encrypt",
    "smtpd_tls_auth_only": "yes",
    "smtpd_sasl_auth_enable": "yes",
    "smtpd_sasl_type": "cyrus",
    "smtpd_sasl_path": "smtpd",
    "smtpd_sasl_local_domain": REALM,
    "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
    "smtp_tls_security_level": "none",
    "minimal_backoff_time": "1s",
    "maximal_backoff_time": "2s",
    "queue_run_delay": "1s",
}


@dataclass
class Postfix:
    """A running instance. `url` of SMTP_URL for its two ports; `ca` is the authority that it is signed by."""

    folder: Path
    starttls: int
    implicit: int
    settings: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def url(self, how: str = "starttls", password: str = PASSWORD) -> str:
        from urllib.parse import quote

        login = f"{USER}:{quote(password)}@127.0.0.1"
        return (
            f"smtps://{login}:{self.implicit}"
            if how == "implicit"
            else f"smtp://{login}:{self.starttls}?starttls=1"
        )

    def start(self) -> None:
        self.write()
        log = (self.folder / "log").open("ab")
        command = ("postfix", "-c", str(self.config), "start-fg")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        log.close()
        wait_for_port(self.starttls)

    def change(self, **settings: str) -> None:
        """Other settings from now on."""
        self.settings |= settings
        self.write()
        subprocess.run(("postfix", "-c", str(self.config), "reload"), check=True, capture_output=True)

    def waiting(self) -> int:
        """Messages in its queue."""
        listed = subprocess.run(
            ("postqueue", "-c", str(self.config), "-j"), check=True, capture_output=True, text=True
        )
        return len(listed.stdout.splitlines())

    def stop(self) -> None:
        subprocess.run(("postfix", "-c", str(self.config), "stop"), check=False, capture_output=True)
        self.process.wait(20)

    @property
    def config(self) -> Path:
        return self.folder / "etc"

    def write(self) -> None:
        ports = {"starttls": f"127.0.0.1:{self.starttls}", "implicit": f"127.0.0.1:{self.implicit}"}
        (self.config / "master.cf").write_text(MASTER.format(**ports))
        lines = [f"{name} = {value}" for name, value in (MAIN | self.settings).items()]
        (self.config / "main.cf").write_text("\n".join(lines) + "\n")

    def grow_queue(self, megabytes: int) -> None:
        """More room for a queue that `tmpfs` made small."""
        queue = str(self.folder / "queue")
        subprocess.run(("mount", "-o", f"remount,size={megabytes}m", queue), check=True)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


@contextmanager
def postfix(next_port: int, *, queue_megabytes: int = 0, **settings: str) -> Iterator[Postfix]:
    """An instance that hands everything on to `next_port`, with a file system for its queue alone when that
    has a size."""
    _require()
    # not under pytest's folder, which only its owner may enter: parts of Postfix run as another user
    with tempfile.TemporaryDirectory(prefix="postfix-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("etc", "etc/sasl", "queue", "data"):
            (folder / part).mkdir()
        shutil.chown(folder / "data", "postfix")
        _certificates(folder)
        _password(folder)
        made = Postfix(
            folder,
            free_port(),
            free_port(),
            {
                "queue_directory": str(folder / "queue"),
                "data_directory": str(folder / "data"),
                "relayhost": f"[127.0.0.1]:{next_port}",
                "smtpd_tls_cert_file": str(folder / "server.pem"),
                "smtpd_tls_key_file": str(folder / "server.key"),
            }
            | settings,
        )
        if queue_megabytes:
            size = f"size={queue_megabytes}m,mode=755"
            subprocess.run(("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder / "queue")), check=True)
        try:
            made.start()
            yield made
        finally:
            made.stop()
            if queue_megabytes:
                subprocess.run(("umount", str(folder / "queue")), check=True)


def _require() -> None:
    if os.geteuid() != 0:
        pytest.fail("These tests need root: sudo make test-servers")
    missing = [name for name in ("postfix", "saslpasswd2") if not shutil.which(name)]
    if missing:
        pytest.fail(f"{', '.join(missing)} missing: apt-get install -y postfix sasl2-bin")


def _password(folder: Path) -> None:
    """One user for AUTH, in a database of SASL's own."""
    database = folder / "sasldb2"
    # where Debian's Postfix looks, whatever cyrus_sasl_config_path says
    (folder / "etc" / "sasl" / "smtpd.conf").write_text(
        f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {database}\n"
    )
    subprocess.run(
        ("saslpasswd2", "-p", "-c", "-f", str(database), "-u", REALM, USER),
        input=PASSWORD.encode(),
        check=True,
        capture_output=True,
    )
    shutil.chown(database, "postfix")


def _certificates(folder: Path) -> None:
    """An authority, and a server's certificate for 127.0.0.1 signed by it."""
    now = datetime.datetime.now(datetime.UTC)

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def builder(subject: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name("The tests' authority"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
        )

    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = builder("The tests' authority", authority).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = builder("relay.test", server).add_extension(address, critical=False)
    for made, file in ((ca, "ca.pem"), (leaf, "server.pem")):
        signed = made.sign(authority, hashes.SHA256())
        (folder / file).write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        server.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


class Greylist(socketserver.ThreadingTCPServer):
    """Postfix's policy protocol (SMTPD_POLICY_README): each recipient is put off once."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Policy)
        self.known: set[str] = set()
        self.put_off = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Policy(socketserver.StreamRequestHandler):
    server: Greylist

    def handle(self) -> None:
        asked: dict[str, str] = {}
        for raw in self.rfile:
            line = raw.decode().rstrip("\n")
            if line:
                name, _, value = line.partition("=")
                asked[name] = value
                continue
            recipient = asked.get("recipient", "")
            first = recipient not in self.server.known
            self.server.known.add(recipient)
            self.server.put_off += first
            action = "450 4.2.0 Greylisted, come again" if first else "DUNNO"
            self.wfile.write(f"action={action}\n\n".encode())
            asked = {}


@contextmanager
def greylist() -> Iterator[Greylist]:
    with Greylist() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
