"""`campaign rule NAME`: what a rule asks, why, where it comes from, good and bad in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from campaign.lint.rule_pages import page
from lint_rules.registry import all_rules, rule_named
from lint_rules.rule import LANGUAGES, Example, Rule


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(name: str, as_json: bool) -> None:
    """Print a rule by its id (line-length) or its code in the catalogue (LAY002)."""
    rule = rule_named(name)
    if rule is None:
        raise click.UsageError(f"There is no rule {name!r}.{_nearest(name)} `campaign rules` lists them.")
    click.echo(json.dumps(_as_json(rule), ensure_ascii=False) if as_json else page(rule).rstrip())


def _nearest(name: str) -> str:
    words = set(name.lower().split("-"))
    near = [rule.id for rule in all_rules() if len(words & set(rule.id.split("-"))) > len(words) // 2]
    return f" Did you mean {', '.join(near[:3])}?" if near else ""


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "code": rule.code,
        "severity": rule.severity,
        "severity_by_kind": dict(rule.severity_by_kind),
        "channels": sorted(rule.channels),
        "kinds": sorted(rule.kinds),
        "what": {lang: rule.summary.in_(lang) for lang in LANGUAGES},
        "why": {lang: rule.why.in_(lang) for lang in LANGUAGES},
        "source": rule.source,
        "good": list(_examples(rule.good)),
        "bad": list(_examples(rule.bad)),
    }


def _examples(examples: tuple[Example, ...]) -> Iterator[dict[str, object]]:
    for one in examples:
        kept = {"subject": one.subject, "text": one.text, "html": one.html, "context": dict(one.context)}
        yield {"lang": one.lang, "channel": one.channel, "kind": one.kind} | {
            k: v for k, v in kept.items() if v
        }
