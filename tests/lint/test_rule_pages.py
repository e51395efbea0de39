"""The pages of the rules say what the rules say."""

from __future__ import annotations

from pathlib import Path

from campaign.lint.rule_pages import pages

DOCS = Path(__file__).parents[2] / "docs" / "rules"


def test_pages_are_current() -> None:
    """Mend with: campaign rules --docs docs/rules"""
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == pages()
