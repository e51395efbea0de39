"""What is known about a message beside its words. None is unknown: the rule that needs it stays silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Issue:
    """A point the customer raised; one of the keywords answers it."""

    id: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Registered proof of a claim."""

    claim: str
    document: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Context:
    """The facts of one message; an empty tuple is known to be none, unlike None."""

    today: date | None = None
    packs: frozenset[str] = frozenset()
    sender: str | None = None
    reply_to: str | None = None
    cc: tuple[str, ...] | None = None
    headers: Mapping[str, str] | None = None
    parts: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    system_fields: tuple[str, ...] | None = None
    attachments: tuple[str, ...] | None = None
    issues: tuple[Issue, ...] | None = None
    complaint: bool | None = None
    offer_type: str | None = None
    clients: tuple[str, ...] | None = None
    evidence: tuple[Evidence, ...] | None = None
    bulk_per_day: int | None = None
    recipients: int | None = None
    recipients_without_consent: int | None = None
    max_sends_last_24h: int | None = None
    scheduled_at: datetime | None = None
    config: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Context:
        """The context of the input format; raises ValueError for a value of the wrong kind."""
        own = {_NAMES.get(key, key): value for key, value in given.items() if value is not None}
        known = {item.name for item in fields(cls)}
        made = {}
        for key, value in own.items():
            if key in known:
                try:
                    made[key] = _READERS.get(key, _anything)(value)
                except (TypeError, ValueError, KeyError, AttributeError) as error:
                    raise ValueError(f"context.{key}: {error}") from error
        return cls(**made)


def _anything(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is expected, not {type(value).__name__}")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"a list is expected, not {type(value).__name__}")
    return tuple(_text(item) for item in value)


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a whole number is expected, not {type(value).__name__}")
    return value


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"an object is expected, not {type(value).__name__}")
    return dict(value)


def _headers(value: Any) -> dict[str, str]:
    return {name: _text(content) for name, content in _mapping(value).items()}


def _issues(value: Any) -> tuple[Issue, ...]:
    return tuple(Issue(_text(item["id"]), _texts(item["keywords"])) for item in value)


def _evidence(value: Any) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            _text(item["claim"]),
            item.get("document", ""),
            date.fromisoformat(item["valid_until"]) if item.get("valid_until") else None,
        )
        for item in value
    )


_NAMES = {"pack": "packs", "from": "sender"}
_READERS: dict[str, Callable[[Any], Any]] = {
    "today": date.fromisoformat,
    "packs": lambda value: frozenset(_texts(value)),
    "sender": _text,
    "reply_to": _text,
    "cc": _texts,
    "headers": _headers,
    "parts": _texts,
    "fields": _texts,
    "system_fields": _texts,
    "attachments": _texts,
    "issues": _issues,
    "complaint": bool,
    "offer_type": _text,
    "clients": _texts,
    "evidence": _evidence,
    "bulk_per_day": _number,
    "recipients": _number,
    "recipients_without_consent": _number,
    "max_sends_last_24h": _number,
    "scheduled_at": datetime.fromisoformat,
    "config": _mapping,
}
