"""What the mails of many recipients are filled with, by columns: one list for each field, an entry for each
recipient. A column costs one loop in C where single mails would cost a lookup each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from jinja2 import Environment, UndefinedError, nodes

from campaign.compose.fields import dotted
from campaign.errors import TemplateError
from campaign.render.email import clean_values

Data = Mapping[str, Any]
Reader = Callable[[Data], str]
Column = Callable[["People"], list[Any]]
"""Reads one entry for each recipient; MISSING where a link of the chain is missing."""


class _Missing:
    """Stands for a value that is not there; false, as an undefined value is."""

    def __bool__(self) -> bool:
        return False


MISSING: Any = _Missing()


class Unfillable(TemplateError):
    """Some of those whose mails are filled together lack a value; `why` by their places."""

    def __init__(self, why: Mapping[int, str]) -> None:
        self.why = why
        super().__init__(next(iter(why.values())))


class People:
    """Recipients of one mail, values as frozen (`{"contact": {…}}`), the rest by columns of texts."""

    def __init__(
        self,
        values: Sequence[Mapping[str, Any]],
        system: Mapping[str, Sequence[str]],
        links: Mapping[str, Sequence[str]],
        fields: Sequence[str],
    ) -> None:
        """`system` by bare name; `links` as `u0`, `u1`, …; `fields` are the contact's that are read."""
        self.count = len(values)
        self._contacts: list[Mapping[str, Any]] = [one.get("contact", {}) for one in values]
        self._shared = {"system": system, "link": links}
        self._known: dict[str, list[Any]] = {}
        self._seen: dict[int, Data] = {}
        self.whole = True
        """All that was read is there, and is text."""
        if not self._are_clean(fields):
            self._contacts = [clean_values(contact) for contact in self._contacts]
            self._known.clear()

    def _are_clean(self, fields: Sequence[str]) -> bool:
        """Whether cleaning would leave all values of these fields as they are."""
        entries = chain.from_iterable(map(self.column, fields))
        try:
            return "".join(entries).isprintable()
        except TypeError:
            self.whole = False
        present = [entry for name in fields for entry in self.column(name) if entry is not MISSING]
        return all(isinstance(entry, str) and entry.isprintable() for entry in present)

    def column(self, name: str) -> list[Any]:
        """The column of a chain of names: `contact.custom.hobby`."""
        found = self._known.get(name)
        if found is None:
            root, *keys = name.split(".")
            found = self._known[name] = self._read(root, keys)
        return found

    def _read(self, root: str, keys: Sequence[str]) -> list[Any]:
        if root != "contact":
            shared = self._shared.get(root, {}).get(keys[0]) if len(keys) == 1 else None
            if shared is None:
                self.whole = False
                return [MISSING] * self.count
            return list(shared)
        found: list[Any] = self._contacts
        for key in keys:
            try:
                found = [entry[key] for entry in found]
            except (KeyError, TypeError):
                found = [
                    entry.get(key, MISSING) if isinstance(entry, Mapping) else MISSING for entry in found
                ]
        return found

    def printed(self, read: Reader, places: Iterable[int]) -> list[str]:
        """What Jinja prints for the recipients at these places; Unfillable when it cannot for some."""
        texts: list[str] = []
        why: dict[int, str] = {}
        for place in places:
            try:
                texts.append(read(self._data(place)))
            except UndefinedError as error:
                why[place] = f"A value is missing: {error.message}."
        if why:
            raise Unfillable(why)
        return texts

    def _data(self, place: int) -> Data:
        """What Jinja sees."""
        if place not in self._seen:
            self._seen[place] = {
                "contact": clean_values(self._contacts[place]),
                **{
                    root: {name: column[place] for name, column in columns.items()}
                    for root, columns in self._shared.items()
                },
            }
        return self._seen[place]


def column_of(env: Environment, node: nodes.Node) -> Column | None:
    """Reads a chain of names, with our filters or without; None when it is more than that."""
    if isinstance(node, nodes.Filter):
        return _filtered(env, node)
    name = dotted(node)
    if name is None or name.count(".") not in (1, 2):
        return None
    return lambda people: people.column(name)


def contact_chains(node: nodes.Node) -> list[str]:
    """The contact's fields in an expression that `column_of` reads."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    name = dotted(node) or ""
    return [name] if name.startswith("contact.") else []


def _filtered(env: Environment, node: nodes.Filter) -> Column | None:
    arguments = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(arguments) == len(node.args)
    inner = column_of(env, node.node) if plain and node.node is not None else None
    # a line end in a default would be a line end in the text: Jinja's slots are looked at for them
    texts = all(isinstance(argument, str) and argument.isprintable() for argument in arguments)
    if inner is None or not texts:
        return None
    function = env.filters[node.name]
    instead: Any = MISSING
    if node.name in ("default", "d"):
        if isinstance(node.node, nodes.Filter):
            return None  # whether the filter before it minds a missing value is its own affair
        instead = (arguments or [""])[0]
    return lambda people: [
        instead if entry is MISSING else function(entry, *arguments) for entry in inner(people)
    ]
