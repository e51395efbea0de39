"""Jinja for copy: templates see plain data and nothing else.

A plain environment (the sandbox costs twice the time) in which a dot reads a key of a dictionary and
never an attribute of an object: there is nothing to escape into. `check` has refused everything else
before; tests compare with Jinja's own sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined

from campaign.compose.filters import FILTERS


class Missing(StrictUndefined):
    """A value that the contact does not have: printing it is an error, asking for it is not."""

    # the base class types these as never returning
    def __bool__(self) -> bool:  # type: ignore[override]  # the base never returns
        return False

    def __eq__(self, other: object) -> bool:  # type: ignore[override]  # the base never returns
        return isinstance(other, Undefined)

    def __ne__(self, other: object) -> bool:  # type: ignore[override]  # the base never returns
        return not self == other

    __hash__ = Undefined.__hash__  # type: ignore[assignment]  # the base never returns


class DataEnvironment(Environment):
    """Dots and brackets read dictionaries only."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        # a missing link of a chain stays undefined, so that `contact.custom.hobby|default('…')` works
        # for a contact without custom fields
        parent = obj._undefined_name if isinstance(obj, Undefined) else None
        return self.undefined(name=f"{parent}.{attribute}" if parent else attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, str(argument))


def copy_environment(*, html: bool) -> Environment:
    """An environment for checked copy; with `html`, values are escaped."""
    env = DataEnvironment(undefined=Missing, autoescape=html, keep_trailing_newline=True)
    env.globals.clear()
    env.filters = dict(FILTERS)
    env.tests = {name: env.tests[name] for name in ("defined", "undefined")}
    return env
