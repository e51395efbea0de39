"""A real PgBouncer in transaction mode between us and PostgreSQL: the road of a mailing, many times over.

Skipped, and said so, where no pgbouncer is installed (`apt-get install pgbouncer`).
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from campaign import audit, config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, moves
from campaign.models import Channel, DeliveryState
from campaign.queue import Queues, connect
from tests.dispatch.making import make_mailing, states
from tests.sockets import free_port, wait_for_port

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed: apt-get install pgbouncer"),
]


@pytest.fixture
def pooled(database: Database, tmp_path: Path) -> Iterator[Database]:
    """The test's database through two server connections."""
    if database.is_sqlite:
        pytest.skip("PgBouncer is for PostgreSQL")
    url = database.url
    port = free_port()
    host = url.query.get("host") or url.host
    # not under pytest's folder, which is root's alone
    folder = Path(tempfile.mkdtemp(prefix="campaign-bouncer-"))
    folder.chmod(0o755)
    (folder / "users").write_text(f'"{url.username}" "{url.password or ""}"\n')
    (folder / "ini").write_text(
        f"[databases]\npooled = host={host} port={url.port or 5432} dbname={url.database} "
        f"user={url.username}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        f"auth_file = {folder}/users\npool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 50\n"
    )
    command = [str(PGBOUNCER), str(folder / "ini")]
    if os.geteuid() == 0:  # it refuses to run as root
        # and must reach the server's socket: in a folder of the server's user
        socket_owner = Path(str(host)).stat().st_uid if str(host).startswith("/") else 65534
        command[1:1] = ["--user", pwd.getpwuid(socket_owner).pw_name]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        made = Database(f"postgresql+psycopg://{url.username}@127.0.0.1:{port}/pooled?pooler=transaction")
        yield made
        made.close()
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder)


def test_many_sessions_share_two_connections(pooled: Database, tmp_path: Path) -> None:
    """Statements run often enough to be prepared, by more clients than there are server connections."""
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "DATABASE_URL": str(pooled.url)})
    with pooled.session() as db:
        mailing = make_mailing(db, utc_now(), people=200)
        control.start(db, mailing, utc_now())
        db.commit()
    failures: list[BaseException] = []

    def lane(number: int) -> None:
        try:
            for _ in range(20):
                with pooled.write() as db:
                    moves.claim(db, mailing.id, Channel.EMAIL, f"lane {number}", 5, utc_now())
                    audit.record(db, None, "test.lane", "lane", number, utc_now())
        except BaseException as error:  # noqa: BLE001 (shown below)
            failures.append(error)

    lanes = [threading.Thread(target=lane, args=(number,)) for number in range(6)]
    for thread in lanes:
        thread.start()
    beat = Beat(settings, pooled, Queues(connect(settings)))
    for _ in range(10):
        assert beat.round(utc_now())
    for thread in lanes:
        thread.join()
    assert failures == []
    with pooled.session() as db:
        assert states(db, mailing) == {DeliveryState.CLAIMED: 200}
        assert audit.verify(db) is None
        assert db.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
        # transaction-scoped locks leave nothing behind for the next client of the connection
        assert db.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) == 0


def test_the_option_is_ours_and_does_not_reach_the_server(database: Database) -> None:
    url = make_url("postgresql+psycopg://me@host/name?pooler=transaction&sslmode=require")
    made = Database(url.render_as_string())
    assert dict(made.engine.url.query) == {"sslmode": "require"}
    made.close()
