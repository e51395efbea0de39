"""What stands in a message can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import css
from lint_rules.parsing.html_parts import VOID, Tag
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Có {count} ký tự bị giấu ({how}). Bộ lọc coi chữ giấu là lừa đảo; hãy bỏ đi hoặc để người đọc thấy.",
    en="{count} characters are hidden ({how}). Filters take hidden text for fraud: remove it, or let it be seen.",
    zh="有 {count} 个字符被隐藏（{how}）。过滤器会视为欺骗，请删除或显示出来。",
)
# a preheader shown beside the subject in the list of mails; no list shows more
LONGEST_PREHEADER = 150
_TAG = re.compile(r"<[^<>]{0,4000}>")
_ENTITY = re.compile(r"&(?:nbsp|zwnj|zwj|shy|#8199|#847|#8203|#65279|#160|#173|#xa0|#x200c);?", re.IGNORECASE)
_UNSEEN = re.compile(r"[\s\u00a0\u00ad\u034f\u061c\u115f\u2007\u200b-\u200f\u2060\ufeff\ufffc]+")
_UNSEEN_TAGS = frozenset(["style", "script", "head", "title", "template", "noscript", "svg"])
_ZERO = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%)?$")
_FAR = re.compile(r"-\d{3,5}(?:\.\d+)?(?:px|em|pt)")
WHITE = "ffffff"
# elements within elements; deeper ones are judged by their nearest hundred
_DEEPEST = 100


@dataclass(slots=True)
class _Open:
    name: str
    background: str
    pictured: bool


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Elements hidden by style, attribute or colour that hold words; the first thing in the mail may be a preheader."""
    if not draft.has_html:
        return
    source = draft.html_source_part.original
    hiding = _hiding_selectors(source)
    tags = {tag.start: tag for tag in draft.html.every_tag}
    stack: list[_Open] = []
    seen_before = skip_to = done = 0
    for start, end, name, closing in draft.html.marks:
        if start < skip_to:
            continue
        # whether anything was seen before matters only until something was
        if not seen_before and start > done:
            seen_before = len(_UNSEEN.sub("", _ENTITY.sub("", source[done:start][:_LONG])))
        done = end
        if not name or name in VOID:
            continue
        if closing:
            _close(stack, name)
            continue
        if name in _UNSEEN_TAGS:
            skip_to = done = _end_of(source, end, name)
            continue
        tag = tags.get(start)
        opened = _opened(tag, name, stack)
        how = _how_hidden(tag, hiding, opened, stack) if tag else ""
        if how:
            skip_to = done = _end_of(source, end, name)
            words = _words(source[end:skip_to])
            is_preheader = seen_before == 0 and len(words) <= LONGEST_PREHEADER
            if words and not is_preheader:
                span = draft.html_source_part.span_of_original(Span(start, end))
                yield Hit(draft.html_source_part, span, MESSAGE, {"count": len(words), "how": how})
            seen_before += len(words)
            continue
        stack.append(opened)
        del stack[:-_DEEPEST]


_LONG = 2_000


def _opened(tag: Tag | None, name: str, stack: list[_Open]) -> _Open:
    """The element with the colour that lies behind its words."""
    behind = stack[-1] if stack else _Open("", WHITE, False)
    if tag is None or not (tag.mentions("ackground") or tag.mentions("bgcolor")):
        return _Open(name, behind.background, behind.pictured)
    style = css.declarations(tag.style)
    given = style.get("background-color") or style.get("background") or tag.attributes.get("bgcolor", "")
    found = css.colour(given)
    pictured = (
        "url(" in given
        or "gradient" in given
        or "background-image" in style
        or "background" in tag.attributes
    )
    return _Open(name, found or behind.background, pictured or (behind.pictured and not found))


def _how_hidden(tag: Tag, hiding: dict[str, str], opened: _Open, stack: list[_Open]) -> str:
    if not any(tag.mentions(word) for word in ("style", "class", "hidden", "id=")):
        return ""
    attributes = tag.attributes
    if "hidden" in attributes:
        return "hidden"
    for name in attributes.get("class", "").split():
        if f".{name}" in hiding:
            return hiding[f".{name}"]
    if "id" in attributes and f"#{attributes['id']}" in hiding:
        return hiding[f"#{attributes['id']}"]
    style = css.declarations(attributes.get("style", ""))
    return _hidden_by(style) or _same_colour(style, opened)


def _hidden_by(style: Mapping[str, str]) -> str:
    """The declaration that hides; empty when none does."""
    for name, value in (("display", "none"), ("visibility", "hidden"), ("mso-hide", "all")):
        if style.get(name) == value:
            return f"{name}:{value}"
    for name in ("font-size", "opacity"):
        if name in style and _ZERO.match(style[name]):
            return f"{name}:{style[name]}"
    for name in ("max-height", "height", "max-width", "width"):
        if name in style and _ZERO.match(style[name]) and style.get("overflow") == "hidden":
            return f"{name}:{style[name]}"
    for name in ("text-indent", "left", "top", "margin-left"):
        if name in style and _FAR.match(style[name]):
            return f"{name}:{style[name]}"
    return ""


def _same_colour(style: Mapping[str, str], opened: _Open) -> str:
    ink = css.colour(style["color"]) if "color" in style else ""
    if ink and ink == opened.background and not opened.pictured:
        return f"color:{style['color']}"
    return ""


def _hiding_selectors(source: str) -> dict[str, str]:
    """`.class` and `#id` of `<style>` that hide on every screen."""
    found: dict[str, str] = {}
    lower = source.lower()
    position = 0
    while (start := lower.find("<style", position)) >= 0:
        opened = lower.find(">", start)
        end = lower.find("</style", opened)
        if opened < 0 or end < 0:
            break
        for selector, style in css.plain_rules(source[opened + 1 : end][:_LONGEST_SHEET]):
            name = selector.rsplit(" ", 1)[-1]
            how = _hidden_by(style)
            if how and name[:1] in ".#":
                found[name] = how
            elif how and "." in name and ":" not in name:
                found["." + name.split(".", 1)[1]] = how
        position = end
    return found


# characters of a style sheet that are read
_LONGEST_SHEET = 50_000


def _end_of(source: str, position: int, name: str) -> int:
    """Behind the closing tag that belongs to the element; the end of the source when there is none."""
    depth = 1
    for match in re.finditer(
        rf"<(/?){re.escape(name)}(?=[\s>/])", source[position : position + _LONGEST_HIDDEN], re.IGNORECASE
    ):
        depth += -1 if match[1] else 1
        if depth == 0:
            close = source.find(">", position + match.end())
            return close + 1 if close >= 0 else len(source)
    return min(len(source), position + _LONGEST_HIDDEN)


# characters of a hidden element that are counted
_LONGEST_HIDDEN = 20_000


def _words(inner: str) -> str:
    return _UNSEEN.sub("", _ENTITY.sub("", _TAG.sub("", inner)))


def _close(stack: list[_Open], name: str) -> None:
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].name == name:
            del stack[index:]
            return


RULE = Rule(
    id="hidden-text",
    code="HTML003",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(vi="Không giấu chữ trong thư.", en="No hidden text.", zh="不隐藏文字。"),
    why=Words(
        vi="Chữ trắng trên nền trắng là mánh của thư rác. Một dòng xem trước ở đầu thư, tới 150 ký tự, thì được.",
        en="White on white is a trick of spam. A preheader at the very top, up to 150 characters, is fine.",
        zh="白底白字是垃圾邮件的伎俩。邮件开头不超过 150 字的预览文字可以隐藏。",
    ),
    source="Google's rules for senders: no hidden content.",
    bad=(
        Example(
            "vi", html='<p>Trà sen mới về.</p><div style="display:none">rẻ nhất giảm giá khuyến mãi</div>'
        ),
        Example("en", html='<p>New tea.</p><p style="color:#ffffff">cheap cheap best price</p>'),
        Example("zh", html='<p>新茶到店。</p><span style="font-size:0">免费 特价 优惠</span>'),
    ),
    good=(
        Example(
            "vi",
            html='<body><div style="display:none;max-height:0">Trà sen giảm 20% đến hết 31/3&nbsp;&zwnj;</div><p>Trà sen mới về.</p></body>',
        ),
        Example(
            "en",
            html='<table><tr><td style="background-color:#8a2b1f;color:#fff"><a style="color:#ffffff" href="https://t.example">Order</a></td></tr></table>',
        ),
        Example(
            "zh", html='<p style="color:#333">新茶到店。</p><img style="display:none" src="o.gif" alt="">'
        ),
    ),
    check=check,
)
