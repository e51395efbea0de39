"""`campaign chaos`: the fault lab."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from campaign.lab import chaos
from campaign.lab.chaos_plan import Faults

EXIT_NO = 1
# the sink's pace when none is given: a run of 10,000 takes about seven minutes, for 70 strikes
DEFAULT_PACE = 30.0


@click.command()
@click.option("--recipients", type=click.IntRange(20), default=10_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="What goes wrong when follows from it.")
@click.option(
    "--database",
    default="sqlite",
    show_default=True,
    help="sqlite; postgresql, a server of the lab's own, which is killed too; or an empty database's URL.",
)
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True)
@click.option("--kills", type=click.IntRange(0), default=50, show_default=True, help="SIGKILLs of workers.")
@click.option("--web-kills", type=click.IntRange(0), default=10, show_default=True)
@click.option("--flushes", type=click.IntRange(0), default=5, show_default=True, help="FLUSHALLs.")
@click.option("--db-kills", type=click.IntRange(0), default=3, show_default=True, help="PostgreSQL's server.")
@click.option("--outages", type=click.IntRange(0), default=2, show_default=True, help="Of the mail server.")
@click.option("--outage-seconds", type=click.FloatRange(0), default=60.0, show_default=True)
@click.option("--pauses", type=click.IntRange(0), default=2, show_default=True)
@click.option("--stops", type=click.IntRange(0), default=1, show_default=True,
              help="Workers that stand still (SIGSTOP) and go on later.")  # fmt: skip
@click.option("--stop-seconds", type=click.FloatRange(0), default=90.0, show_default=True,
              help="Below 75 nobody takes their rows over.")  # fmt: skip
@click.option("--clock-jumps", type=click.IntRange(0), default=2, show_default=True,
              help="Clocks that are wrong by up to an hour for a while.")  # fmt: skip
@click.option("--full-disks", type=click.IntRange(0), default=1, show_default=True,
              help="Under the journals of what is being sent.")  # fmt: skip
@click.option("--slowdowns", type=click.IntRange(0), default=1, show_default=True,
              help="Of the database: every other moment it stands still.")  # fmt: skip
@click.option("--pace", type=click.FloatRange(0.1), default=DEFAULT_PACE, show_default=True,
              help="Messages a second that the sink takes, so that the run outlasts its faults.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
@click.option("--verbose", is_flag=True, help="Show what the processes say.")
def command(
    recipients: int,
    seed: int,
    database: str,
    workers: int,
    pace: float,
    as_json: bool,
    verbose: bool,
    **faults: float,
) -> None:
    """Send a mailing while everything around it is killed, and check from outside that nothing was lost,
    sent twice or hidden.

    \b
    Starts web, workers, beat, queue server, database server and a mail sink of its own in a temporary
    folder. docs/fault_lab.md says what is checked and how to read the figures.
    Exit 1 when an invariant does not hold.
    """
    run = chaos.Run(
        recipients=recipients,
        seed=seed,
        database=database,
        workers=workers,
        faults=Faults(**faults),  # type: ignore[arg-type]  # its options have the fields' names and kinds
        pace=pace,
    )
    result = chaos.chaos(
        run, lambda sentence: click.echo(sentence, err=True), sys.stderr if verbose else None
    )
    found = asdict(result)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            click.echo(f"{name:<26} {value}")
    if result.violations:
        for sentence in result.violations:
            click.echo(sentence, err=True)
        raise SystemExit(EXIT_NO)
