"""`campaign bench pages`: what memory the web needs for the pages of a house with a million customers.

The installation is a real one: web and beat as `campaign up` starts them, a queue server, people who sign in
through the form. Each sees all that their role leads to, alone and then all at once. The most that a process
ever held is asked of the kernel (VmHWM), and begun anew before each page of the first round: every page
has a figure of its own.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.routing import MapAdapter

from campaign import config, processes
from campaign.accounts.demo import LOGINS, PASSWORD
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.errors import SetupError
from campaign.lab import bench_pages_asked as asked
from campaign.lab import bench_pages_data as data
from campaign.lab import postgres, proc
from campaign.lab.bench_pages_visit import Browser, Visit
from campaign.supervisor import Out, Supervisor
from campaign.web import create_app

Tell = Callable[[str], None]
START_SECONDS = 60
# to /proc/PID/clear_refs: the peak begins again at what is held now (proc(5))
FORGET_PEAK = "5"
PROGRAMS = ("web", "beat")
FAULT = 500
# that the house is not ready is an answer: no mail server listens to it
SAYS_NO = frozenset({"health.readyz"})
# megabytes that no process may hold at a million planned deliveries
LIMIT_MB = 200


@dataclass
class Page:
    """What the pages of one endpoint needed: megabytes of the web process at most, while one of them was made
    and nothing else was asked for; how much of that was new; the longest."""

    peak_mb: float = 0.0
    grown_mb: float = 0.0
    seconds: float = 0.0
    visits: int = 0
    worst: str = ""


@dataclass
class Figures:
    """Megabytes are VmHWM of the largest process of each program."""

    recipients: int
    database: str
    start_mb: float = 0.0
    """The web process before anybody asked it for anything."""
    alone_mb: float = 0.0
    """After everybody, one after the other."""
    together_mb: float = 0.0
    """After all of them at once."""
    rest_mb: float = 0.0
    """What it holds when all have gone."""
    peak_rss_mb: float = 0.0
    """The largest of all processes at any time."""
    beat_mb: float = 0.0
    failed: list[str] = field(default_factory=list)
    """Answers that are faults of ours (500 and above)."""
    unseen: list[str] = field(default_factory=list)
    """Pages that nobody was led to."""
    groups: dict[str, float] = field(default_factory=dict)
    """The most that the pages of one area needed."""
    pages: dict[str, Page] = field(default_factory=dict)


def bench(recipients: int, database: str, out: Out, tell: Tell) -> Figures:
    """`database`: `sqlite`, `postgresql` for a server of its own, or the URL of an empty one (or of one that
    this bench has filled before)."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-pages-")))
        url = "" if database == "sqlite" else database
        if database == "postgresql":
            url = stack.enter_context(postgres.running()).url
        port = processes.free_port()
        env = {
            "CAMPAIGN_STATE_DIR": str(folder), "DATABASE_URL": url, "REDIS_URL": "", "CAMPAIGN_DEMO": "1",
            "CAMPAIGN_PORT": str(port), "CAMPAIGN_MAILBOX_PORT": "0", "CAMPAIGN_LOG": "json",
            "SMTP_URL": "smtp://127.0.0.1:9", "CAMPAIGN_SYSTEM_ID": "b" * 32,
        }  # fmt: skip
        settings = config.load(env)
        house = Database(settings.database_url)
        stack.callback(house.close)
        made = data.fill(settings, house, recipients, utc_now(), tell)
        routes = create_app(settings, house).url_map.bind("127.0.0.1")
        figures = Figures(recipients, "sqlite" if database == "sqlite" else "postgresql")
        with _running(settings, processes.environment(settings) | env, out) as supervisor:
            watch = _Watch(supervisor, tell)
            figures.start_mb = watch.peak()
            with house.read() as db:
                places = asked.Places.of(db, made)
            _visit(watch, routes, port, places, figures)
            figures.beat_mb = round(watch.peak("beat"), 1)
        figures.peak_rss_mb = max(figures.alone_mb, figures.together_mb, figures.beat_mb)
        return figures


def _visit(watch: _Watch, routes: MapAdapter, port: int, places: asked.Places, figures: Figures) -> None:
    def browsers() -> list[Browser]:
        return [Browser(login.email.partition("@")[0], port, routes, watch.note) for login in LOGINS]

    def stay(browser: Browser) -> Browser:
        browser.sign_in(f"{browser.who}@example.com", PASSWORD)
        browser.walk(["/", *asked.addresses(routes, places)])
        asked.forms(browser, places)
        return browser

    seen = [stay(browser) for browser in browsers()]
    figures.alone_mb = round(watch.most, 1)
    watch.by_page = False
    watch.peak(anew=True)
    with ThreadPoolExecutor(len(LOGINS)) as threads:
        seen += threads.map(stay, browsers())
    figures.together_mb, figures.rest_mb = round(watch.peak(), 1), round(watch.held(), 1)
    known = sum((browser.kinds for browser in seen), Counter())
    every = {rule.endpoint for rule in routes.map.iter_rules() if "GET" in (rule.methods or ())}
    figures.unseen = sorted(every - set(known))
    figures.failed = watch.failed
    figures.start_mb = round(figures.start_mb, 1)
    figures.pages = dict(sorted(watch.pages.items(), key=lambda one: -one[1].peak_mb))
    groups: defaultdict[str, float] = defaultdict(float)
    for name, page in watch.pages.items():
        area = name.partition(" ")[2].partition(".")[0]
        groups[area] = max(groups[area], page.peak_mb)
    figures.groups = dict(sorted(groups.items(), key=lambda one: -one[1]))


class _Watch:
    """The web process, looked at after each page."""

    def __init__(self, supervisor: Supervisor, tell: Tell) -> None:
        self._supervisor = supervisor
        self._tell = tell
        self._lock = threading.Lock()
        self.by_page = True
        self.most = 0.0
        self.pages: defaultdict[str, Page] = defaultdict(Page)
        self.failed: list[str] = []
        self._before = self.peak(anew=True)

    def note(self, visit: Visit) -> None:
        """A page was answered."""
        with self._lock:
            words = f"{visit.method} {visit.address} ({visit.who}): {visit.status}"
            if visit.status >= FAULT and visit.endpoint not in SAYS_NO:
                self.failed.append(words)
            if not self.by_page:
                return
            peak = self.peak(anew=True)
            page = self.pages[f"{visit.method} {visit.endpoint or visit.address}"]
            grown = max(0.0, peak - self.most) if self.most else 0.0
            if peak > page.peak_mb:
                page.peak_mb, page.worst = round(peak, 1), visit.address
            page.grown_mb = round(page.grown_mb + grown, 1)
            page.seconds = round(max(page.seconds, visit.seconds), 2)
            page.visits += 1
            self.most = max(self.most, peak)
            told = f"{peak:7.1f} MB {'+' if grown else ' '}{grown:5.1f}  {visit.seconds:6.2f} s"
            self._tell(f"{told}  {visit.bytes:>9}  {words}")

    def peak(self, program: str = "web", anew: bool = False) -> float:
        """Of the largest process of the program; `anew` lets it begin again."""
        found = 0.0
        for pid in self._pids(program):
            found = max(found, proc.peak_mb(pid))
            if anew:
                Path(f"/proc/{pid}/clear_refs").write_text(FORGET_PEAK)
        return found

    def held(self) -> float:
        """What the largest process of the web holds now, in MB."""
        return max(proc.held_mb(pid) for pid in self._pids("web"))

    def _pids(self, program: str) -> list[int]:
        pid = self._supervisor.pid_of(program)
        if pid is None:
            raise SetupError(f"The program {program} does not run any more; --verbose shows what it says.")
        return [pid, *proc.descendants(pid)]


@contextmanager
def _running(settings: Settings, env: dict[str, str], out: Out) -> Iterator[Supervisor]:
    """Queue server, web and beat; what they say is shown by a thread of its own."""
    supervisor = Supervisor(env, out)
    stop = threading.Event()
    reader = threading.Thread(target=lambda: supervisor.run(stop.is_set))
    try:
        supervisor.start(processes.valkey(settings))
        processes.wait_for_redis(settings)
        for program in processes.programs(settings):
            if program.name in PROGRAMS:
                supervisor.start(program)
        end = time.monotonic() + START_SECONDS
        while not processes.answers("127.0.0.1", settings.web_port):
            if time.monotonic() > end:
                raise SetupError("The web does not start; --verbose shows what it says.")
            supervisor.step(0.1)
        reader.start()
        yield supervisor
    finally:
        stop.set()
        if reader.is_alive():
            reader.join()
        supervisor.stop()
