"""What fields are called on pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from campaign.contacts import preferences
from campaign.web.language import t


def labeller(custom: Mapping[str, str]) -> Callable[[str], str]:
    """A function from field name to words; own fields by their label, removed ones by their key."""

    def label(name: str) -> str:
        if name.startswith("custom."):
            key = name.removeprefix("custom.")
            return custom.get(key, key)
        if name.startswith("birth_") and name != "birth_calendar":
            return t(f"contacts-fact-{name.replace('_', '-')}")  # on the form they stand under a heading
        return t(f"contacts-field-{name.replace('_', '-')}")

    return label


def source_words(source: str) -> str:
    """Where a fact comes from, for people: `form` and `import:12 tea fair` are our own words for it."""
    if source == "form":
        return t("contacts-source-form")
    if found := _IMPORT.fullmatch(source):
        return t("contacts-source-import", number=found[1], name=found[2] or "–")
    if source == preferences.SOURCE:
        return t("proof-source-page")
    if found := _OURS.fullmatch(source):
        return t(f"proof-source-{found[1].replace(' ', '-')}", number=found[2])
    return source


# what double opt-ins and deliveries write
_OURS = re.compile(r"(double opt-in|delivery) (\d+)")
_IMPORT = re.compile(r"import:(\d+)\s*(.*)", re.DOTALL)
