"""What a rule is, and what it says of a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from lint_rules.parsing.part import Part, Span

if TYPE_CHECKING:
    from lint_rules.config import Config
    from lint_rules.document import Draft

LANGUAGES = ("vi", "en", "zh")


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # blocks sign-off
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Severity).index(self)


class Channel(StrEnum):
    """How the message travels."""

    EMAIL = "email"
    LETTER = "letter"


class Kind(StrEnum):
    """What the message is for."""

    MARKETING = "marketing"
    GREETING = "greeting"
    REQUEST = "request"
    REPLY = "reply"
    TRANSACTIONAL = "transactional"


EMAIL_ONLY = frozenset({Channel.EMAIL})
EMAIL_AND_LETTER = frozenset(Channel)
MARKETING_ONLY = frozenset({Kind.MARKETING})
ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages."""

    vi: str
    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """The text in that language."""
        text: str = getattr(self, lang)
        return text


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace this stretch of a part's text."""

    part: Part
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule speaks. `severity` only where it differs from the rule's own.

    `safe` says that the edits change no word and no meaning, so one click may apply them.
    """

    part: Part
    span: Span
    message: Words
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    edits: tuple[Edit, ...] = ()
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A message that a rule passes or flags: printed in its page and run by the tests."""

    lang: str
    text: str = ""
    subject: str = ""
    html: str = ""
    channel: Channel = Channel.EMAIL
    kind: Kind = Kind.MARKETING
    context: Mapping[str, Any] = field(default_factory=dict)
    typeset: tuple[str, ...] | None = None


Check = Callable[["Draft", "Config"], Iterable[Hit]]
PartCheck = Callable[["Draft", Part, "Config"], Iterable[Hit]]


def each_part(check: PartCheck) -> Check:
    """A check that looks at each part of the body by itself, whatever stands in the others.

    What it said of a part is kept with the part: over an audience only the parts that a merge field changes
    are looked at again.
    """

    def run(draft: Draft, config: Config) -> Iterable[Hit]:
        for part in draft.body:
            yield from kept_hits(check, draft, part, config)

    return run


def subject_alone(check: PartCheck) -> Check:
    """A check that looks at the subject, whatever the body says; what it said is kept with the subject."""
    return lambda draft, config: kept_hits(check, draft, draft.subject, config)


@cache
def _reading_of(check: PartCheck) -> tuple[str, str]:
    return "hits", f"{check.__module__}.{check.__name__}"


def kept_hits(check: PartCheck, draft: Draft, part: Part, config: Config) -> list[Hit]:
    """What the check says of the part, read once for as long as nothing else that it may read is another."""
    reading, asked = _reading_of(check), draft.asked
    known = part.readings.get(reading)
    if known is not None and known[0] == asked and known[1] is config and known[2] is draft.context:
        hits: list[Hit] = known[3]
        return hits
    hits = list(check(draft, part, config))
    part.readings[reading] = (asked, config, draft.context, hits)
    return hits


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `id` is its file's name in kebab-case, `code` its place in the catalogue."""

    id: str
    code: str
    channels: frozenset[Channel]
    kinds: frozenset[Kind]
    severity: Severity
    summary: Words
    why: Words
    source: str
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    check: Check
    severity_by_kind: Mapping[Kind, Severity] = field(default_factory=dict)

    def severity_for(self, kind: Kind) -> Severity:
        """Its severity in that kind of message, before the house's settings."""
        return self.severity_by_kind.get(kind, self.severity)


# the owner's four demands block sign-off in marketing
BLOCKS_MARKETING = {Kind.MARKETING: Severity.ERROR}
