"""HTML and CSS that the readers' mail programs understand."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import css
from lint_rules.parsing.html_tags import Kind, Tag
from lint_rules.parsing.part import Span
from lint_rules.parsing.sheets import LONGEST_SHEET
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

NEVER = Words(
    vi="<{shown}> bị mọi chương trình thư chặn hoặc bỏ đi. Hãy dùng đường dẫn thay cho nó.",
    en="<{shown}> is blocked or dropped by mail programs. Use a link in its place.",
    zh="<{shown}> 会被邮件程序拦截或删除，请改用链接。",
)
UNSUPPORTED = Words(
    vi="{title} không chạy trên {clients}. Hãy bảo đảm thư vẫn đọc được khi thiếu nó.",
    en="{title} does not work in {clients}. See that the mail reads well without it.",
    zh="{clients} 不支持 {title}，请确保没有它邮件仍可阅读。",
)
# code and fields in a mail: dangerous, so nobody shows them
FORBIDDEN = frozenset(["script", "form", "iframe", "object", "embed", "applet", "frame", "frameset"])
# without these a page falls apart or shows holes; without the others it looks plainer
NEEDED = frozenset(
    ["display:flex", "display:grid", "position", "float", "image:svg", "image:webp", "image:avif"]
)
_WITH_ATTRIBUTE = frozenset(["link", "input", "img"])
_IMAGE_KIND = re.compile(r"\.(svg|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_NOT_FOR_OUTLOOK = re.compile(r"<!--\[if !mso\]>\s?<!-*>(?:[^<]|<(?!!(?:--)?<?!?\[endif))*+", re.IGNORECASE)
# characters of an image's address
_LONGEST_ADDRESS = 2_000
_FUNCTION = re.compile(r"(?<![\w-])(calc|clamp|min|max|var|linear-gradient|radial-gradient|conic-gradient)\(")
_UNIT = re.compile(r"(?<![\w.])(?:\d+(?:\.\d+)?|\.\d+)(vh|vw|vmin|vmax)(?!\w)")
_AT_RULE = re.compile(r"@(import|supports|font-face)(?!\w)")


@dataclass(frozen=True, slots=True)
class Feature:
    """Its name, and the clients whose newest tested version does not support it."""

    title: str
    unsupported: frozenset[str]


@cache
def _data() -> tuple[Mapping[str, Feature], Mapping[str, frozenset[str]]]:
    """Features by use, and the platforms of each family. Data of caniemail.com, see `caniemail.json`."""
    given = json.loads((Path(__file__).parent / "caniemail.json").read_text(encoding="utf-8"))
    features = {
        use: Feature(item["title"], frozenset(item["unsupported"])) for use, item in given["features"].items()
    }
    families: dict[str, set[str]] = {}
    for platform in given["platforms"]:
        for size in range(1, platform.count("-") + 2):
            families.setdefault("-".join(platform.split("-")[:size]), set()).add(platform)
    # a platform named by itself is no family: `outlook-windows` is not `outlook-windows-mail` too
    families |= {platform: {platform} for platform in given["platforms"]}
    return features, {family: frozenset(found) for family, found in families.items()}


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Scripts and forms always; the rest for the clients that were chosen. Each thing once, at its first place."""
    if not draft.has_html:
        return
    part = draft.html_source_part
    if any(tag.name in FORBIDDEN for tag in draft.html.first_tags):
        for tag in draft.html.every_tag:
            if tag.name in FORBIDDEN:
                span = part.span_of_original(tag.source)
                yield Hit(part, span, NEVER, {"shown": tag.name}, severity=Severity.ERROR)
    if draft.context.clients:
        yield from _unsupported(draft, draft.context.clients)


def _unsupported(draft: Draft, clients: tuple[str, ...]) -> Iterator[Hit]:
    features, families = _data()
    chosen = {name: families.get(name.lower(), frozenset()) for name in clients}
    part = draft.html_source_part
    for use, span in _uses(draft).items():
        feature = features.get(use)
        if feature is None:
            continue
        without = [name for name, found in chosen.items() if _lacks(found, use, feature)]
        if without:
            values = {"title": feature.title, "clients": ", ".join(without)}
            yield Hit(part, part.span_of_original(span), UNSUPPORTED, values)


def _lacks(platforms: frozenset[str], use: str, feature: Feature) -> bool:
    """A family lacks it when most of its programs do; what the page needs, when one does."""
    lacking = len(platforms & feature.unsupported)
    return lacking * 2 > len(platforms) or (lacking > 0 and use in NEEDED)


def _uses(draft: Draft) -> dict[str, Span]:
    """What the mail uses, with its first place in the source."""
    found: dict[str, Span] = {}
    spared = _spared(draft.html_source_part.original)
    seen: set[Kind] = set()
    styles: set[str] = set()
    for tag in draft.html.every_tag if spared else draft.html.first_tags:
        if tag.kind in seen or tag.name in FORBIDDEN or (spared and _lies_in(spared, tag.start)):
            continue
        seen.add(tag.kind)
        place = tag.source
        if tag.name not in _WITH_ATTRIBUTE:
            found.setdefault(f"<{tag.name}>", place)
        elif use := _use_of(tag):
            found.setdefault(use, place)
        if tag.style and tag.style not in styles:
            styles.add(tag.style)
            _add(found, tag.style, place)
    source = draft.html_source_part.original
    for start, end in draft.html.sheets:
        _add_sheet(found, source[start : min(end, start + LONGEST_SHEET)].lower(), Span(start, start + 1))
    return found


def _use_of(tag: Tag) -> str:
    """A style sheet fetched from elsewhere, a field to write in, an image by its kind."""
    attributes = tag.attributes
    if tag.name == "link":
        return "<link>" if "stylesheet" in attributes.get("rel", "").lower() else ""
    if tag.name == "input":
        return "<input>" if attributes.get("type", "text").lower() != "hidden" else ""
    match = _IMAGE_KIND.search(attributes.get("src", "")[:_LONGEST_ADDRESS])
    return f"image:{match[1].lower()}" if match else ""


def _spared(source: str) -> list[tuple[int, int]]:
    """What stands between `<!--[if !mso]><!-->` and its end: its author thought of Outlook already."""
    return [match.span() for match in _NOT_FOR_OUTLOOK.finditer(source)] if "if !mso" in source else []


def _lies_in(stretches: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(stretches, (offset, offset)) - 1
    return index >= 0 and offset < stretches[index][1]


def _add_sheet(found: dict[str, Span], sheet: str, span: Span) -> None:
    for _, style in css.plain_rules(sheet):
        for name, value in style.items():
            _add(found, f"{name}:{value}", span)
    for match in _AT_RULE.finditer(sheet):
        found.setdefault(f"@{match[1]}", span)


def _add(found: dict[str, Span], style: str, span: Span) -> None:
    declared = css.declarations(style)
    if declared.get("display") == "none":
        return  # what else hides a preheader is there for the programs that know it
    for name, value in declared.items():
        if name == "display":
            # an inline-flex or -grid needs what flex and grid need
            found.setdefault(f"display:{value.removeprefix('inline-').split()[0] if value else ''}", span)
        elif name == "background" and "url(" in value:
            found.setdefault("background-image", span)
        else:
            found.setdefault(name, span)
    if "(" in style:
        for match in _FUNCTION.finditer(style):
            found.setdefault(f"{match[1]}(", span)
    if "v" in style:
        for match in _UNIT.finditer(style):
            found.setdefault(f"unit:{match[1]}", span)


RULE = Rule(
    id="html-not-supported-by-mail-clients",
    code="HTML001",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="HTML mà chương trình thư của người nhận hiểu được.",
        en="HTML that the readers' mail programs understand.",
        zh="只用收件人邮件程序支持的 HTML。",
    ),
    why=Words(
        vi="Chương trình thư hiểu ít hơn trình duyệt: Outlook bỏ flex và position, ai cũng chặn script và form.",
        en="Mail programs understand less than browsers: Outlook drops flex and position, all block scripts and forms.",
        zh="邮件程序支持的远少于浏览器：Outlook 不认 flex 和 position，脚本和表单则一律被拦截。",
    ),
    source="caniemail.com, data of the package caniemail (MIT), kept with version and hash in lint_rules/html/caniemail.json.",
    bad=(
        Example("vi", html="<p>Trà sen</p><script>alert(1)</script>"),
        Example("en", html='<div style="display: flex">Tea</div>', context={"clients": ["outlook-windows"]}),
        Example("zh", html='<video src="cha.mp4"></video>', context={"clients": ["gmail"]}),
    ),
    good=(
        Example(
            "vi",
            html='<table><tr><td style="padding:12px">Trà sen</td></tr></table>',
            context={"clients": ["gmail", "outlook-windows"]},
        ),
        Example("en", html='<div style="display:flex">Tea</div>', context={"clients": ["apple-mail"]}),
        Example("zh", html='<video src="cha.mp4"></video>'),
    ),
    check=check,
)
