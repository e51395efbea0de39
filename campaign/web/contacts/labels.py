"""What fields are called on pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from campaign.contacts.traits import PREFIX
from campaign.web.language import t

FORM = "form"
"""The source of what is typed here."""


def labeller(custom: Mapping[str, str]) -> Callable[[str], str]:
    """A function from field name to words; own fields by their label, removed ones by their key."""

    def label(name: str) -> str:
        if name.startswith(PREFIX):
            return t(f"profile-trait-{name.removeprefix(PREFIX).replace('_', '-')}")
        if name.startswith("custom."):
            key = name.removeprefix("custom.")
            return custom.get(key, key)
        if name.startswith("birth_") and name != "birth_calendar":
            return t(f"contacts-fact-{name.replace('_', '-')}")  # on the form they stand under a heading
        return t(f"contacts-field-{name.replace('_', '-')}")

    return label


def source_words(source: str) -> str:
    """Where a fact comes from, for people: `form` and `import:12 tea fair` are our own words for it."""
    if source == FORM:
        return t("contacts-source-form")
    if found := _IMPORT.fullmatch(source):
        return t("contacts-source-import", number=found[1], name=found[2] or "–")
    return source


_IMPORT = re.compile(r"import:(\d+)\s*(.*)", re.DOTALL)
