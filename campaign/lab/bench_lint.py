"""`campaign bench lint`: every rule over the fixed corpus on one core, beside tokenising and proselint.

Each figure is the median of five rounds over the whole corpus in one process, in CPU time, so that another
program on the machine changes little. Every round reads its messages anew: nothing is kept from the last.
"""

from __future__ import annotations

import gc
import importlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from campaign.lab import bench_lint_audience, lint_corpus
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.phrases import tokens
from lint_rules.registry import all_rules

ROUNDS = 5


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds of CPU a message; ratios are ours over theirs, so below 1 is faster than it."""

    messages: int
    rules: int
    findings: int
    messages_per_second: float
    p50_ms: float
    p95_ms: float
    """Of the messages, each with the median of its five rounds."""
    p95_of_rounds_ms: float
    """Of the messages of one round, each measured once; the median of the rounds. What the machine does
    besides is in it."""
    tokenise_ms: float
    ratio_to_tokenise: float
    english_p50_ms: float
    proselint_ms: float | None
    ratio_to_proselint: float | None
    audience_ms_per_recipient: float
    """Of a frozen audience of a thousand, each linted as rendered for them."""


def bench(tell: Callable[[int, int], None] = lambda done, total: None) -> Figures:
    """Five rounds; `tell` hears of each."""
    corpus = lint_corpus.messages()
    english = [index for index, message in enumerate(corpus) if message["lang"] == "en"]
    lint_one = _linted
    rounds: list[list[float]] = []
    plain: list[float] = []
    theirs: list[float] = []
    proselint = _proselint()
    findings = sum(lint_one(message) for message in corpus)  # warms lexicons and patterns
    for number in range(ROUNDS):
        rounds.append(_times(lint_one, corpus))
        plain.append(median(_times(_tokenised, corpus)))
        if proselint:
            theirs.append(median(_times(proselint, [corpus[index] for index in english])))
        tell(number + 1, ROUNDS)
    each = [median(times) for times in zip(*rounds, strict=True)]
    p50 = median(each)
    ours_in_english = median(median(times[index] for index in english) for times in rounds)
    tokenise = median(plain)
    other = median(theirs) if theirs else None
    return Figures(
        messages=len(corpus),
        rules=len(all_rules()),
        findings=findings,
        messages_per_second=round(1000 / median(sum(times) / len(times) for times in rounds), 1),
        p50_ms=round(p50, 3),
        p95_ms=round(quantiles(each, n=20)[-1], 3),
        p95_of_rounds_ms=round(median(quantiles(times, n=20)[-1] for times in rounds), 3),
        tokenise_ms=round(tokenise, 4),
        ratio_to_tokenise=round(p50 / tokenise, 2),
        english_p50_ms=round(ours_in_english, 3),
        proselint_ms=None if other is None else round(other, 3),
        ratio_to_proselint=None if other is None else round(ours_in_english / other, 4),
        audience_ms_per_recipient=round(bench_lint_audience.milliseconds_per_recipient(), 3),
    )


def _times(run: Callable[[dict[str, Any]], object], messages: Iterable[dict[str, Any]]) -> list[float]:
    """Milliseconds of CPU for each message; the collector runs between rounds, not within a message."""
    gc.collect()
    gc.disable()
    try:
        return [_time(run, message) for message in messages]
    finally:
        gc.enable()


def _time(run: Callable[[dict[str, Any]], object], message: dict[str, Any]) -> float:
    start = time.process_time_ns()
    run(message)
    return (time.process_time_ns() - start) / 1e6


def _linted(message: dict[str, Any]) -> int:
    return len(check(Draft.from_json(message)))


def _tokenised(message: dict[str, Any]) -> Sequence[object]:
    return tokens(folded(normalised(message["text"])[0]))


def _proselint() -> Callable[[dict[str, Any]], object] | None:
    """Its default checks over one text; None where it is not installed (`make setup-dev` brings it)."""
    try:
        checks = importlib.import_module("proselint.checks")
        registry = importlib.import_module("proselint.registry")
        tools = importlib.import_module("proselint.tools")
    except ImportError:
        return None
    registry.CheckRegistry().register_many(checks.__register__)

    def run(message: dict[str, Any]) -> object:
        return tools.LintFile("letter", message["text"]).lint()

    return run
