"""The `campaign` command: one file per subcommand, imported only when it is called.

Exit codes: 0 done, 1 the answer is no (findings, refused rows, a broken chain), 2 wrong use or
settings, a name that is not there or a server that is away, 3 a fault of ours.
"""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from campaign.cli import away
from campaign.errors import CampaignError, Refused
from campaign.i18n import translate

EXIT_NO = 1
EXIT_USAGE = 2
EXIT_INTERNAL = 3

# name: (module under campaign.cli, one line of help); listed here so that --help imports nothing
COMMANDS = {
    "up": ("up", "Start everything this machine needs under one supervisor."),
    "demo": ("demo", "The whole system with a small company's data."),
    "web": ("web", "The web application alone."),
    "worker": ("worker", "One worker on one queue."),
    "beat": ("beat", "The clock: schedules, sweeps, rings."),
    "fleet": ("fleet", "Queues, workers and relays: who works, and what is left alone."),
    "lint": ("lint", "Check messages against the rules."),
    "rules": ("rules", "List the rules."),
    "rule": ("rule", "What a rule asks, why, and examples in three languages."),
    "import": ("import_", "Import contacts or orders from a CSV file."),
    "segment": ("segment", "Count and explain segments."),
    "render": ("render", "Render a message for a recipient."),
    "send": ("send", "Send, pause, resume or cancel a mailing."),
    "delivery": ("delivery", "What exactly did she receive?"),
    "dkim": ("dkim", "The keys that sign mail."),
    "mailing": ("mailing", "Pause, resume or cancel a mailing, try its failures again; tests and hold-out."),
    "report": ("report", "Numbers of a campaign."),
    "user": ("user", "The people who work here."),
    "contact": (
        "contact",
        "Look contacts up; everything held on one, as a ZIP; addresses on file.",
    ),
    "retention": ("retention", "Clear what has been kept long enough, or say what would go."),
    "erasures": ("erasures", "The list of erased people, for restores: write and apply it."),
    "audit": ("audit", "Show and verify the audit log."),
    "verify-evidence": ("verify_evidence", "Verify an evidence pack, from the file alone."),
    "db": ("db", "Create, upgrade, back up and restore the database."),
    "doctor": ("doctor", "Look at the installation and say what is wrong."),
    "bench": ("bench", "Measure."),
    "chaos": ("chaos", "The fault lab: kill everything while a mailing goes out."),
}


class LazyGroup(click.Group):
    """Finds a subcommand in its own module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"campaign.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="campaign")
def group() -> None:
    """Write to your customers by e-mail and by post."""


def main() -> None:
    """Entry point: our own errors become one sentence and an exit code."""
    try:
        group.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except Refused as error:
        print(translate("en", error.key, **error.values), file=sys.stderr)
        sys.exit(EXIT_NO)
    except CampaignError as error:
        print(error, file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except Exception as error:  # noqa: BLE001 - a fault of ours has its own exit code
        if said := away.sentence(error):
            print(said, file=sys.stderr)
            sys.exit(EXIT_USAGE)
        traceback.print_exc()
        sys.exit(EXIT_INTERNAL)
