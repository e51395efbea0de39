"""The documentation says what is there: its links lead somewhere, its buttons and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from campaign.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
USERS = ("marketer", "care", "reviewer", "administrator")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def _catalogue(language: str) -> str:
    return "\n".join(file.read_text() for file in (ROOT / "campaign/i18n" / language).glob("*.ftl"))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), target
        assert not anchor or anchor in _anchors(there), target


@pytest.mark.parametrize("user", USERS)
def test_buttons_are_called_what_the_page_calls_them(user: str) -> None:
    text = (ROOT / f"docs/{user}.md").read_text()
    # **Gửi duyệt** (Submit for review) or (**Gửi duyệt**, Submit for review); "…" stands for a value
    quoted = re.findall(r"\*\*([^*]+)\*\*(?: \(([^)]+)\)|, ([A-Z][^)]*)\))", text)
    assert quoted
    vietnamese, english = _catalogue("vi"), _catalogue("en")
    for button, beside, inside in quoted:
        assert button.split("…")[0].strip() in vietnamese
        assert (beside or inside).split("…")[0].strip() in english


def test_every_command_is_described() -> None:
    text = (ROOT / "docs/commands.md").read_text()
    assert [name for name in COMMANDS if f"`campaign {name}" not in text] == []


def test_every_variable_of_the_settings_is_described() -> None:
    code = (ROOT / "campaign/config.py").read_text()
    used = set(re.findall(r"\"((?:CAMPAIGN|DATABASE|REDIS|SMTP|RQ)_[A-Z_]+)\"", code)) - {"CAMPAIGN_DEMO"}
    text = (ROOT / "docs/operations.md").read_text()
    assert used
    assert [name for name in sorted(used) if f"`{name}`" not in text] == []
