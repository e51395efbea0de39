"""People and machines are told apart by what they send."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaign.track.machines import looks_like_machine, too_soon
from tests.conftest import NOW

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile"
)
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


@pytest.mark.parametrize(
    "agent", [SAFARI, GMAIL, "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "Thunderbird/128"]
)
def test_people(agent: str) -> None:
    assert not looks_like_machine({"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": agent})


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_USER_AGENT": ""},
        {},
        {"HTTP_USER_AGENT": "Mozilla/5.0"},
        {"HTTP_USER_AGENT": "Barracuda Sentinel (EE)"},
        {"HTTP_USER_AGENT": "python-requests/2.32"},
        {"HTTP_USER_AGENT": SAFARI, "HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_USER_AGENT": SAFARI, "HTTP_X_PURPOSE": "Preview"},
        {"HTTP_USER_AGENT": SAFARI, "REQUEST_METHOD": "HEAD"},
    ],
)
def test_machines(environ: dict[str, str]) -> None:
    assert looks_like_machine({"REQUEST_METHOD": "GET"} | environ)


def test_nobody_reads_within_a_second() -> None:
    assert too_soon(NOW, NOW - timedelta(seconds=1))
    assert too_soon(NOW, None)
    assert not too_soon(NOW, NOW - timedelta(seconds=10))
