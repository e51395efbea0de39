"""`campaign bench send`: the real road against `smtp-source` and a plain loop, in one run.

Rounds alternate, so that what else the machine does falls on all alike; figures are medians, ratios are
taken within a round. The last round goes into the lab's own sink, whose record is compared with the rows.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, TextIO

from sqlalchemy import select

from campaign import processes
from campaign.dispatch.states import SETTLED
from campaign.lab import bench_peers
from campaign.lab.bench_ours import Installation, Round, Tell, installation
from campaign.lab.sink_process import sink_process
from campaign.lab.sink_record import read
from campaign.models import Delivery, DeliveryState
from campaign.supervisor import Out

OURS, SMTP_SINK = "ours", "smtp-sink"
# the plain loop is slow: this share of the mailing says how fast it is, within these bounds
PLAIN_SHARE, PLAIN_LEAST, PLAIN_MOST = 0.02, 200, 2000


@dataclass(frozen=True)
class Plan:
    """What is measured. `database`: `postgresql`, `sqlite` or a URL; `sink`: OURS or SMTP_SINK."""

    recipients: int
    processes: int
    database: str
    sink: str
    rounds: int
    dkim: str = "none"


@dataclass(frozen=True)
class Figures:
    """What the bench prints. `lost`: planned, but in no visible state, or accepted but not in the sink;
    counted in the round that went into the lab's own sink, as are `duplicates` and `unknown`."""

    messages_per_second: float
    seconds: float
    peak_rss_mb: float
    processes: int
    message_bytes: int
    planned: int
    accepted: int
    sink_received: int
    lost: int
    duplicates: int
    unknown: int
    freeze_and_plan_seconds: float
    recipients: int
    database: str
    dkim: str
    rounds: int
    smtp_source_per_second: float | None = None
    smtplib_per_second: float | None = None
    smtplib_orm_per_second: float | None = None
    ratio_to_smtp_source: float | None = None
    ratio_to_smtplib: float | None = None
    ratio_to_smtplib_orm: float | None = None
    cpu_us_per_message: dict[str, float] = field(default_factory=dict)
    """Processor time a message: by stage of a lane, then of all sending processes, then of the database."""
    rq_share: float | None = None
    """Share of the wall time that a sending process spent outside of lanes: the queue's own cost."""

    @property
    def agree(self) -> bool:
        """Whether database and sink say the same, and all went out once."""
        whole = self.accepted == self.sink_received == self.planned == self.recipients
        return whole and not self.lost and not self.duplicates and not self.unknown


@dataclass(frozen=True)
class Witness:
    """What the round into the lab's own sink showed."""

    planned: int
    accepted: int
    received: int
    lost: int
    duplicates: int
    unknown: int
    message_bytes: int


def bench(plan: Plan, tell: Callable[[str, int, int], None], log: Out | None = None) -> Figures:
    """Measure; `tell` hears what goes on and how far it is."""
    if plan.sink == SMTP_SINK:
        bench_peers.require()
    with ExitStack() as stack:
        # a short name: a socket's path may hold 107 bytes only
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        port = processes.free_port()
        said = (folder / "said.log").open("w+")
        out = Tee(stack.enter_context(said), log)
        here = stack.enter_context(installation(folder, plan.database, plan.processes, port, out, plan.dkim))
        tell("preparing", 0, plan.recipients)
        here.prepare(plan.recipients)
        # first, for it says how large a message is; and no round is the first one of cold caches
        witness, first = _witness(folder, here, port, lambda done, total: tell("checking", done, total))
        rounds, peers = [first], Peers([], [], [])
        if plan.sink == SMTP_SINK:
            rounds = _rounds(plan, here, port, witness.message_bytes, peers, tell)
        else:
            for number in range(1, plan.rounds):
                again, more = _witness(folder, here, port, _telling(tell, number, plan.rounds))
                witness = again if _is_worse(again, witness) else witness
                rounds.append(more)
        return _figures(plan, here, witness, rounds, peers, _lanes(folder / "said.log"))


@dataclass
class Peers:
    """Messages a second, one figure a round."""

    source: list[float]
    plain: list[float]
    orm: list[float]
    """The plain loop with SQLAlchemy's objects for rows."""


class Tee:
    """What the programs say, kept, and shown when somebody wants to see it."""

    def __init__(self, file: TextIO, also: Out | None) -> None:
        self._file = file
        self._also = also

    def write(self, words: str) -> None:
        self._file.write(words)
        if self._also is not None:
            self._also.write(words)

    def flush(self) -> None:
        self._file.flush()


def _telling(tell: Callable[[str, int, int], None], number: int, rounds: int) -> Tell:
    return lambda done, total: tell(f"round {number + 1} of {rounds}", done, total)


def _rounds(
    plan: Plan,
    here: Installation,
    port: int,
    size: int,
    peers: Peers,
    tell: Callable[[str, int, int], None],
) -> list[Round]:
    """Alternating: ours, smtp-source, the plain loop; the order turns from round to round."""
    found: list[Round] = []
    plain = min(PLAIN_MOST, max(PLAIN_LEAST, round(plan.recipients * PLAIN_SHARE)))
    url = here.settings.database_url
    for number in range(plan.rounds):
        with bench_peers.smtp_sink(port):
            acts: list[Callable[[], None]] = [
                lambda number=number: found.append(here.round(_telling(tell, number, plan.rounds))),  # type: ignore[misc]  # mypy infers no lambda with a default
                lambda: peers.source.append(bench_peers.smtp_source(port, plan.recipients, size)),
                lambda: peers.plain.append(bench_peers.plain_loop(port, plain, size, url)),
                lambda: peers.orm.append(bench_peers.plain_loop(port, plain, size, url, orm=True)),
            ]
            turn = number % len(acts)
            for act in acts[turn:] + acts[:turn]:
                act()
    return found


def _witness(folder: Path, here: Installation, port: int, tell: Tell) -> tuple[Witness, Round]:
    """One round into the lab's own sink, and whether its record and the rows agree."""
    with sink_process(folder, port=port) as sink:
        sink.record.write_text("")
        sent = here.round(tell)
    taken = read(sink.record).taken
    with here.database.read() as db:
        columns = (
            Delivery.message_id_header,
            Delivery.address,
            Delivery.state,
            Delivery.body_sha256,
        )
        rows = db.execute(select(*columns).where(Delivery.mailing_id == here.mailing_id)).all()
    copies = Counter((found.message_id, found.recipient) for found in taken)
    bodies = {(found.message_id, found.recipient): found.sha256 for found in taken}
    accepted = [row for row in rows if row.state is DeliveryState.ACCEPTED]
    missing = sum(bodies.get((row[0], row[1])) != row.body_sha256 for row in accepted)
    witness = Witness(
        planned=len(rows),
        accepted=len(accepted),
        received=len(taken),
        lost=missing + sum(row.state not in SETTLED for row in rows),
        duplicates=len(taken) - len(copies),
        unknown=sum(row.state is DeliveryState.UNKNOWN for row in rows),
        message_bytes=round(sum(found.size for found in taken) / max(1, len(taken))),
    )
    return witness, sent


def _is_worse(one: Witness, other: Witness) -> bool:
    return one.lost + one.duplicates + one.unknown > other.lost + other.duplicates + other.unknown


def _lanes(said: Path) -> list[dict[str, Any]]:
    """What the lanes told about their time (`workers.email`)."""
    lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
    return [json.loads(line[line.index("{") :]) for line in lines if '"lane_times"' in line]


def _figures(
    plan: Plan,
    here: Installation,
    witness: Witness,
    rounds: Sequence[Round],
    peers: Peers,
    lanes: Sequence[dict[str, Any]],
) -> Figures:
    rates = [witness.planned / sent.seconds for sent in rounds]
    return Figures(
        messages_per_second=round(median(rates), 1),
        seconds=round(median(sent.seconds for sent in rounds), 2),
        peak_rss_mb=round(here.peak_mb, 1),
        processes=plan.processes,
        message_bytes=witness.message_bytes,
        planned=witness.planned,
        accepted=witness.accepted,
        sink_received=witness.received,
        lost=witness.lost,
        duplicates=witness.duplicates,
        unknown=witness.unknown,
        freeze_and_plan_seconds=round(here.prepared_seconds, 2),
        recipients=plan.recipients,
        database=here.database.url.get_backend_name(),
        dkim=plan.dkim,
        rounds=plan.rounds,
        smtp_source_per_second=_median(peers.source, 1),
        smtplib_per_second=_median(peers.plain, 1),
        smtplib_orm_per_second=_median(peers.orm, 1),
        ratio_to_smtp_source=_ratio(rates, peers.source),
        ratio_to_smtplib=_ratio(rates, peers.plain),
        ratio_to_smtplib_orm=_ratio(rates, peers.orm),
        cpu_us_per_message=_cpu(witness.planned, rounds, lanes),
        rq_share=_outside_lanes(plan.processes, rounds, lanes),
    )


def _median(values: Sequence[float], digits: int) -> float | None:
    return round(median(values), digits) if values else None


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    return _median([our / their for our, their in zip(ours, theirs, strict=True)], 3) if theirs else None


def _cpu(planned: int, rounds: Sequence[Round], lanes: Sequence[dict[str, Any]]) -> dict[str, float]:
    stages: Counter[str] = Counter()
    for lane in lanes:
        stages.update(lane["spent_ns"])
    messages = sum(lane["messages"] for lane in lanes)
    found = {stage: round(ns / 1000 / max(1, messages), 1) for stage, ns in stages.items()}
    for who in rounds[0].cpu:
        each = [sent.cpu[who] / planned * 1e6 for sent in rounds]
        found[f"{who}_process"] = round(median(each), 1)
    return found


def _outside_lanes(workers: int, rounds: Sequence[Round], lanes: Sequence[dict[str, Any]]) -> float | None:
    """Within the rounds, how much of the sending processes' time no lane was at work."""
    if not lanes:
        return None
    whole = sum(sent.seconds for sent in rounds) * workers
    inside = sum(
        max(0.0, min(lane["ended"], sent.ended) - max(lane["began"], sent.began))
        for sent in rounds
        for lane in lanes
    )
    return round(max(0.0, 1 - inside / whole), 4)


def as_json(figures: Figures) -> dict[str, Any]:
    """For `--json`."""
    return asdict(figures)
