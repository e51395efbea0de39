"""The catalogues: the same keys in every language, each in the file it is named after, each really there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from campaign import i18n

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "campaign/i18n"
# a key in quotes as t(), translate() and our errors take it; those that are put together are not seen
CALLS = re.compile(r"""(?:\bt\(|translate\([\w.]+, |Refused\(|InvalidInput\()\s*["']([a-z][a-z0-9_-]+)["']""")


def messages(path: Path) -> dict[str, ast.Message]:
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, ast.Junk)], f"{path} does not parse"
    found: dict[str, ast.Message] = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{path}: {entry.id.name} stands twice"
            found[entry.id.name] = entry
    return found


def variables(message: ast.Message) -> set[str]:
    class Collect(list[str]):
        def walk(self, node: object) -> None:
            if isinstance(node, ast.VariableReference):
                self.append(node.id.name)
            elif isinstance(node, ast.BaseNode):
                for value in vars(node).values():
                    self.walk(value)
            elif isinstance(node, list):
                for value in node:
                    self.walk(value)

    collected = Collect()
    collected.walk(message.value)
    return set(collected)


AREAS = sorted({path.name for path in (FOLDER / i18n.LANGUAGES[0]).glob("*.ftl")})


@pytest.mark.parametrize("area", AREAS)
def test_every_language_says_the_same(area: str) -> None:
    first, *others = [messages(FOLDER / language / area) for language in i18n.LANGUAGES]
    for other in others:
        assert set(other) == set(first)
        for key, message in first.items():
            assert variables(other[key]) == variables(message), key


@pytest.mark.parametrize("area", i18n.PUBLIC_AREAS)
def test_pages_for_recipients_speak_chinese_too(area: str) -> None:
    vietnamese, chinese = (messages(FOLDER / language / f"{area}.ftl") for language in ("vi", "zh"))
    assert set(chinese) == set(vietnamese)
    for key, message in vietnamese.items():
        assert variables(chinese[key]) == variables(message), key


@pytest.mark.parametrize("language", i18n.PUBLIC_LANGUAGES)
def test_a_language_has_no_area_that_the_others_lack(language: str) -> None:
    there = {path.name for path in (FOLDER / language).glob("*.ftl")}
    public = {f"{area}.ftl" for area in i18n.PUBLIC_AREAS}
    assert there == (set(AREAS) if language in i18n.LANGUAGES else public)


@pytest.mark.parametrize("area", AREAS)
def test_keys_bear_the_name_of_their_file(area: str) -> None:
    stem = area.removesuffix(".ftl")
    keys = messages(FOLDER / i18n.LANGUAGES[0] / area)
    assert [key for key in keys if not key.startswith(f"{stem}-")] == []


def test_every_key_that_is_asked_for_is_there() -> None:
    asked = {
        (path.relative_to(ROOT).as_posix(), key)
        for folder in ("campaign", "workers")
        for suffix in ("*.py", "*.html")
        for path in (ROOT / folder).rglob(suffix)
        for key in CALLS.findall(path.read_text(encoding="utf-8"))
        if not key.endswith("-")
    }
    assert asked, "the pattern finds nothing"
    assert sorted(pair for pair in asked if not i18n.has("vi", pair[1])) == []
