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
from functools import cache, partial

from campaign.lab import lint_hostile
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.registry import all_rules


@dataclass(frozen=True)
class Worst:
    """The text on which a rule takes longest."""

    text: str
    seconds: float


@dataclass(frozen=True)
class Figures:
    """`engine_seconds` is for all rules over one message, which share what they read; the worst text's."""

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
    """All of them, one process a processor; `tell` hears of each text.

    First all rules over one message of each text; then each rule by itself on those texts that were the
    slowest for it or for all rules together.
    """
    count = sum(1 for _ in lint_hostile.texts(1))
    worst: dict[str, Worst] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        together: dict[int, _Run] = {}
        first = {pool.submit(_together, index, size): index for index in range(count)}
        for run in as_completed(first):
            together[first[run]] = run.result()
            tell(len(together), 2 * count)
        alone = {pool.submit(_alone, index, size, rules): index for index, rules in _chosen(together).items()}
        over = 0
        for done, job in enumerate(as_completed(alone), start=1):
            tell(count + done, count + len(alone))
            over += sum(seconds > 1 for seconds in job.result().values())
            for rule, seconds in job.result().items():
                if rule not in worst or seconds > worst[rule].seconds:
                    worst[rule] = Worst(together[alone[job]].name, seconds)
    slowest = max(worst, key=lambda rule: worst[rule].seconds)
    engine = max(together.values(), key=lambda run: run.seconds)
    return Figures(
        texts=count,
        bytes=size,
        max_seconds=worst[slowest].seconds,
        max_rule=slowest,
        max_text=worst[slowest].text,
        engine_seconds=engine.seconds,
        engine_text=engine.name,
        over_a_second=over,
        rules=dict(sorted(worst.items(), key=lambda item: -item[1].seconds)),
    )


@dataclass(frozen=True)
class _Run:
    name: str
    seconds: float
    rules: dict[str, float]


# texts on which a rule is measured by itself: the slowest for it, and the slowest for all rules
_FOR_IT, _FOR_ALL = 5, 5


def _chosen(together: dict[int, _Run]) -> dict[int, list[str]]:
    by_seconds = sorted(together, key=lambda index: -together[index].seconds)
    found: dict[int, list[str]] = {}
    for rule in (rule.id for rule in all_rules()):
        own = sorted(together, key=lambda index: -together[index].rules[rule])[:_FOR_IT]
        for index in {*own, *by_seconds[:_FOR_ALL]}:
            found.setdefault(index, []).append(rule)
    return found


def _together(index: int, size: int) -> _Run:
    """All rules over one message, which share what they read."""
    _warm()
    hostile = _text(index, size)
    gc.collect()
    drafts: dict[tuple[str, str], Draft] = {}
    by_rule: dict[str, float] = {}
    for rule in all_rules():
        made = hostile.draft(rule)
        draft = drafts.setdefault((made.channel, made.declared_kind), made)
        by_rule[rule.id] = _seconds(partial(check, draft, rules=[rule]))
    return _Run(hostile.name, round(sum(by_rule.values()), 3), by_rule)


def _alone(index: int, size: int, rules: list[str]) -> dict[str, float]:
    """Seconds of each rule over a message of which nothing was read yet."""
    _warm()
    hostile = _text(index, size)
    gc.collect()
    chosen = [rule for rule in all_rules() if rule.id in rules]
    return {
        rule.id: _seconds(lambda rule=rule: check(hostile.draft(rule), rules=[rule]))  # type: ignore[misc]  # mypy infers no lambda with a default
        for rule in chosen
    }


def _text(index: int, size: int) -> lint_hostile.Hostile:
    return next(one for at, one in enumerate(lint_hostile.texts(size)) if at == index)


@cache
def _warm() -> None:
    """Lexicons and tables are read once in a process, whatever the message."""
    for lang in ("vi", "en", "zh"):
        for place in (lint_hostile.TEXT, lint_hostile.HTML):
            usual = lint_hostile.Hostile("", lang, place, "<p>Trà sen 20% https://a.vn/x 八折 {{ a }}</p>")
            for rule in all_rules():
                check(usual.draft(rule), rules=[rule])


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return round(time.process_time() - start, 3)
