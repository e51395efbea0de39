"""`campaign lint`: check message files, or a stream of messages, against the rules."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import click

from campaign.lint import batch
from campaign.lint.files import Defaults, read_messages
from campaign.lint.formats import Format, Result
from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.rule import LANGUAGES, Channel, Kind, Severity

EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_INTERNAL = 3

# one module of campaign.lint.formats each, imported when it is asked for
FORMATS = {"text": "text", "json": "json_array", "jsonl": "jsonl"}


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
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text", show_default=True)
@click.option(
    "--fail-level",
    type=click.Choice([level.value for level in Severity]),
    default=Severity.WARNING.value,
    show_default=True,
    help="Exit with 1 for findings of this severity or above.",
)
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TOML."
)
@click.option("--batch", "as_batch", is_flag=True, help="JSON Lines on standard input, one answer a line.")
def command(
    files: tuple[Path, ...],
    lang: str | None,
    channel: str | None,
    kind: str | None,
    form: str,
    fail_level: str,
    config_file: Path | None,
    as_batch: bool,
) -> None:
    """Check message FILES (.txt, .md, .eml, .html, .json, .jsonl; - is standard input).

    Exit codes: 0 clean, 1 findings at or above --fail-level, 2 wrong use or a file that cannot be read,
    3 a fault of ours. With --batch always 0 once the input has ended.
    """
    config = _config(config_file)
    if as_batch:
        _run_batch(config)
        return
    if not files:
        raise click.UsageError("Name a file to check, or - for standard input.")
    defaults = Defaults(lang or "", channel or "", kind or "")
    try:
        results = list(_results(files, defaults, config))
    except click.ClickException:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours has its own exit code
        traceback.print_exc()
        sys.exit(EXIT_INTERNAL)
    module: Format = importlib.import_module(f"campaign.lint.formats.{FORMATS[form]}").lines
    for line in module(results):
        click.echo(line)
    limit = Severity(fail_level).rank
    if any(finding.severity.rank <= limit for result in results for finding in result.findings):
        sys.exit(EXIT_FINDINGS)


def _config(path: Path | None) -> Config:
    if path is None:
        return Config()
    try:
        return Config.from_toml(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path}: {error}") from error


def _results(files: tuple[Path, ...], defaults: Defaults, config: Config) -> Iterator[Result]:
    for path in files:
        is_input = str(path) == "-"
        name = "stdin" if is_input else str(path)
        try:
            raw = sys.stdin.buffer.read() if is_input else path.read_bytes()
            messages = read_messages("" if is_input else name, raw, defaults)
            drafts = [Draft.from_json(message) for message in messages]
        except (OSError, ValueError) as error:
            raise click.UsageError(f"{name}: {error}") from error
        for number, draft in enumerate(drafts, start=1):
            shown = name if len(drafts) == 1 else f"{name}#{number}"
            yield Result(shown, check(draft, config))


def _run_batch(config: Config) -> None:
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.buffer.write(batch.answer(line, config))
            sys.stdout.buffer.flush()
