"""The interface's words: Project Fluent catalogues, one folder of `.ftl` files per language.

Keys are kebab-case and start with their file's name: `care-title` stands in `care.ftl`. A key that one
language lacks is a test failure, not a fallback.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

LANGUAGES = ("vi", "en")
# recipients read three: pages for them have all of these, in the files of these areas
PUBLIC_LANGUAGES = (*LANGUAGES, "zh")
PUBLIC_AREAS = ("public", "subscribe", "wishes")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Catalogue:
    """All of one language's messages: those that always say the same as they are, the others ready to be
    filled. Four of five are plain, and the tree of one takes ten times the memory of its words."""

    plain: Mapping[str, str]
    filled: FluentBundle


@cache
def catalogue(language: str) -> Catalogue:
    """Read once a process."""
    plain: dict[str, str] = {}
    filled = FluentBundle([language], use_isolating=False)
    # where each word stood in its file is a quarter of a catalogue's memory, and nobody asks
    parser = FluentParser(with_spans=False)
    for path in sorted((_HERE / language).glob("*.ftl")):
        resource = parser.parse(path.read_text(encoding="utf-8"))
        others = []
        for entry in resource.body:
            if isinstance(entry, ast.Message) and (text := _plain(entry)) is not None:
                plain[entry.id.name] = text
            else:
                others.append(entry)
        resource.body = others
        filled.add_resource(resource)
    return Catalogue(plain, filled)


def _plain(message: ast.Message) -> str | None:
    """Its text, when it is nothing else; no message of ours speaks of another."""
    elements = message.value.elements if message.value else ()
    if message.attributes or len(elements) != 1 or not isinstance(elements[0], ast.TextElement):
        return None
    return str(elements[0].value)


def translate(language: str, key: str, **values: object) -> str:
    """The message in that language; raises KeyError for an unknown key and ValueError for a missing value."""
    messages = catalogue(language)
    if (plain := messages.plain.get(key)) is not None:
        return plain
    message = messages.filled.get_message(key)
    if message.value is None:
        raise KeyError(key)
    text, errors = messages.filled.format_pattern(message.value, values)
    if errors:
        raise ValueError(f"{key} in {language}: {errors[0]}")
    return str(text)


def has(language: str, key: str) -> bool:
    """Whether the catalogue holds the key."""
    messages = catalogue(language)
    return key in messages.plain or bool(messages.filled.has_message(key))
