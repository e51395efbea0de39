"""Settings as TOML, in one order, so that the same settings are the same text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def written(values: Mapping[str, Any]) -> str:
    """Tables of tables, strings, whole numbers and lists of strings; what is empty is left out."""
    return "\n\n".join("\n".join(table) for table in _tables((), values))


def _tables(path: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[list[str]]:
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping) and value != []}
    if plain:
        head = [f"[{'.'.join(map(_key, path))}]"] if path else []
        yield [*head, *(f"{_key(key)} = {_value(value)}" for key, value in sorted(plain.items()))]
    for key, value in sorted(values.items()):
        if isinstance(value, Mapping):
            yield from _tables((*path, key), value)


def _key(key: str) -> str:
    bare = key.replace("-", "").replace("_", "")
    return key if bare.isascii() and bare.isalnum() else _quoted(key)


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(str(item)) for item in value) + "]"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, for text without surrogates and DEL
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
