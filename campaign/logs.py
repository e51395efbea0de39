"""Logging: structlog events and the libraries' records, one line each on standard error.

Text for people; with `CAMPAIGN_LOG=json` one JSON object a line, for machines, with the moment in UTC, host
and process. Whatever is logged, addresses are masked and secrets are taken out (`masking`).
"""

from __future__ import annotations

import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# variables whose values are secrets, and those whose URLs may hold a password
SECRET_VARIABLES = ("CAMPAIGN_SECRET_KEY", "CAMPAIGN_METRICS_TOKEN", "CAMPAIGN_BACKUP_PASSPHRASE")
URL_VARIABLES = ("DATABASE_URL", "REDIS_URL", "SMTP_URL")
# shorter ones stand in too many words to be taken out of sentences; in URLs they are found by their place
LEAST_SECRET = 6
HIDDEN = "…"
SECRET_KEYS = re.compile(r"password|passphrase|secret|token|authorization|cookie", re.IGNORECASE)
_ADDRESS = re.compile(r"([^\s<>@\"'(),;:\[\]])[^\s<>@\"'(),;:\[\]]*@((?:[\w-]+\.)+[\w-]{2,})")
_LOGIN = re.compile(r"(://[^\s:/@]*:)[^\s@]*@")


def set_up(level: int = logging.INFO) -> None:
    """For every process of ours, once, before anything is logged."""
    as_json = os.environ.get("CAMPAIGN_LOG") == "json"
    when = (
        structlog.processors.TimeStamper(fmt="iso", utc=True)
        if as_json
        else structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        when,
        structlog.processors.format_exc_info,
    ]
    renderer: Processor
    if as_json:
        shared.append(_place())
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                masking(os.environ),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def masking(env: Mapping[str, str]) -> Processor:
    """Hides addresses of people, logins in URLs, values of telling names, and the secrets of `env`."""
    secrets = sorted(_secrets(env), key=len, reverse=True)

    def mask(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        for key, value in event.items():
            event[key] = HIDDEN if SECRET_KEYS.search(key) else _masked(value, clean)
        return event

    def clean(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, HIDDEN)
        if "@" in text:
            text = _ADDRESS.sub(rf"\1{HIDDEN}@\2", _LOGIN.sub(rf"\1{HIDDEN}@", text))
        return text

    return mask


def _masked(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {
            key: HIDDEN if SECRET_KEYS.search(str(key)) else _masked(one, clean) for key, one in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(one, clean) for one in value]
    return clean(str(value))


def _secrets(env: Mapping[str, str]) -> set[str]:
    found = {env.get(name, "") for name in SECRET_VARIABLES}
    for name in URL_VARIABLES:
        parts = urlsplit(env.get(name, "").partition("?")[0])
        login, at, _ = parts.netloc.rpartition("@")
        password = login.partition(":")[2] if at else ""
        found |= {password, unquote(password)}
    return {secret for secret in found if len(secret) >= LEAST_SECRET}


def _place() -> Processor:
    host = socket.gethostname()

    def add(_logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]) -> EventDict:
        event["host"] = host
        event["pid"] = os.getpid()
        return event

    return add
