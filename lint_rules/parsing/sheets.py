"""What the `<style>` rules of a mail say of one element: the plain selectors that mails use.

A selector is compounds (`td.price`, `#top`, `p`) apart by blanks or `>`. States (`a:hover`), attributes
and siblings hold for some elements or moments only, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lint_rules.parsing import css
from lint_rules.parsing.html_scan import Mark
from lint_rules.parsing.html_tags import Tag

# characters of a style sheet that are read
LONGEST_SHEET = 50_000
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][a-z_][\w-]*)*)$", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
# compounds of one selector; a longer one is no mail's
_MOST_COMPOUNDS = 6
# comparisons of a rule with an element that one mail may ask for: many times what the busiest newsletter does
_MOST_COMPARISONS = 200_000


@dataclass(frozen=True, slots=True)
class _Compound:
    name: str
    marks: tuple[str, ...]

    def fits(self, tag: Tag) -> bool:
        """Whether the element has that name, those classes and that id."""
        if self.name and self.name != tag.name:
            return False
        return not self.marks or set(self.marks) <= _marks_of(tag)


@dataclass(frozen=True, slots=True)
class _Rule:
    place: int
    compounds: tuple[_Compound, ...]
    style: Mapping[str, str]

    def fits(self, tag: Tag, around: Sequence[Tag]) -> bool:
        """Whether the last compound is the element's, and the others, in order, of those around it."""
        if not self.compounds[-1].fits(tag):
            return False
        left = list(self.compounds[:-1])
        for outer in reversed(around):
            if left and left[-1].fits(outer):
                left.pop()
        return not left


@dataclass
class Sheet:
    """The rules by what their last compound asks for; `names` are the elements that it names."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    nested: bool = False
    """Whether a rule asks what stands around an element."""
    left: int = _MOST_COMPARISONS

    def style_of(self, tag: Tag, around: Sequence[Tag]) -> Mapping[str, str]:
        """Its declarations: those of the sheet in order, then its own."""
        own = css.declarations(tag.attributes.get("style", ""))
        lists = [self.rules[key] for key in {tag.name, "*", *_marks_of(tag)} if key in self.rules]
        self.left -= sum(map(len, lists)) * (len(around) + 1)
        if not lists or self.left < 0:
            return own
        made: dict[str, str] = {}
        for rule in sorted(chain.from_iterable(lists), key=lambda rule: rule.place):
            if rule.fits(tag, around):
                made.update(rule.style)
        made.update(own)
        return made


def _marks_of(tag: Tag) -> set[str]:
    if not (tag.mentions("class") or tag.mentions("id=")):
        return set()
    attributes = tag.attributes
    found = {f".{name}" for name in attributes.get("class", "").split()}
    return found | {f"#{attributes['id']}"} if "id" in attributes else found


def read_sheets(source: str, places: Iterable[tuple[int, int]]) -> Sheet:
    """The plain rules of every `<style>` at these places."""
    sheet = Sheet()
    names: set[str] = set()
    place = 0
    for start, end in places:
        for selector, style in css.plain_rules(source[start : min(end, start + LONGEST_SHEET)]):
            if compounds := _compounds(selector):
                last = compounds[-1]
                key = last.marks[0] if last.marks else last.name or "*"
                place += 1
                sheet.rules.setdefault(key, []).append(_Rule(place, compounds, style))
                sheet.nested = sheet.nested or len(compounds) > 1
                names.add(last.name if not last.marks else "")
    sheet.names = frozenset(names)
    return sheet


def sheets(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """Where each style sheet stands."""
    found, opened = [], -1
    for start, end, kind in marks:
        if kind is not None and kind.name == "style":
            if kind.closing and opened >= 0:
                found.append((opened, start))
            opened = -1 if kind.closing else end
    return found


def _compounds(selector: str) -> tuple[_Compound, ...]:
    found = []
    for written in selector.replace(">", " ").split()[: _MOST_COMPOUNDS + 1]:
        match = _COMPOUND.match(written)
        if match is None or not written:
            return ()
        name = (match[1] or "").lower().replace("*", "")
        found.append(_Compound(name, tuple(_NAME.findall(match[2]))))
    return tuple(found) if len(found) <= _MOST_COMPOUNDS else ()
