"""The relay of deploy/compose, set up by its start script: it serves no stranger, whatever the address."""

import os
import re
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.postfix import DAEMONS
from tests.sockets import free_port, wait_for_port

pytestmark = pytest.mark.servers
START = Path(__file__).parents[2] / "deploy/compose/postfix/start.sh"
INBOUND, OUTSIDE = "reply.example.com", "example.org"


@dataclass(frozen=True)
class Doors:
    """Two ports of 127.0.0.1, which is an address of the relay's own network as the engine's gateway is."""

    public: int
    submission: int


@pytest.fixture
def relay() -> Iterator[Doors]:
    """Postfix as in the container, but for its folders and the numbers of its ports."""
    if os.geteuid() != 0:
        pytest.fail("These tests need root: sudo make test-servers")
    doors = Doors(free_port(), free_port())
    # not under pytest's folder, which only its owner may enter: parts of Postfix run as another user
    with tempfile.TemporaryDirectory(prefix="relay-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("etc", "queue", "data"):
            (folder / part).mkdir()
        shutil.chown(folder / "data", "postfix")
        _debian(folder)
        script = START.read_text()
        head, _, _ = script.partition("exec postfix start-fg")
        for ours, theirs in (
            ("inet_interfaces=all", "inet_interfaces=127.0.0.1"),
            ("submission/inet", f"127.0.0.1:{doors.submission}/inet"),
            ("submission inet", f"127.0.0.1:{doors.submission} inet"),
        ):
            assert ours in head
            head = head.replace(ours, theirs)
        env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "MAIL_CONFIG": str(folder / "etc"),
            "RELAY_HOSTNAME": "mail.example.com",
            "CAMPAIGN_INBOUND_DOMAIN": INBOUND,
        }
        subprocess.run(["sh"], input=head, env=env, text=True, check=True)
        master = folder / "etc" / "master.cf"
        text, found = re.subn(
            r"^smtp( +inet )", rf"127.0.0.1:{doors.public}\1", master.read_text(), flags=re.M
        )
        assert found == 1
        master.write_text(text)
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                ("postfix", "start-fg"), env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            wait_for_port(doors.public)
            wait_for_port(doors.submission)
            yield doors
        finally:
            subprocess.run(("postfix", "stop"), env=env, check=False, capture_output=True)
            running.wait()


def _debian(folder: Path) -> None:
    """What Debian's package leaves in /etc/postfix, with folders of our own."""
    shutil.copy("/usr/share/postfix/master.cf.dist", folder / "etc" / "master.cf")
    lines = {
        "compatibility_level": "3.6",
        "mail_owner": "postfix",
        "setgid_group": "postdrop",
        "command_directory": "/usr/sbin",
        "daemon_directory": str(DAEMONS),
        "queue_directory": str(folder / "queue"),
        "data_directory": str(folder / "data"),
        "mynetworks": "127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128",
        "smtpd_relay_restrictions": "permit_mynetworks permit_sasl_authenticated defer_unauth_destination",
        "inet_protocols": "ipv4",
    }
    text = "".join(f"{name} = {value}\n" for name, value in lines.items())
    (folder / "etc" / "main.cf").write_text(text)


def _asked(port: int, domain: str) -> int:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="stranger.example.net") as link:
        link.ehlo()
        link.mail("somebody@example.net")
        return link.rcpt(f"somebody@{domain}")[0]


def test_the_open_door_takes_only_what_comes_back(relay: Doors) -> None:
    assert (_asked(relay.public, INBOUND), _asked(relay.public, OUTSIDE)) == (250, 554)


def test_the_inner_door_takes_what_workers_send(relay: Doors) -> None:
    assert (_asked(relay.submission, INBOUND), _asked(relay.submission, OUTSIDE)) == (250, 250)
