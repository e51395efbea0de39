"""A segment as a file: JSON of a stated version, which another installation can read.

    {"format": "campaign-segment", "version": 1, "name": "...", "description": "...",
     "rule": {...}, "names": {"senders": {"3": "Trà Sen"}}}

Numbers in a rule are those of the house that wrote it; `names` says what each is called (people in charge
by their e-mail address), and whoever reads it looks for what bears the name there. Strict: what is too large,
too deep, unknown or there twice is refused with the place. See docs/segments.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Account, Campaign, ContactImport, Segment, Sender
from campaign.segments.bound import bind
from campaign.segments.parts import WrongRule
from campaign.segments.rule import (
    And,
    Attribute,
    Consented,
    ContactPersonOf,
    Engagement,
    Imported,
    InSegment,
    Not,
    Or,
    Reachable,
    Rule,
    parse,
    to_json,
)

FORMAT = "campaign-segment"
VERSION = 1
# a rule of a hundred conditions with fifty long values each is a fifth of it
BYTES_LIMIT = 5_000_000
KEYS = ("format", "version", "name", "description", "rule", "names")
TEXT_LIMITS = {"name": 120, "description": 1000}
# what a rule names by number: the rows, and by what one recognises them elsewhere
KINDS: dict[str, tuple[Any, Any]] = {
    "senders": (Sender.id, Sender.name), "owners": (Account.id, Account.email),
    "segments": (Segment.id, Segment.name), "campaigns": (Campaign.id, Campaign.name),
    "files": (ContactImport.id, ContactImport.file_name),
}  # fmt: skip
Renumber = Callable[[str, int, str], int]


@dataclass(frozen=True)
class Read:
    """What a file says, with the numbers of this house."""

    name: str
    description: str
    rule: Rule


class BadFile(InvalidInput):
    """A file that is not read; `place` says where in it, as `rule.rules[2].values`."""

    def __init__(self, key: str, place: str = "", **values: object) -> None:
        self.place = place
        super().__init__(key, field="file", place=place, **values)


def write(db: Session, segment: Segment) -> dict[str, Any]:
    """The segment as the JSON of a file."""
    rule = parse(segment.rule)
    names: dict[str, dict[str, str]] = {}

    def note(kind: str, number: int, _place: str) -> int:
        identity, called = KINDS[kind]
        found = db.scalar(select(called).where(identity == number))
        names.setdefault(kind, {})[str(number)] = "" if found is None else str(found)
        return number

    _renumbered(rule, note, "rule")
    return {
        "format": FORMAT, "version": VERSION, "name": segment.name, "description": segment.description,
        "rule": to_json(rule), "names": names,
    }  # fmt: skip


def text_of(made: dict[str, Any]) -> str:
    """As it is written into a file."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def read(db: Session, raw: bytes) -> Read:
    """The segment of a file; BadFile says what is wrong and where."""
    said = _loaded(raw)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadFile("segjson-error-format", "format", format=FORMAT)
    if said.get("version") != VERSION or isinstance(said["version"], bool):
        raise BadFile("segjson-error-version", "version", version=VERSION)
    if unknown := sorted(set(said) - set(KEYS)):
        raise BadFile("segjson-error-unknown", unknown[0][:40])
    names = _names(said.get("names", {}))
    rule = _rule(said.get("rule"))

    def here(kind: str, number: int, place: str) -> int:
        return _found(db, kind, names.get(kind, {}).get(str(number)), place)

    rule = _renumbered(rule, here, "rule")
    try:
        bind(db, rule)
    except InvalidInput as error:
        raise BadFile(error.key, "rule", **error.values) from error
    return Read(_text(said, "name"), _text(said, "description", ""), rule)


def _loaded(raw: bytes) -> object:
    if len(raw) > BYTES_LIMIT:
        raise BadFile("segjson-error-size", limit=BYTES_LIMIT // 1_000_000)
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise BadFile("segjson-error-syntax", place, line=error.lineno, column=error.colno) from error
    except UnicodeDecodeError as error:
        raise BadFile("segjson-error-encoding") from error
    except RecursionError as error:
        raise BadFile("segjson-error-deep") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise BadFile("segjson-error-number") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile("segjson-error-twice", twice[:40])
    return made


def _no_number(_word: str) -> Any:
    raise BadFile("segjson-error-number")


def _names(said: object) -> dict[str, dict[str, str]]:
    if not isinstance(said, dict):
        raise BadFile("segjson-error-names", "names")
    for kind, called in said.items():
        if kind not in KINDS or not isinstance(called, dict):
            raise BadFile("segjson-error-unknown", f"names.{kind[:40]}")
        for number, name in called.items():
            if not isinstance(name, str) or not number.isascii() or not number.isdecimal():
                raise BadFile("segjson-error-names", f"names.{kind}.{number[:40]}")
    return said


def _rule(said: object) -> Rule:
    try:
        return parse(said)
    except WrongRule as error:
        place = ".".join(part for part in ("rule", error.place, error.name) if part)
        raise BadFile("segjson-error-rule", place) from error
    except InvalidInput as error:
        raise BadFile(error.key, "rule", **error.values) from error


def _text(said: dict[str, Any], name: str, default: str | None = None) -> str:
    value = said.get(name, default)
    if not isinstance(value, str) or len(value) > TEXT_LIMITS[name]:
        raise BadFile("segjson-error-text", name, limit=TEXT_LIMITS[name])
    return clean(value)


def _found(db: Session, kind: str, name: str | None, place: str) -> int:
    """The number here of what bears the name; the newest of several files, one alone of anything else."""
    if not name:
        raise BadFile("segjson-error-unnamed", place, kind=kind)
    identity, called = KINDS[kind]
    numbers = list(db.scalars(select(identity).where(called == name).order_by(identity.desc()).limit(2)))
    if not numbers:
        raise BadFile(f"segjson-error-no-{kind}", place, name=name)
    if len(numbers) > 1 and kind != "files":
        raise BadFile("segjson-error-several", place, name=name)
    return int(numbers[0])


def _renumbered(rule: Rule, renumber: Renumber, place: str) -> Rule:
    """The rule with each number of a row put through `renumber`, which is given its kind and place."""
    match rule:
        case And(rules) | Or(rules):
            parts = (_renumbered(one, renumber, f"{place}.rules[{at}]") for at, one in enumerate(rules))
            return type(rule)(tuple(parts))
        case Not(inner) | ContactPersonOf(inner):
            return type(rule)(_renumbered(inner, renumber, f"{place}.rule"))
        case Attribute("owner", _, values):
            owners = (renumber("owners", int(value), f"{place}.values") for value in values)
            return replace(rule, values=tuple(owners))
        case Reachable() | Consented() if rule.sender_id:
            return replace(rule, sender_id=renumber("senders", rule.sender_id, f"{place}.sender_id"))
        case InSegment(segment_id):
            return replace(rule, segment_id=renumber("segments", segment_id, f"{place}.segment_id"))
        case Engagement() if rule.campaign_id:
            return replace(rule, campaign_id=renumber("campaigns", rule.campaign_id, f"{place}.campaign_id"))
        case Imported(import_id) if import_id:
            return replace(rule, import_id=renumber("files", import_id, f"{place}.import_id"))
    return rule
