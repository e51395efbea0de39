"""`campaign rules`: the rules there are, as a list, as JSON, or as the pages of the documentation."""

from __future__ import annotations

import json
from pathlib import Path

import click

from campaign.lint import rule_pages
from lint_rules.registry import all_rules
from lint_rules.rule import LANGUAGES, Rule
from lint_rules.version import rule_set_version


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects with id.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--docs", type=click.Path(path_type=Path, file_okay=False), help="Write the pages to this folder."
)
def command(as_json: bool, lang: str, docs: Path | None) -> None:
    """List the rules."""
    if docs is not None:
        written = rule_pages.write(docs)
        click.echo(f"{len(written)} pages in {docs}")
    elif as_json:
        click.echo(json.dumps([_as_json(rule) for rule in all_rules()], ensure_ascii=False, indent=2))
    else:
        for rule in all_rules():
            click.echo(f"{rule.code}  {rule.id:<32} {rule.severity:<12} {rule.summary.in_(lang)}")
        click.echo(f"{len(all_rules())} rules, version {rule_set_version()[:12]}")


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "code": rule.code,
        "channels": sorted(rule.channels),
        "kinds": sorted(rule.kinds),
        "severity": rule.severity,
        "severity_by_kind": dict(rule.severity_by_kind),
        "summary": {lang: rule.summary.in_(lang) for lang in LANGUAGES},
        "why": {lang: rule.why.in_(lang) for lang in LANGUAGES},
        "source": rule.source,
    }
