"""What fields are called on pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from campaign.web.language import t


def labeller(custom: Mapping[str, str]) -> Callable[[str], str]:
    """A function from field name to words; own fields by their label, removed ones by their key."""

    def label(name: str) -> str:
        if name.startswith("custom."):
            key = name.removeprefix("custom.")
            return custom.get(key, key)
        return t(f"contacts-field-{name.replace('_', '-')}")

    return label
