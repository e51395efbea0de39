"""For the supervisor, the load balancer and Prometheus: `/healthz` says that we run, `/readyz` that we can
work, `/metrics` how much there is to do."""

from __future__ import annotations

import hmac
import ipaddress

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError

from campaign.queue import connect_briefly
from campaign.watch import counts, fleet, metrics, signs
from campaign.watch.fleet import Fleet
from campaign.watch.monitor import Monitor
from campaign.watch.probes import ASK_SECONDS, Finding
from campaign.web import unit
from campaign.web.access import public

blueprint = Blueprint("health", __name__)
UNAVAILABLE = 503
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


def monitor() -> Monitor:
    """The probes of this application."""
    found: Monitor = unit.house().monitor
    return found


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """503 when a check is red; `?only=database` asks for some, for a balancer whose pages work without the
    rest. Why a check is red is told on private addresses only."""
    asked = request.args.get("only")
    names = monitor().names if asked is None else asked.split(",")
    if set(names) - set(monitor().names):
        abort(404)
    found = monitor().look(names)
    ready = all(finding.ok for finding in found.values())
    told = _is_trusted()
    answer: dict[str, object] = {
        "ready": ready,
        "checks": {name: _said(finding, told) for name, finding in found.items()},
    }
    return answer, 200 if ready else UNAVAILABLE


def _said(finding: Finding, told: bool) -> dict[str, object]:
    """As JSON; to strangers without the reason, and without the names of its parts."""
    answer: dict[str, object] = {"ok": finding.ok}
    if told and finding.text:
        answer["text"] = finding.text
    if told and finding.parts:
        answer["parts"] = {name: _said(part, told) for name, part in finding.parts.items()}
    return answer


@blueprint.get("/metrics")
@public
def numbers() -> ResponseReturnValue:
    """For private addresses, or for who shows CAMPAIGN_METRICS_TOKEN when there is one."""
    if not _is_trusted():
        abort(403)
    found = monitor().look()
    counted, counted_at, beat_at = counts.Counts(), None, None
    if found["database"].ok:
        counted, counted_at = counts.kept(unit.db())
        sign = signs.last(unit.db(), signs.BEAT)
        beat_at = sign.at if sign else None
    working = workers() if found["redis"].ok else None
    text = metrics.text(counted, counted_at, beat_at, working, found, unit.now())
    return text, 200, {"Content-Type": metrics.CONTENT_TYPE}


def workers() -> Fleet | None:
    """Queues and workers; None when the queue server does not answer."""
    client = connect_briefly(unit.settings(), ASK_SECONDS)
    try:
        return fleet.look(unit.settings(), client, unit.now())
    except RedisError:
        return None
    finally:
        client.close()


def _is_trusted() -> bool:
    """The token, when one is set; else an address of the house's own network. What a proxy that we were not
    told of forwards comes from anywhere."""
    token = unit.settings().metrics_token
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    forwarded = any(name in request.headers for name in FORWARDED)
    if forwarded and not unit.settings().trusted_proxies:
        return False
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return address.is_private or address.is_loopback
