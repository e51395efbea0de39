"""A short run of the fault lab: the whole system, killed in every part, loses and doubles nothing."""

import json
import subprocess
import sys

import pytest

STRIKES = {"kills": 2, "web-kills": 1, "flushes": 1, "db-kills": 1, "outages": 1, "pauses": 1}

# they have tests of their own, and make everything wait for seconds
LONG = dict.fromkeys(("stops", "clock-jumps", "full-disks", "slowdowns"), 0)


@pytest.mark.parametrize(
    "seed", [83]
)  # kills far from what else is down, so that rows in flight can be counted
def test_nothing_is_lost_twice_or_hidden(backend: str, seed: int) -> None:
    options = [f"--{name}={count}" for name, count in (STRIKES | LONG).items()]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "campaign.cli", "chaos", "--recipients=120", f"--seed={seed}"),
            *("--database", "postgresql" if backend == "postgres" else "sqlite"),
            *("--outage-seconds=0.5", "--pace=60", "--json", *options),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["violations"] == [], found
    assert done.returncode == 0
    assert (found["lost"], found["duplicates"]) == (0, 0)
    assert found["unknown"] <= found["unknown_bound"]
    assert found["kills"] == 2
    assert found["kills_with_rows_in_flight"] >= 1
    assert found["flushes"] == found["web_kills"] == found["outages"] == found["pauses"] == 1
    assert found["db_kills"] == (1 if backend == "postgres" else 0)
    assert found["unsubscribed"] > 0
    assert found["suppressed"] > 0
