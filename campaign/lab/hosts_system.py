"""The system spread over hosts: database, queue server, mail sink, pages with the beat, and two workers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from campaign import config, processes
from campaign.db import Database
from campaign.dispatch.host import this_host
from campaign.errors import SetupError
from campaign.lab import postgres, proc
from campaign.lab.chaos_system import DEATHS_ALLOWED, System
from campaign.lab.hosts import Network, network
from campaign.lab.sink_process import sink_process
from campaign.models import Delivery, DeliveryState
from campaign.processes import Program
from campaign.supervisor import Out, Supervisor, members

HOST_OF = {"web": "web", "beat": "web", "email-1": "work1", "email-2": "work2", "valkey": "queue"}
REDIS_PORT, WEB_PORT = 6399, 8099
# a host that is to stay down for good
FOR_EVER = 10**9
# half seconds until a database that was killed answers again, on a busy machine
HELD_TRIES = 120


class Hosts(System):
    """Like a system on one machine; its programs run where `HOST_OF` says, with a state folder each host."""

    network: Network
    folder: Path

    def start_queue(self) -> None:
        host = self.network.address("queue")
        folder = self._folder("queue")
        options = ("--bind", host, "--port", str(REDIS_PORT), "--protected-mode", "no", "--dir", str(folder))
        argv = (str(processes.valkey_binary()), *options, "--appendonly", "yes", "--save", "")
        quiet = ("--loglevel", "warning", "--logfile", "valkey.log")
        self.supervisor.start(Program("valkey", (*self.network.before("queue"), *argv, *quiet), last=True))
        processes.wait_for_redis(self.settings)

    def start_programs(self) -> None:
        for program in processes.programs(self.settings):
            host = HOST_OF.get(program.name)
            if host:
                env = {"CAMPAIGN_STATE_DIR": str(self._folder(host))}
                self.supervisor.start(
                    Program(program.name, (*self.network.before(host), *program.argv), program.env | env)
                )

    def processes_of(self, host: str) -> Sequence[int]:
        """All processes of a host."""
        if host == "db":
            assert self.cluster is not None
            return [self.cluster.pid, *proc.descendants(self.cluster.pid)]
        if host == "mail":
            return [self.sink.process.pid]
        names = [name for name, where in HOST_OF.items() if where == host]
        return [pid for name in names if (top := self.supervisor.pid_of(name)) for pid in members({top})]

    def connections_of(self, host: str) -> int:
        """Connections to the sink that a cut of this host's cable may cost a reply: its own when it sends,
        else all, for without database or sink no sender hears what it needs in time."""
        senders = [(name, pid) for name, _parent, pid in self.senders()]
        return sum(
            proc.connections(pid, self.sink.port)
            for name, pid in senders
            if host in ("db", "mail") or HOST_OF[name] == host
        )

    def lose(self, host: str) -> int:
        """The host is gone for good, its disk too; how many rows it held. Nobody will read its journal."""
        for pid in self.processes_of(host):
            proc.freeze(pid)
        self.network.lose(host)
        for name, where in HOST_OF.items():
            if where == host:
                self.supervisor.keep_down(name, FOR_EVER)
        return self._held(this_host(self._folder(host)).id)

    def _held(self, host_id: str) -> int:
        """Rows of a host that does nothing any more, those of its processes that died before it and whose
        journals it had not read yet among them; once the database answers and has done what it was
        asked before: two counts that agree."""
        before = None
        for _ in range(HELD_TRIES):
            self.wait(0.5)
            found = self._claimed_by(host_id)
            if found is not None and found == before:
                return found
            before = found
        raise SetupError("The database does not come back: what the lost host held cannot be counted.")

    def _claimed_by(self, host_id: str) -> int | None:
        """Claimed, or given up since; None while the database does not answer."""
        owners = Delivery.lease_owner.startswith(f"{host_id}:", autoescape=True)
        states = (DeliveryState.CLAIMED, DeliveryState.UNKNOWN)
        rows = select(func.count()).where(Delivery.state.in_(states), owners)
        try:
            with self.database.read() as db:
                return db.scalar(rows) or 0
        except DBAPIError:
            return None

    def _folder(self, host: str) -> Path:
        folder = self.folder / host
        folder.mkdir(exist_ok=True)
        return folder


@contextmanager
def hosts(folder: Path, env: Mapping[str, str], out: Out) -> Iterator[Hosts]:
    """Network, database and sink are up; queue server and programs are not started yet."""
    with ExitStack() as stack:
        net = stack.enter_context(network())
        cluster = stack.enter_context(
            postgres.running(False, net.address("db"), processes.free_port(), net.before("db"))
        )
        sink = stack.enter_context(sink_process(folder, host=net.address("mail"), before=net.before("mail")))
        ours = {
            "CAMPAIGN_STATE_DIR": str(folder),
            "CAMPAIGN_SECRET_KEY_FILE": str(folder / "secret_key"),
            # each host has a state folder of its own, and all are one installation
            "CAMPAIGN_SYSTEM_ID": "hosts of the lab",
            "CAMPAIGN_EMAIL_WORKERS": "2",
            "CAMPAIGN_HOST": net.address("web"),
            "CAMPAIGN_PORT": str(WEB_PORT),
            "CAMPAIGN_BASE_URL": f"http://{net.address('web')}:{WEB_PORT}",
            "CAMPAIGN_NOTICES": "0",
            "SMTP_URL": f"smtp://{net.address('mail')}:{sink.port}",
            "DATABASE_URL": cluster.url,
            "REDIS_URL": f"redis://{net.address('queue')}:{REDIS_PORT}",
        } | dict(env)
        settings = config.load(ours)
        # the lab looks at a host whose cable it has pulled, and must not wait for it
        database = Database(cluster.local_url)
        stack.callback(database.close)
        supervisor = Supervisor(processes.environment(settings) | ours, out, deaths_allowed=DEATHS_ALLOWED)
        stack.callback(supervisor.stop)
        made = Hosts(settings, supervisor, sink, database, cluster)
        made.network, made.folder = net, folder
        net.processes_of = made.processes_of
        if not net.is_real:
            sys.stderr.write(
                "THIS MACHINE GIVES NO NETWORK NAMESPACES (root is needed): the hosts are groups of "
                "processes with folders of their own, and a cut cable is a host that stands still.\n"
            )
        yield made
