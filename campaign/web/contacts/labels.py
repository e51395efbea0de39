"""What fields are called on pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from campaign.contacts import preferences, proposals
from campaign.contacts.traits import PREFIX
from campaign.web import unit
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


def because_words(evidence: Mapping[str, str]) -> str:
    """Why something was proposed of a person, in words: `kind` and the values that its words take."""
    return t(f"proposals-because-{evidence['kind']}", **evidence)


def source_words(source: str, contact_id: int | None = None) -> str:
    """Where a fact comes from, for people: `form` and `import:12 tea fair` are our own words for it. Of a
    proposal that was taken, with what it rested on."""
    if source == FORM:
        return t("contacts-source-form")
    if found := _IMPORT.fullmatch(source):
        return t("contacts-source-import", number=found[1], name=found[2] or "–")
    if found := _PROPOSAL.fullmatch(source):
        rests_on = proposals.standing(unit.db(), int(found[1]), contact_id) if contact_id else None
        if rests_on is None or not rests_on.evidence:
            return t("proposals-source-plain")
        return t("proposals-source", because=because_words(rests_on.evidence))
    if source.startswith("undo proposal:"):
        return t("proposals-source-undo")
    if source == preferences.SOURCE:
        return t("proof-source-page")
    if found := _OURS.fullmatch(source):
        return t(f"proof-source-{found[1].replace(' ', '-')}", number=found[2])
    return source


_PROPOSAL = re.compile(r"proposal:(\d{1,18})")
# what double opt-ins and deliveries write
_OURS = re.compile(r"(double opt-in|delivery) (\d+)")
_IMPORT = re.compile(r"import:(\d+)\s*(.*)", re.DOTALL)
