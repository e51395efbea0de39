"""Where a link leads, whatever is hung on its address to count clicks."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from lint_rules.parsing.links import host_of

_TRACKING = re.compile(
    r"utm_.*|gclid|fbclid|mc_[ce]id|msclkid|yclid|ref|source|src|campaign|cid|mkt_tok|_hs.*|trk|pk_.*|igshid|zarsrc|spm|from|via",
    re.IGNORECASE,
)
_SCHEME = re.compile("^[a-z]+://", re.IGNORECASE)
# ways out and around that ask for nothing
_ASIDE = re.compile(
    r"unsub|opt-?out|huy-dang-ky|tu-choi|tuiding|preferences|view.?(?:online|in.?browser)|browser|privacy|terms|policy|chinh-sach|facebook\.|fb\.|instagram\.|twitter\.|x\.com|youtube\.|linkedin\.|zalo\.me|tiktok\.|weibo\.|weixin|whatsapp"
)
ASIDE_FIELD = re.compile(r"unsubscribe|view|preferences|browser")


# the links of a message are asked for by many rules
@lru_cache(maxsize=512)
def target_of(href: str) -> str:
    """Host, path and what of the query matters, in one spelling; empty for mail, telephone and places on the page."""
    href = href.strip()
    if href.startswith(("{{", "{%")):
        return "" if ASIDE_FIELD.search(href) else href.replace(" ", "")
    host = host_of(href)
    if not host:
        return ""
    rest = _SCHEME.sub("", href).partition("#")[0]
    path, _, query = (rest[rest.find("/") :] if "/" in rest else "").partition("?")
    if not path and "?" in rest:
        query = rest.partition("?")[2]
    kept = query and [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    return host + (path.rstrip("/").lower() or "/") + ("?" + urlencode(sorted(kept)) if kept else "")


@lru_cache(maxsize=512)
def is_aside(href: str) -> bool:
    """Whether it leads out, around, or to a social page."""
    return bool(_ASIDE.search(href.lower()))
