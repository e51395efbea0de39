"""`campaign segment`: each subcommand is imported when it is called, for `rfm` needs no database."""

from __future__ import annotations

import importlib

import click

# name: (module under campaign.cli, function, one line of help)
COMMANDS = {
    "list": ("segment_saved", "list_", "All segments, each in one sentence."),
    "count": ("segment_saved", "count_", "How many people, and how many of them a sender may write to."),
    "explain": ("segment_saved", "explain", "The rule in one sentence of each language."),
    "statistics": ("segment_saved", "statistics", "Whether the statistics of orders agree with the orders."),
    "export": ("segment_exchange", "export", "A segment as a JSON file, or its people as CSV (--reason)."),
    "import": ("segment_exchange", "import_", "A segment from a JSON file."),
    "exam": ("segment_exam", "exam", "Whether a segment is worth writing to, by five criteria."),
    "rfm": ("segment_rfm", "command", "Recency, frequency, monetary value of a file of orders."),
}


class _Group(click.Group):
    """Finds a subcommand in its own module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"campaign.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=_Group)
def command() -> None:
    """Count, explain and examine segments; score customers by their orders."""
