"""What the running installation says over HTTP: pages as people see them, and the numbers for machines."""

from __future__ import annotations

import html
import re
import time
import urllib.request
from collections.abc import Mapping

from sqlalchemy import select

from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.i18n import translate
from campaign.lab.chaos_system import System
from campaign.models import Account, AccountRole, DeliveryState, Role

PAGE_SECONDS = 30.0
# the beat counts for all others, every five seconds and on a slow machine less often
COUNTED_SECONDS = 60.0
COOKIE = "campaign_session"
_COUNT = re.compile(
    r'<th scope="row"[^>]*>(?:<a [^>]*>)?([^<]+)(?:</a>)?</th>\s*<td class="number[^"]*">([^<]+)</td>'
)
_METRIC = re.compile(r'^campaign_deliveries\{state="(\w+)"\} (\d+)$', re.MULTILINE)


def page(system: System, path: str, account_id: int) -> tuple[str, str]:
    """A page as that person sees it, and the person's language."""
    with system.database.write() as db:
        account = db.get_one(Account, account_id)
        token = sessions.start(db, account, utc_now(), "the lab")
        language = account.language
    return fetched(system, path, {"Cookie": f"{COOKIE}={token}"}), language


def fetched(system: System, path: str, headers: Mapping[str, str] | None = None) -> str:
    """The answer, as soon as the web application is back from its last death."""
    request = urllib.request.Request(  # noqa: S310 (our own http address)
        f"{system.settings.base_url}{path}", headers=dict(headers or {})
    )
    end = time.monotonic() + PAGE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PAGE_SECONDS) as answer:  # noqa: S310 (as above)
                text: str = answer.read().decode()
                return text
        except OSError:
            if time.monotonic() > end:
                raise
            system.wait(0.2)


def states_in(text: str, language: str) -> dict[str, int]:
    """Deliveries by state, as a table of the page says."""
    labels = {translate(language, f"campaigns-delivery-{state}"): state.value for state in DeliveryState}
    return {
        labels[html.unescape(label).strip()]: int(re.sub(r"\D", "", number))
        for label, number in _COUNT.findall(text)
        if html.unescape(label).strip() in labels
    }


def states_in_metrics(text: str) -> dict[str, int]:
    """The same of /metrics, without those that are empty."""
    return {state: int(count) for state, count in _METRIC.findall(text) if int(count)}


def installation(system: System, truth: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """What /metrics and the operations page say of all deliveries, once the beat has counted again: they are
    asked until they agree with the rows, for a minute at most."""
    account_id = _administrator(system)
    end = time.monotonic() + COUNTED_SECONDS
    while True:
        text, language = page(system, "/operations", account_id)
        told = {
            "/metrics": states_in_metrics(fetched(system, "/metrics")),
            "the operations page": states_in(text, language),
        }
        if all(counts == truth for counts in told.values()) or time.monotonic() > end:
            return told
        system.wait(0.2)


def _administrator(system: System) -> int:
    with system.database.write() as db:
        found = db.scalar(select(Account.id).where(Account.email == "operator@example.com"))
        if found is not None:
            return found
        account = Account(
            name="Operator", email="operator@example.com", password_hash="", created_at=utc_now(),
            role_rows=[AccountRole(role=Role.ADMIN)],
        )  # fmt: skip
        db.add(account)
        db.flush()
        return account.id
