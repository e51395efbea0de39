"""`campaign bench lint --hostile`: every rule on every hostile text of a megabyte, in CPU time.

Each rule gets a message that nothing was read of yet, so what it shares with other rules is counted with it.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from campaign.lab import lint_hostile
from lint_rules.engine import check
from lint_rules.registry import all_rules


@dataclass(frozen=True)
class Worst:
    """The text on which a rule takes longest."""

    text: str
    seconds: float


@dataclass(frozen=True)
class Figures:
    """`engine_seconds` is for all rules over one message, which share what they read."""

    texts: int
    bytes: int
    max_seconds: float
    max_rule: str
    max_text: str
    engine_seconds: float
    engine_text: str
    over_a_second: int
    rules: dict[str, Worst]


def bench(
    size: int = lint_hostile.SIZE, tell: Callable[[int, int], None] = lambda done, total: None
) -> Figures:
    """All of them, one process a processor; `tell` hears of each text."""
    count = sum(1 for _ in lint_hostile.texts(1))
    worst: dict[str, Worst] = {}
    engine = Worst("", 0.0)
    over = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(_measured, index, size) for index in range(count)]
        for done, job in enumerate(as_completed(jobs), start=1):
            name, whole, by_rule = job.result()
            tell(done, count)
            engine = max(engine, Worst(name, whole), key=lambda one: one.seconds)
            over += sum(seconds > 1 for seconds in by_rule.values())
            for rule, seconds in by_rule.items():
                if rule not in worst or seconds > worst[rule].seconds:
                    worst[rule] = Worst(name, seconds)
    slowest = max(worst, key=lambda rule: worst[rule].seconds)
    return Figures(
        texts=count,
        bytes=size,
        max_seconds=worst[slowest].seconds,
        max_rule=slowest,
        max_text=worst[slowest].text,
        engine_seconds=engine.seconds,
        engine_text=engine.text,
        over_a_second=over,
        rules=dict(sorted(worst.items(), key=lambda item: -item[1].seconds)),
    )


def _measured(index: int, size: int) -> tuple[str, float, dict[str, float]]:
    """The text's name, the seconds of all rules together, and those of each rule by itself."""
    _warm()
    chosen = next(one for at, one in enumerate(lint_hostile.texts(size)) if at == index)
    whole = _seconds(lambda: check(chosen.draft()))
    by_rule = {
        rule.id: _seconds(lambda rule=rule: check(chosen.draft(rule), rules=[rule]))  # type: ignore[misc]
        for rule in all_rules()
    }
    return chosen.name, whole, by_rule


def _warm() -> None:
    """Lexicons and tables are read once in a process, whatever the message."""
    for lang in ("vi", "en", "zh"):
        for place in (lint_hostile.TEXT, lint_hostile.HTML):
            usual = lint_hostile.Hostile("", lang, place, "<p>Trà sen 20% https://a.vn/x 八折 {{ a }}</p>")
            for rule in all_rules():
                check(usual.draft(rule), rules=[rule])


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return round(time.process_time() - start, 3)
