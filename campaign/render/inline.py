"""Styles into attributes, as mail programs want them: premailer, once per version of a message."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import ModuleType
from typing import Any

# premailer keeps state in its parser; compilations are rare, so one at a time costs nothing
_LOCK = threading.Lock()
_BLOCK_END = re.compile(r"(</(?:p|div|table|tbody|tr|td|ul|li|h1|h2|style|head)>|<br>)(?=[^\n])")


_INDENT = re.compile(r"\n[ \t]+")
_SHOWN = re.compile(r"<(?:pre|textarea)\b|white-space", re.I)

_NOTHING = ModuleType("requests", "Nothing is fetched.")


def _premailer() -> Any:
    """Premailer, with an empty module for `requests`, which it imports to fetch style sheets: nothing may be
    fetched here, and that client with its detectors of encodings takes 10 MB in every process."""
    sys.modules.setdefault("requests", _NOTHING)
    try:
        from premailer import Premailer
    finally:
        if sys.modules["requests"] is _NOTHING:
            del sys.modules["requests"]
    # premailer fetches no style sheet without network, but its parser follows `@import` in those it has
    from cssutils import util

    util._defaultFetcher = _fetches_nothing
    return Premailer


def _fetches_nothing(_url: str) -> None:
    """For the style sheets that `@import` names: not fetched, and so left where they stand."""


_Premailer = _premailer()


def inline_styles(html: str) -> str:
    """The page with its rules in `style` attributes; what only media queries can say stays in `<style>`.

    No network: a layout brings its own styles. Line ends are put after block ends, for no line of a mail
    may have more than 998 bytes (RFC 5322 §2.1.1).
    """
    with _LOCK:
        made = _Premailer(
            html,
            allow_network=False,
            disable_validation=True,
            cssutils_logging_level=logging.CRITICAL,
            keep_style_tags=False,
            disable_leftover_css=False,
            remove_classes=False,
            strip_important=False,
            method="html",
        ).transform()
    return _flush_left(_BLOCK_END.sub(r"\1\n", str(made)))


def _flush_left(html: str) -> str:
    """Without what lines are indented by, which only makes a mail longer; unless blanks are shown."""
    return html if _SHOWN.search(html) else _INDENT.sub("\n", html)
