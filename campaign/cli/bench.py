"""`campaign bench`: measure."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from campaign.lab import (
    bench_import,
    bench_lint,
    bench_lint_hostile,
    bench_pages,
    bench_plan,
    bench_search,
    bench_segments,
    bench_segments_limits,
    bench_send,
)

EXIT_NO = 1


@click.group()
def command() -> None:
    """Measure. `--json` prints one JSON object as the last line."""


@command.command()
@click.option("--recipients", type=click.IntRange(1), default=50_000, show_default=True)
@click.option(
    "--processes", type=click.IntRange(1, 32), default=1, show_default=True, help="Sending processes."
)
@click.option(
    "--database",
    default="postgresql",
    show_default=True,
    help="postgresql, a server of the bench's own; sqlite; or the URL of an empty database.",
)
@click.option(
    "--sink",
    type=click.Choice([bench_send.SMTP_SINK, bench_send.OURS]),
    default=bench_send.SMTP_SINK,
    show_default=True,
    help="What the rounds go into. One round goes into ours in any case, to be checked.",
)
@click.option("--dkim", type=click.Choice(["none", "rsa", "ed25519"]), default="none", show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
@click.option("--verbose", is_flag=True, help="Show what the processes say.")
def send(
    recipients: int,
    processes: int,
    database: str,
    sink: str,
    dkim: str,
    rounds: int,
    as_json: bool,
    verbose: bool,
) -> None:
    """Send through workers and SMTP, beside smtp-source and a plain loop in the same run.

    \b
    Rounds alternate; figures are medians, ratios are taken within a round. One more round goes into a sink
    that keeps a record, which is compared with the database.
    Exit 1 when they do not agree.
    """
    plan = bench_send.Plan(recipients, processes, database, sink, rounds, dkim)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("sending", total=recipients)
        figures = bench_send.bench(
            plan,
            lambda what, done, total: bar.update(
                task, description=what, completed=done, total=total or recipients
            ),
            sys.stderr if verbose else None,
        )
    _tell(bench_send.as_json(figures), as_json)
    if not figures.agree:
        click.echo("The sink and the database do not agree.", err=True)
        raise SystemExit(EXIT_NO)


@command.command()
@click.option("--recipients", type=click.IntRange(1), default=1_000_000, show_default=True)
@click.option(
    "--database",
    default="postgresql",
    show_default=True,
    help="postgresql, a server of the bench's own; sqlite; or the URL of an empty database.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def plan(recipients: int, database: str, as_json: bool) -> None:
    """Freeze an audience and plan its deliveries: seconds, and the most memory that any process held."""
    with Console(stderr=True).status(f"making {recipients} customers, freezing, planning ..."):
        figures = bench_plan.bench(recipients, database)
    _tell(asdict(figures), as_json)


@command.command()
@click.option("--contacts", type=click.IntRange(1), default=1_000_000, show_default=True)
@click.option("--orders", type=click.IntRange(1), default=5_000_000, show_default=True)
@click.option(
    "--database",
    default="both",
    show_default=True,
    help="both; postgresql, a server of the bench's own; sqlite; or the URL of an empty database.",
)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option(
    "--only",
    multiple=True,
    help="rfm, upkeep, or how a question's name begins (08, 16_champions); more than once. All without it.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder in which the filled database stays for the next run; 1.5 to 3 GB at full size.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def segments(
    contacts: int,
    orders: int,
    database: str,
    rounds: int,
    only: tuple[str, ...],
    keep: Path | None,
    as_json: bool,
) -> None:
    """RFM beside NTILE over the orders, questions beside hand-written SQL, and what upkeep costs.

    \b
    What is compared takes turns in one database; figures are medians. The questions and
    their SQL stand in benchmarks/segments, NTILE in benchmarks/baselines. The first figures
    are those of the database that is nearer to a limit. Exit 1 when scores take over 0.3 of
    NTILE or a question over 1.2 of its SQL, 2 when a segment does not count what the
    hand-written SQL counts.
    """
    names = ("postgresql", "sqlite") if database == "both" else (database,)
    found: dict[str, bench_segments.Figures] = {}
    with Console(stderr=True).status("starting ...") as status:
        for name in names:
            asked = bench_segments.Plan(contacts, orders, name, rounds, only, keep)
            found[name] = bench_segments.bench(asked, status.update)
    worst = bench_segments_limits.worst(found)
    every = {name: bench_segments.as_json(figures) for name, figures in found.items()}
    if as_json:
        click.echo(json.dumps(every[worst] | {"databases": every}))
    else:
        for told in every.values():
            _tell_segments(told)
    missed = bench_segments_limits.missed(found)
    for line in missed:
        click.echo(line, err=True)
    if missed:
        raise SystemExit(EXIT_NO)


def _tell_segments(figures: dict[str, Any]) -> None:
    each = figures.pop("segments")
    _tell(figures, as_json=False)
    for name, one in each.items():
        took = f"{one['count_ms']:>9} ms  {one['handwritten_ms']:>9} ms"
        click.echo(f"{name:<44} {one['count']:>9}  {took}  {one['ratio']}")


@command.command("import")
@click.option("--rows", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=bench_import.ROUNDS, show_default=True)
@click.option(
    "--database",
    type=click.Choice(["both", "postgresql", "sqlite"]),
    default="both",
    show_default=True,
    help="postgresql is a server of the bench's own.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def import_(rows: int, rounds: int, database: str, as_json: bool) -> None:
    """Import customers with consent, duplicates and checks, beside writing the same rows unchecked.

    \b
    Sides take turns, figures are medians. The limit is three times the baseline
    (benchmarks/baselines/import_rows.py). The first figures are those of the database that is nearer to it.
    Exit 1 when a limit is missed.
    """
    names = ("postgresql", "sqlite") if database == "both" else (database,)
    with Console(stderr=True).status("...") as status:
        found = bench_import.bench(rows, rounds, names, status.update)
    worst = max(found, key=lambda name: found[name].ratio_to_limit)
    told = {"rows": rows, "rounds": rounds, "database": worst, **asdict(found[worst])}
    _tell(told | {"databases": {name: asdict(figures) for name, figures in found.items()}}, as_json)
    if found[worst].ratio_to_limit > 1:
        raise SystemExit(EXIT_NO)


@command.command()
@click.option("--rows", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option(
    "--database",
    default="both",
    show_default=True,
    help="both; postgresql, a server of the bench's own; sqlite; or the URL of an empty database.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def search(rows: int, rounds: int, database: str, as_json: bool) -> None:
    """Twenty kinds of question to the list of contacts, as the page asks them: medians, in milliseconds.

    \b
    The contacts are made before, by COPY or executemany, which does not count.
    `found` is null where there are more than are counted (10,000).
    """
    names = ("postgresql", "sqlite") if database == "both" else (database,)
    with Console(stderr=True).status("...") as status:
        by_name = bench_search.bench(rows, rounds, names, status.update)
    worst = max(by_name, key=lambda name: by_name[name].worst_ms)
    told = {"rows": rows, "rounds": rounds, "database": worst, **asdict(by_name[worst])}
    if as_json:
        every = {name: asdict(figures) for name, figures in by_name.items()}
        click.echo(json.dumps(told | {"databases": every}, ensure_ascii=False))
        return
    for name, figures in by_name.items():
        for question, one in figures.questions.items():
            click.echo(
                f"{name:<12} {question:<42} {one.ms:>9} ms  {one.found if one.found is not None else 'many'}"
            )


@command.command()
@click.option("--recipients", type=click.IntRange(100), default=1_000_000, show_default=True)
@click.option(
    "--database",
    default="postgresql",
    show_default=True,
    help="postgresql, a server of the bench's own; sqlite; or the URL of an empty database, which is filled "
    "once and may be given again.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
@click.option("--verbose", is_flag=True, help="Show what the programs say.")
def pages(recipients: int, database: str, as_json: bool, verbose: bool) -> None:
    """The memory of the web process for every page, in a house whose mailing has so many deliveries.

    \b
    Four people sign in and open all that their role leads to, one after the other and
    then at once. A line a request: the most memory that the process held meanwhile,
    and by how much that was more than ever before. Exit 1 when a page fails, or when
    a process held 200 MB.
    """
    out = sys.stderr if verbose else io.StringIO()
    figures = bench_pages.bench(recipients, database, out, lambda words: click.echo(words, err=True))
    found = asdict(figures)
    if as_json:
        click.echo(json.dumps(found))
    else:
        for name in ("pages", "groups"):
            for key, value in found.pop(name).items():
                click.echo(f"{name:<8} {key:<44} {value}")
        _tell(found, as_json=False)
    if figures.failed or figures.peak_rss_mb >= bench_pages.LIMIT_MB:
        raise SystemExit(EXIT_NO)


def _tell(found: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, value in found.items():
        click.echo(f"{name:<26} {value}")


@command.command()
@click.option("--hostile", is_flag=True, help="Instead, a megabyte of malice for every rule: minutes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def lint(hostile: bool, as_json: bool) -> None:
    """All rules over a fixed corpus of 300 messages, beside tokenising alone and proselint.

    One core, five rounds, medians. Ratios are ours over theirs.
    """
    if hostile:
        _lint_hostile(as_json)
        return
    with Progress(
        TextColumn("linting"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task("linting", total=bench_lint.ROUNDS)
        figures = bench_lint.bench(lambda done, total: bar.update(task, completed=done, total=total))
    found = asdict(figures)
    if as_json:
        click.echo(json.dumps(found))
    else:
        for name, value in found.items():
            click.echo(f"{name:<26} {value}")
    if figures.proselint_ms is None:
        click.echo("proselint is not installed, so nothing was compared with it: make setup-dev", err=True)


def _lint_hostile(as_json: bool) -> None:
    """For each rule the text that it takes longest for; exit 1 when one takes more than a second."""
    with Progress(
        TextColumn("tiring"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task("tiring", total=None)
        figures = bench_lint_hostile.bench(
            tell=lambda done, total: bar.update(task, completed=done, total=total)
        )
    for rule, worst in figures.rules.items():
        click.echo(f"{worst.seconds:7.3f}  {rule:<44} {worst.text}")
    if as_json:
        click.echo(json.dumps(asdict(figures), ensure_ascii=False))
    else:
        click.echo(f"{figures.engine_seconds:7.3f}  {'all rules together':<44} {figures.engine_text}")
    if figures.over_a_second:
        raise SystemExit(EXIT_NO)
