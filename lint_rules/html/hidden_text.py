"""What stands in a message can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import css, hiding
from lint_rules.parsing.html_tags import UNSEEN, VOID, Kind, Tag
from lint_rules.parsing.sheets import Sheet, read_sheets
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Có {count} ký tự bị giấu ({how}). Bộ lọc coi chữ giấu là lừa đảo; hãy bỏ đi hoặc để người đọc thấy.",
    en="{count} characters are hidden ({how}). Filters take hidden text for fraud: remove it, or let it be seen.",
    zh="有 {count} 个字符被隐藏（{how}）。过滤器会视为欺骗，请删除或显示出来。",
)
# a preheader shown beside the subject in the list of mails; no list shows more
LONGEST_PREHEADER = 150
_ENTITY = re.compile(r"&(?:nbsp|zwnj|zwj|shy|#8199|#847|#8203|#65279|#160|#173|#xa0|#x200c);?", re.IGNORECASE)
_BLANK = re.compile(r"[\s\u00a0\u00ad\u034f\u061c\u115f\u2007\u200b-\u200f\u2060\ufeff\ufffc]+")
# elements within elements; deeper ones are judged by their nearest hundred
_DEEPEST = 100
# characters between two tags that are looked at
_LONGEST_PIECE = 20_000
# an image of a button for Outlook in VML stands beside the button hidden from it
_VML = re.compile(r"<v:(?:roundrect|rect|shape)", re.IGNORECASE)
# the next of these ends the one before, closing tag or not
_ENDED_BY_THE_NEXT = frozenset(["p", "li", "td", "th", "tr"])
_MENTIONED = ("style", "STYLE", "class", "hidden", "id=", "color", "COLOR", "background")


class _Seen(NamedTuple):
    """How words look within an element. The first five are inherited; `gone` hides all that is within."""

    background: str = hiding.WHITE
    pictured: bool = False
    ink: str = ""
    tiny: str = ""
    invisible: str = ""
    gone: str = ""

    @property
    def hidden_by(self) -> str:
        """The declaration that hides; empty when none does."""
        if self.gone or self.tiny or self.invisible:
            return self.gone or self.invisible or self.tiny
        if self.ink == "transparent" or (
            self.ink and not self.pictured and hiding.same(self.ink, self.background)
        ):
            return f"color:#{self.ink}" if self.ink != "transparent" else "color:transparent"
        return ""


class _Look:
    """One way to look, made once a mail, with what each kind of tag within makes of it."""

    __slots__ = ("hidden_by", "seen", "within")

    def __init__(self, seen: _Seen) -> None:
        self.seen = seen
        self.hidden_by = seen.hidden_by
        self.within: dict[Kind, _Look] = {}


@dataclass(slots=True)
class _Hidden:
    tag: Tag
    how: str
    count: int = 0


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Words hidden by style, attribute or colour; the first of the mail, up to a preheader's length, may be."""
    if not draft.has_html:
        return
    sheet = read_sheets(draft.html_source_part.original, draft.html.sheets)
    if not hiding.may_hide([tag.kind for tag in draft.html.first_tags], sheet):
        return
    walk = _Walk(draft, sheet)
    walk.through()
    leading = sum(found.count for found in walk.leading)
    for found in walk.found if leading > LONGEST_PREHEADER else walk.found[len(walk.leading) :]:
        part = draft.html_source_part
        values = {"count": found.count, "how": found.how}
        yield Hit(part, part.span_of_original(found.tag.source), MESSAGE, values)


class _Walk:
    """From tag to tag, with the looks of the elements that are open."""

    def __init__(self, draft: Draft, sheet: Sheet) -> None:
        self.source = draft.html_source_part.original
        self.html = draft.html
        self.sheet = sheet
        self.vml = bool(_VML.search(self.source))
        self.looks: dict[_Seen, _Look] = {}
        self.plain = self._made(_Seen())
        self.open: list[tuple[Tag, _Look, _Hidden | None]] = []
        self.found: list[_Hidden] = []
        self.leading: list[_Hidden] = []
        self.seen = False

    def through(self) -> None:
        tags = iter(self.html.every_tag)
        done = 0
        for start, end, kind in self.html.marks:
            if start > done and not (self.seen and self.open and self.open[-1][2] is None):
                self._words(done, start)
            done = end
            if kind is None:
                continue
            if kind.closing:
                self._close(kind.name)
            else:
                tag = next(tags)
                if kind.name not in VOID:
                    self._open(tag)
        self._words(done, len(self.source))

    def _open(self, tag: Tag) -> None:
        if self.open and self.open[-1][0].name == tag.name and tag.name in _ENDED_BY_THE_NEXT:
            self.open.pop()
        _, look, hidden = self.open[-1] if self.open else (tag, self.plain, None)
        if tag.name in UNSEEN:
            look, hidden = self._made(look.seen._replace(gone=tag.name)), None
        elif not look.seen.gone:
            look = look.within.get(tag.kind) or self._look_of(tag, look)
            if not look.hidden_by:
                hidden = None
            elif hidden is None or hidden.how != look.hidden_by:
                hidden = _Hidden(tag, look.hidden_by)
        self.open.append((tag, look, hidden))
        del self.open[:-_DEEPEST]

    def _look_of(self, tag: Tag, around: _Look) -> _Look:
        """Its look; mails write the same few tags over and over."""
        found = self._made(self._look(tag, around.seen)) if self._is_styled(tag) else around
        if not self.sheet.nested:
            around.within[tag.kind] = found
        return found

    def _made(self, seen: _Seen) -> _Look:
        found = self.looks.get(seen)
        if found is None:
            found = self.looks[seen] = _Look(seen)
        return found

    def _is_styled(self, tag: Tag) -> bool:
        return tag.name in self.sheet.names or tag.name == "a" or any(map(tag.mentions, _MENTIONED))

    def _look(self, tag: Tag, around: _Seen) -> _Seen:
        style = self.sheet.style_of(tag, [one[0] for one in self.open])
        background, pictured = _behind(tag, style, around)
        return _Seen(
            background,
            pictured,
            _ink(tag, style, around),
            _tiny(style, around),
            _invisible(style, around),
            "hidden" if "hidden" in tag.attributes else hiding.gone(style, self.vml),
        )

    def _close(self, name: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0].name == name:
                del self.open[index:]
                return

    def _words(self, start: int, end: int) -> None:
        hidden = self.open[-1][2] if self.open else None
        is_shown = not self.open or not self.open[-1][1].hidden_by
        if hidden is None and (self.seen or not is_shown):
            return
        piece = self.source[start : min(end, start + _LONGEST_PIECE)]
        count = 0 if piece.isspace() else len(_BLANK.sub("", _ENTITY.sub("", piece)))
        if not count:
            return
        if hidden is None:
            self.seen = True
            return
        if not hidden.count:
            self.found.append(hidden)
            if not self.seen:
                self.leading.append(hidden)
        hidden.count += count


def _behind(tag: Tag, style: Mapping[str, str], around: _Seen) -> tuple[str, bool]:
    """The colour behind its words, and whether something else than a colour may lie there."""
    given = style.get("background-color") or style.get("background") or tag.attributes.get("bgcolor", "")
    found = css.colour(given)
    picture = style.get("background", "") + style.get("background-image", "")
    if "url(" in picture or "gradient" in picture or "background" in tag.attributes:
        return found or around.background, True
    if given and not found and given not in ("none", "transparent", "inherit", "initial"):
        return around.background, True  # a colour that we cannot read
    return found or around.background, around.pictured and not found


def _ink(tag: Tag, style: Mapping[str, str], around: _Seen) -> str:
    given = style.get("color") or (tag.attributes.get("color", "") if tag.name == "font" else "")
    if not given:
        # a link has its own colour
        return "" if tag.name == "a" else around.ink
    if given == "inherit":
        return around.ink
    if hiding.is_transparent(given):
        return "transparent"
    return css.colour(given)


def _tiny(style: Mapping[str, str], around: _Seen) -> str:
    size = style.get("font-size")
    return around.tiny if size is None or (around.tiny and hiding.is_relative(size)) else hiding.tiny(style)


def _invisible(style: Mapping[str, str], around: _Seen) -> str:
    given = style.get("visibility")
    return around.invisible if given is None or given == "inherit" else hiding.invisible(style)


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
