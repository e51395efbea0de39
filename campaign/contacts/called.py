"""A name with its form of address, in the order of its language."""

from __future__ import annotations

from typing import Protocol


class Named(Protocol):
    @property
    def form_of_address(self) -> str: ...
    @property
    def full_name(self) -> str: ...


def called(contact: Named) -> str:
    """`Chị Nguyễn Lan`, `Mr John Smith`, `王小明先生`; the name alone where nobody said how."""
    form, name = contact.form_of_address, contact.full_name
    if _is_chinese(form):
        return f"{name}{form}" if _is_chinese(name) else f"{name} {form}"
    return f"{form} {name}".strip()


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)  # the block of unified ideographs
