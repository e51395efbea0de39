"""The interface's words: Project Fluent catalogues, one folder of `.ftl` files per language.

Keys are kebab-case and start with their file's name: `care-title` stands in `care.ftl`. A key that one
language lacks is a test failure, not a fallback.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

LANGUAGES = ("vi", "en")
# recipients read three: pages for them have all of these, in the files of these areas
PUBLIC_LANGUAGES = (*LANGUAGES, "zh")
PUBLIC_AREAS = ("public", "subscribe", "wishes")
_HERE = Path(__file__).parent


@cache
def bundle(language: str) -> FluentBundle:
    """All of one language's messages."""
    made = FluentBundle([language], use_isolating=False)
    # where each word stood in its file is a quarter of a catalogue's memory, and nobody asks
    parser = FluentParser(with_spans=False)
    for path in sorted((_HERE / language).glob("*.ftl")):
        made.add_resource(parser.parse(path.read_text(encoding="utf-8")))
    return made


def translate(language: str, key: str, **values: object) -> str:
    """The message in that language; raises KeyError for an unknown key and ValueError for a missing value."""
    messages = bundle(language)
    message = messages.get_message(key)
    if message.value is None:
        raise KeyError(key)
    text, errors = messages.format_pattern(message.value, values)
    if errors:
        raise ValueError(f"{key} in {language}: {errors[0]}")
    return str(text)


def has(language: str, key: str) -> bool:
    """Whether the catalogue holds the key."""
    return bool(bundle(language).has_message(key))
