"""Merge fields that nobody has, and the names that were meant."""

from __future__ import annotations

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits

CONTEXT = {
    "fields": ["first_name", "last_name", "company", "contact.given_name", "contact.custom.hobby", "orders"],
    "system_fields": ["unsubscribe_url", "view_url", "system.today"],
}


def found(
    text: str, subject: str = "10%", html: str = "", context: dict[str, object] | None = None
) -> list[Finding]:
    given = CONTEXT if context is None else context
    draft = Draft("en", "email", "marketing", subject, text, html, Context.from_json(given))
    return [finding for finding in check(draft) if finding.rule == "unknown-merge-field"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("{{ frist_name }}", "first_name"),
        ("{{firstname}}", "first_name"),
        ("{{ FirstName|default('you') }}", "first_name"),
        ("{{ first_nam | title }}", "first_name"),
        ("{{ surname|default(first_name) }}", None),
        ("{{ contact.given_nmae }}", "contact.given_name"),
        ("{{ given_name }}", "contact.given_name"),
        ("{{ organization }}", "company"),
        ("{{ unsubscribe }}", "unsubscribe_url"),
        ("{% if compny %}x{% endif %}", "company"),
        ("{{ contact.custom.hobbby }}", "contact.custom.hobby"),
        ("{{ xyzzy }}", None),
        ("{{ tên }}", None),
    ],
)
def test_unknown(text: str, nearest: str | None) -> None:
    (finding,) = found(f"Dear {text},")
    assert (finding.line, finding.column) == (1, 6)
    if nearest is None:
        assert finding.fix is None
    else:
        assert nearest in finding.message
        assert finding.fix is not None
        assert not finding.fix.safe
        assert not found(apply_edits("text", f"Dear {text},", finding.fix.edits))


@pytest.mark.parametrize(
    "text",
    [
        "{{ first_name }}",
        "{{ first_name|default('you', true)|upper }}",
        "{{ first_name or 'you' }}",
        "{{ ' frist_name ' }}",
        "{{first_name ~ ' ' ~ last_name}}",
        "{% if company is defined and not last_name %}x{% else %}y{% endif %}",
        "{% for order in orders %}{{ order.total }} {{ loop.index }}{% endfor %}",
        "{% set greeting = 'Hi' %}{{ greeting }}",
        "{# frist_name #}",
        "{{ system.today }} {{ view_url }}",
        "p { color: red } and 50% or {frist_name}",
        "{{ orders.first.total }}",
        "{{ first_name|replace(old='a', new='b') }}",
        "{{ first_name\n  }}",
    ],
)
def test_known(text: str) -> None:
    assert not found(text)


def test_everywhere() -> None:
    parts = [
        item.part for item in found("{{ nope }}", "{{ nope }}", '<a href="{{ nope }}">{{ first_name }}</a>')
    ]
    assert parts == ["subject", "text", "html"]


def test_silent_while_the_fields_are_unknown() -> None:
    assert not found("{{ nope }}", context={"system_fields": ["view_url"]})
    assert found("{{ nope }}", context={"fields": []})
    # the system's own list unknown: what looks like one of its fields is not judged
    assert not found("{{ unsubscribe_url }}", context={"fields": ["first_name"]})
