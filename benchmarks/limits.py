"""What a limit costs a message: `python benchmarks/limits.py` prints microseconds a `Gate.take`.

Needs nothing but the installation: it starts a Valkey of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime

from campaign import config, processes
from campaign.dispatch.limits import opening
from campaign.dispatch.limits.gate import SharedGate
from campaign.dispatch.limits.terms import Limit, Limits

LANE = opening.Lane(["smtp.example.com:25"], "shop.example.com", connections=10)
FREE = Limit(second=10_000_000, day=1_000_000_000)
ROUNDS = 7
TAKES = 20_000
# messages a second at which a lane paces itself in the last row
PACE = 5_000
# messages that one lane has under way on its connections
MOST = 20


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="limits-") as folder:
        settings = config.load({"CAMPAIGN_STATE_DIR": folder})
        server = subprocess.Popen(processes.valkey(settings).argv, stdout=subprocess.DEVNULL)
        try:
            processes.wait_for_redis(settings)
            measure(settings)
        finally:
            server.terminate()
            server.wait()


def measure(settings: config.Settings) -> None:
    redis = opening.impatient(settings)

    def gate(limits: Limits) -> SharedGate:
        return opening.make_gate(redis, settings, limits, 2, LANE, datetime.now(UTC))

    relay, to = {LANE.relays[0]: FREE}, {"google": FREE}
    cases = {
        "no limit": (Limits(recipients={"yahoo": FREE}), TAKES),
        "relay limited": (Limits(relays=relay), TAKES),
        "relay and provider limited": (Limits(relays=relay, recipients=to), TAKES),
        "one call a message (batches of one)": (
            Limits(relays={LANE.relays[0]: Limit(day=1_000_000_000)}),
            2_000,
        ),
    }
    for name, (limits, takes) in cases.items():
        costs = []
        for _ in range(ROUNDS):
            redis.flushall()
            asked = gate(limits)
            if "batches of one" in name:
                asked.take("gmail.com")
                next(iter(asked._accounts.values())).most = 1
            began = time.perf_counter()
            through = sum(asked.take("gmail.com") == 0.0 for _ in range(takes))
            costs.append((time.perf_counter() - began) / takes * 1e6)
            assert through == takes, (name, through)
        print(f"{name}: {statistics.median(costs):.2f} µs a take (of {ROUNDS} rounds)")
    print(under_way(gate(Limits(recipients={"google": Limit(connections=MOST)}))))
    print(paced(gate(Limits(relays={LANE.relays[0]: Limit(second=PACE)})), redis))


def under_way(gate: SharedGate) -> str:
    """Messages under way limited, and all of the limit in use: one is over, what is in hand is counted, the
    next one is let through."""
    hand = ["gmail.com"] * MOST
    gate.follow(lambda: hand)
    costs = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(TAKES):
            assert gate.take("gmail.com") > 0.0
            hand.pop()
            assert gate.freed()
            assert gate.take("gmail.com") == 0.0
            hand.append("gmail.com")
        costs.append((time.perf_counter() - began) / TAKES * 1e6)
    gate.close()
    return f"{MOST} under way and one waits: {statistics.median(costs):.2f} µs a message (of {ROUNDS} rounds)"


def paced(gate: SharedGate, redis: object) -> str:
    """A lane that sends whenever it may, at a limit of `PACE` a second: what it got, and what asking cost."""
    began, cpu, sent = time.perf_counter(), time.thread_time(), 0
    while time.perf_counter() - began < 5:
        wait = gate.take("gmail.com")
        if wait:
            time.sleep(wait)
        else:
            sent += 1
    seconds = time.perf_counter() - began
    spent = (time.thread_time() - cpu) / sent * 1e6
    return (
        f"limit {PACE} a second: {sent / seconds:.0f} a second got through, {spent:.2f} µs of processor each"
    )


if __name__ == "__main__":
    main()
