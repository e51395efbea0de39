"""What is known of a run when it is over: rows, the sink's record, and what pages and commands say."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from campaign.dispatch.rebuild import Writers, rebuild
from campaign.i18n import translate
from campaign.lab import chaos_pages
from campaign.lab.chaos_acts import Acts
from campaign.lab.chaos_check import Facts, Row
from campaign.lab.chaos_system import System
from campaign.lab.sink_record import read
from campaign.models import AudienceMember, Campaign, Delivery, DeliveryState, Mailing
from campaign.processes import environment, python_module

# messages that are made again, a few milliseconds each
REBUILT = 100
_DECIDE = re.compile(r"/unknown/(\d+)\"")


@dataclass(frozen=True)
class Page:
    """What a person reads on the page of the sending."""

    counts: dict[str, int]
    listed: frozenset[int]
    more: int


def gather(system: System, mailing_id: int, acts: Acts, stuck: str, missed: list[str]) -> Facts:
    """Everything, at a moment when nothing moves any more."""
    rows = _rows(system, mailing_id)
    command = _command(system, mailing_id)
    page = _page(system, mailing_id, sum(row.state is DeliveryState.UNKNOWN for row in rows))
    truth = Counter(row.state.value for row in rows)
    told = chaos_pages.installation(system, truth)
    lost_replies = system.sink.order()["lost_replies"]
    return Facts(
        frozen=_frozen(system, mailing_id),
        rows=rows,
        record=read(system.sink.record),
        unknown_bound=acts.unknown_bound + lost_replies,
        listed=page.listed,
        listed_more=page.more,
        refusals=acts.refusals,
        pauses=acts.pauses,
        rebuilt=_rebuilt(system, rows),
        counts={"the page": page.counts, "campaign send status": _said(command), **told},
        stuck=stuck,
        missed=missed,
    )


def _rows(system: System, mailing_id: int) -> list[Row]:
    columns = (
        Delivery.id,
        Delivery.message_id_header,
        Delivery.address,
        Delivery.state,
        Delivery.body_sha256,
        Delivery.reason,
    )
    with system.database.read() as db:
        found = db.execute(select(*columns).where(Delivery.mailing_id == mailing_id).order_by(Delivery.id))
        return [Row(*row) for row in found]


def _frozen(system: System, mailing_id: int) -> int:
    with system.database.read() as db:
        audience_id = db.get_one(Mailing, mailing_id).audience_id
        members = select(func.count()).where(AudienceMember.audience_id == audience_id)
        return db.scalar(members) or 0


def _rebuilt(system: System, rows: Sequence[Row]) -> dict[str, str]:
    """Some of the messages, spread over the mailing, made again from what was signed."""
    accepted = [row for row in rows if row.state is DeliveryState.ACCEPTED]
    some = accepted[:: max(1, len(accepted) // REBUILT)][:REBUILT]
    writers: Writers = {}
    with system.database.read() as db:
        return {
            row.address: rebuild(db, system.settings, db.get_one(Delivery, row.row_id), writers).verdict.value
            for row in some
        }


def _page(system: System, mailing_id: int, unknown: int) -> Page:
    """The page of the sending as its marketer sees it, in Vietnamese, over HTTP."""
    with system.database.read() as db:
        campaign = db.get_one(Campaign, db.get_one(Mailing, mailing_id).campaign_id)
        path, account_id = f"/campaigns/{campaign.id}/send", campaign.account_id
    text, language = chaos_pages.page(system, path, account_id)
    counts = chaos_pages.states_in(text, language)
    listed = frozenset(int(number) for number in _DECIDE.findall(text))
    rest = unknown - len(listed)
    says_so = html.escape(translate(language, "campaigns-more", count=rest)) in text
    return Page(counts, listed, rest if rest > 0 and says_so else 0)


def _command(system: System, mailing_id: int) -> subprocess.Popen[str]:
    """The command line is asked; it starts while the rest is gathered."""
    settings = system.settings
    env = environment(settings) | {
        "DATABASE_URL": settings.database_url,
        "SMTP_URL": settings.smtp_url,
        "REDIS_URL": settings.redis_url,
    }
    command = python_module("campaign.cli", "send", str(mailing_id), "status", "--json")
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ours)


def _said(command: subprocess.Popen[str]) -> dict[str, int]:
    """What it answers."""
    said, _ = command.communicate()
    if command.returncode:
        raise subprocess.CalledProcessError(command.returncode, command.args)
    found = json.loads(said.splitlines()[-1])
    return {state.value: found[state.value] for state in DeliveryState if found.get(state.value)}
