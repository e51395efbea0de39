"""`campaign lint`: check message files, mend them, or answer message after message."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from campaign.cli import linting
from campaign.cli.linting import FORMATS, Orders
from campaign.clock import house_day, utc_now
from campaign.lint import batch, waiver_file
from campaign.lint.files import Defaults
from lint_rules.config import Config
from lint_rules.packs import all_packs
from lint_rules.rule import LANGUAGES, Channel, Kind, Severity
from lint_rules.waiver import Waiver

EXIT_FINDINGS = 1
PACKS = tuple(all_packs())


def _packs(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    packs = tuple(name for name in given.lower().replace(" ", "").split(",") if name)
    wrong = [name for name in packs if name not in PACKS]
    if wrong:
        raise click.BadParameter(f"{', '.join(wrong)}: there are {', '.join(PACKS)}.")
    return packs


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of the files (else as they say, else guessed)."
)
@click.option(
    "--channel",
    type=click.Choice([channel.value for channel in Channel]),
    help="email (the default) or letter.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="What the message is for; marketing by default.",
)
@click.option(
    "--pack", "packs", default="", callback=_packs, metavar="vn,us,eu,ca,cn", help="Law packs to switch on."
)
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text", show_default=True)
@click.option("--fix", is_flag=True, help="Write the safe fixes into the files (- to output).")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--fail-level",
    type=click.Choice([level.value for level in Severity]),
    default=Severity.WARNING.value,
    show_default=True,
    help="Exit with 1 for findings of this severity or above.",
)
@click.option("--statistics", is_flag=True, help="How often each rule speaks, instead of the findings.")
@click.option(
    "--add-waiver",
    metavar="REASON",
    help="Excuse every finding that would fail, for 90 days, with this reason.",
)
@click.option(
    "--waivers",
    type=click.Path(path_type=Path, dir_okay=False),
    default=waiver_file.NAME,
    show_default=True,
    help="The file of waivers.",
)
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TOML."
)
@click.option("--house", "use_house", is_flag=True, help="By the settings that the house keeps on its pages.")
@click.option("--batch", "as_batch", is_flag=True, help="JSON Lines on standard input, one answer a line.")
def command(
    files: tuple[Path, ...],
    lang: str | None,
    channel: str | None,
    kind: str | None,
    packs: tuple[str, ...],
    form: str,
    fix: bool,
    diff: bool,
    fail_level: str,
    statistics: bool,
    add_waiver: str | None,
    waivers: Path,
    config_file: Path | None,
    use_house: bool,
    as_batch: bool,
) -> None:
    """Check message FILES (.txt, .md, .eml, .html, .json, .jsonl; - is standard input).

    Exit codes: 0 clean, 1 findings at or above --fail-level, 2 wrong use or a file that cannot be read,
    3 a fault of ours. With --batch always 0 once the input has ended.
    """
    config = _house(config_file) if use_house else _config(config_file)
    if as_batch:
        _run_batch(config)
        return
    if not files:
        raise click.UsageError("Name a file to check, or - for standard input.")
    defaults = Defaults(lang or "", channel or "", kind or "", packs)
    orders = Orders(config, defaults, Severity(fail_level), fix, diff, waivers, house_day(utc_now()))
    known = _waivers(waivers)
    results = list(linting.results_of(files, orders, known))
    linting.warn_of_unused(known, results, orders.today)
    if add_waiver is not None:
        linting.add_waivers(results, orders, add_waiver)
        return
    linting.show(results, orders, form, statistics)
    if linting.failing(results, orders.fail_level):
        sys.exit(EXIT_FINDINGS)


def _house(file: Path | None) -> Config:
    if file is not None:
        raise click.UsageError("--house and --config are two sets of settings; name one.")
    # without the flag no database is looked for, nor its library loaded
    from campaign.cli.opening import reading
    from campaign.lint import house

    with reading() as db:
        return house.config(db)


def _config(path: Path | None) -> Config:
    if path is None:
        return Config()
    try:
        return Config.from_toml(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path}: {error}") from error


def _waivers(path: Path) -> list[Waiver]:
    try:
        return waiver_file.read(path)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path}: {error}") from error


def _run_batch(config: Config) -> None:
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.buffer.write(batch.answer(line, config))
            sys.stdout.buffer.flush()
