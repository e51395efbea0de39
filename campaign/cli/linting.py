"""What `campaign lint` does with its files: reads, mends, excuses, shows."""

from __future__ import annotations

import difflib
import getpass
import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from campaign.lint import waiver_file
from campaign.lint.files import Defaults, MessageFile, open_file
from campaign.lint.formats import Format, Result
from campaign.lint.mend import mended
from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding
from lint_rules.rule import Severity
from lint_rules.waiver import Waiver, split

STDIN = "stdin"
# one module of campaign.lint.formats each, imported when it is asked for
FORMATS = {
    "text": "text",
    "json": "json_array",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
}


@dataclass(frozen=True)
class Orders:
    """What the command line asks for beside the findings."""

    config: Config
    defaults: Defaults
    fail_level: Severity
    fix: bool
    diff: bool
    waivers: Path
    today: date


def results_of(files: Sequence[Path], orders: Orders, known: Sequence[Waiver]) -> Iterator[Result]:
    """The findings of each message, one file after the other; UsageError for one that cannot be read."""
    for path in files:
        is_input = str(path) == "-"
        name = STDIN if is_input else str(path)
        try:
            raw = sys.stdin.buffer.read() if is_input else path.read_bytes()
            opened = open_file("" if is_input else name, raw, orders.defaults)
            if orders.fix or orders.diff:
                opened = _mend(opened, path, orders)
            drafts = [Draft.from_json(message.given) for message in opened.messages]
        except OSError as error:
            raise click.UsageError(f"{name}: {error.strerror}") from error
        except ValueError as error:
            raise click.UsageError(f"{name}: {error}") from error
        for number, (message, draft) in enumerate(zip(opened.messages, drafts, strict=True), start=1):
            shown = name if len(drafts) == 1 else f"{name}#{number}"
            findings, waived = split(check(draft, orders.config), known, orders.today)
            yield Result(shown, findings, name, message.places, waived)


def _mend(opened: MessageFile, path: Path, orders: Orders) -> MessageFile:
    """The file as it is with the safe fixes; written only when that is asked for."""
    words = [mended(message.given, orders.config) for message in opened.messages]
    is_input = str(path) == "-"
    if not any(words):
        if is_input and orders.fix and not orders.diff:
            sys.stdout.buffer.write(opened.raw)
        return opened
    made = opened.rewritten(words)
    if orders.diff:
        _show_difference(opened, made, STDIN if is_input else str(path))
        return opened
    if is_input:
        sys.stdout.buffer.write(made)
    else:
        path.write_bytes(made)
    return open_file(opened.name, made, orders.defaults)


def _show_difference(opened: MessageFile, made: bytes, name: str) -> None:
    before = opened.raw.decode("utf-8", "replace").splitlines(keepends=True)
    after = made.decode("utf-8", "replace").splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, name, name):
        click.echo(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n", nl=False)


def show(results: Sequence[Result], orders: Orders, form: str, statistics: bool) -> None:
    """In the format asked for, or as counts."""
    # a difference or a mended message has standard output to itself
    to_error = orders.diff or (orders.fix and any(result.file == STDIN for result in results))
    if statistics:
        lines = _statistics(results)
    else:
        shown: Format = importlib.import_module(f"campaign.lint.formats.{FORMATS[form]}").lines
        lines = shown(results)
    for line in lines:
        click.echo(line, err=to_error)


def _statistics(results: Sequence[Result]) -> Iterator[str]:
    """`12  [*] line-length  warning`; the mark says that every one of them has a safe fix."""
    found = [finding for result in results for finding in result.findings]
    counts = Counter((finding.rule, finding.severity) for finding in found)
    fixable = Counter(finding.rule for finding in found if finding.fix and finding.fix.safe)
    for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        mark = "[*]" if fixable[rule] else "   "
        yield f"{count:>6}  {mark}  {rule}  {severity}"
    yield f"{len(found):>6}       in {len(results)} messages; [*] has a safe fix"


def failing(results: Sequence[Result], level: Severity) -> list[Finding]:
    """What is as heavy as the level, or heavier."""
    return [
        finding for result in results for finding in result.findings if finding.severity.rank <= level.rank
    ]


def add_waivers(results: Sequence[Result], orders: Orders, reason: str) -> None:
    """Excuse what would fail."""
    if not reason.strip():
        raise click.UsageError("--add-waiver needs a reason that others can read.")
    found = failing(results, orders.fail_level)
    made = waiver_file.add(orders.waivers, found, reason.strip(), getpass.getuser(), orders.today)
    click.echo(
        f"{len(made)} waivers added to {orders.waivers}, each until {orders.today + waiver_file.LASTS}."
    )


def warn_of_unused(known: Sequence[Waiver], results: Sequence[Result], today: date) -> None:
    """Waivers that excuse nothing any more are litter."""
    used = [waiver for result in results for _, waiver in result.waived]
    for waiver, why in waiver_file.unused(known, used, today):
        click.echo(f"The waiver of {waiver.rule} ({waiver.fingerprint}) {why}.", err=True)
