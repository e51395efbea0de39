"""The documentation's page of each rule, made from the rule itself."""

from __future__ import annotations

from pathlib import Path

from lint_rules.packs import sources_of
from lint_rules.registry import all_rules
from lint_rules.rule import LANGUAGES, Example, Rule

_NAMES = {"vi": "Tiếng Việt", "en": "English", "zh": "中文"}
_GOOD = {"vi": "Nên", "en": "Good", "zh": "可以"}
_BAD = {"vi": "Không nên", "en": "Bad", "zh": "不可以"}


def pages() -> dict[str, str]:
    """File name to Markdown: one page a rule, and the index."""
    made = {f"{rule.id}.md": page(rule) for rule in all_rules()}
    return {"README.md": index(), **made}


def write(folder: Path) -> list[Path]:
    """Writes the pages and removes those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    current = pages()
    for path in folder.glob("*.md"):
        if path.name not in current:
            path.unlink()
    for name, text in current.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in current]


def index() -> str:
    """The list of all rules."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.code} | {_severities(rule)} | {rule.summary.en} |"
        for rule in all_rules()
    ]
    return "\n".join(
        [
            "# Rules",
            "",
            "Made from the rules by `campaign rules --docs docs/rules`; the examples are run by the tests.",
            "",
            "| rule | code | severity | what it asks |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def page(rule: Rule) -> str:
    """One rule: what, why, examples in three languages."""
    lines = [
        f"# {rule.id}",
        "",
        f"{rule.summary.en}",
        "",
        f"- Code: {rule.code}",
        f"- Channels: {', '.join(sorted(rule.channels))}",
        f"- Kinds: {', '.join(sorted(rule.kinds))}",
        f"- Severity: {_severities(rule)}",
        f"- Source: {rule.source}",
        *_packs(rule),
    ]
    for lang in LANGUAGES:
        lines += ["", f"## {_NAMES[lang]}", "", f"**{rule.summary.in_(lang)}** {rule.why.in_(lang)}"]
        for title, examples in ((_BAD, rule.bad), (_GOOD, rule.good)):
            lines += ["", f"### {title[lang]} ({lang})"]
            for example in examples:
                if example.lang == lang:
                    lines += ["", *_shown(example)]
    return "\n".join([*lines, ""])


def _packs(rule: Rule) -> list[str]:
    """Each law pack that switches the rule on, and how far its text was checked."""
    return [
        f"- Pack `{pack.name}`: {said.source}, art. {said.article}; {said.status} on {pack.checked:%Y-%m-%d}."
        + (f" {said.note}" if said.note else "")
        for pack, said in sources_of(rule.id)
    ]


def _severities(rule: Rule) -> str:
    special = "".join(f"; {severity} in {kind}" for kind, severity in rule.severity_by_kind.items())
    return f"{rule.severity}{special}"


def _shown(example: Example) -> list[str]:
    about = [f"{example.channel}, {example.kind}"]
    about += [f"{key}: {_context_value(value)}" for key, value in example.context.items()]
    shown = [f"*{'; '.join(about)}*", "", "```text"]
    if example.subject:
        shown.append(f"Subject: {example.subject}")
        shown += [""] if example.text or example.html else []
    body = "\n".join(example.typeset) if example.typeset else example.text or example.html
    return [*shown, *(body.split("\n") if body else []), "```"]


def _context_value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_context_value(inner)}" for key, inner in value.items())
    return str(value)
