"""A web address stands on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.links import find_urls
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Địa chỉ web bị ngắt thành hai dòng nên bấm vào sẽ hỏng. Hãy nối lại.",
    en="The web address is broken across two lines, so a click on it fails. Join it.",
    zh="网址断成了两行，点击会失效。请连成一行。",
)
# what goes on an address at the start of a line
_REST = re.compile(r"[ \t>]*(?P<rest>[A-Za-z0-9/?&=%_~#.+:@!$*'(),;-]+)(?P<alone>>?[ \t]*(?=\n|$))?")
# behind an address that is cut here stands nothing but this, which no sentence needs
_CUT = re.compile(r"[?_]?[ \t]{0,8}$")
_SENTENCE_MARKS = ".,;:!?)]}>\"'"
_BEGINS = re.compile(r"[/?=](?=.{0,3}[A-Za-z0-9])|&[^\s=]{1,40}=|%[0-9A-Fa-f]{2}|-[a-z0-9]+[-/.?=][a-z0-9]")
# `a=b`, `x?y`, `%20`: no prose has these within a word
_WITHIN = re.compile(r"\w=\w|\w[?&]\w+=|%[0-9A-Fa-f]{2}")
_FILE = re.compile(r"[\w/-]+\.(?:html?|php|aspx?|jsp|pdf|png|jpe?g|gif)(?:[?#]\S*)?$", re.IGNORECASE)
_PATH = re.compile(r"[a-z0-9_.~-]+(?:/[a-z0-9_.~-]+)+/?$")
# pairs that people write with a stroke, dates and hours
_PAIR = re.compile(
    r"(?:and/or|w/o?|n/a|his/her|her/his|s?he/she|him/her|am/pm|b/c|c/o|http/\d|[a-z]{1,3}/[a-z]{1,3}"
    r"|\d{1,4}/\d{1,4}(?:/\d{2,4})?)$",
    re.IGNORECASE,
)
# an address that was cut here is not finished
_UNFINISHED = ("?", "&", "=", "%", "-", "_")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Plain text only: in HTML an address is an attribute, and its line ends mean nothing."""
    parts = draft.blocks or [draft.text]
    for part in parts:
        for span in draft.urls(part):
            yield from _broken(part, span)


def _broken(part: Part, url: Span) -> Iterator[Hit]:
    text = part.masked
    end = text.find("\n", url.end, url.end + _BLANKS + 2)
    if end < 0 or not (cut := _CUT.match(text, url.end, end)):
        return
    match = _REST.match(text, end + 1)
    if match is None:
        return
    mark = cut.group().strip()
    if not _goes_on(text[url.start : url.end] + mark, match["rest"], match["alone"] is not None, bool(mark)):
        return
    rest = Span(match.start("rest"), match.start("rest") + len(match["rest"].rstrip(_SENTENCE_MARKS)))
    edit = Edit(part, Span(url.end + len(mark), rest.start), "")
    yield Hit(part, Span(url.start, rest.end), MESSAGE, edits=(edit,), safe=True)


def _goes_on(address: str, rest: str, alone: bool, asks: bool) -> bool:
    """`/spring?ref=a` goes on an address; a word of prose, a second address or a bracket does not.

    `alone`: nothing else stands on the line. `asks`: the line above ends in a question mark, which may be
    that of a sentence.
    """
    rest = rest.rstrip(_SENTENCE_MARKS)
    if not rest or rest[0] in "(@*+#!" or _is_address(rest):
        return False
    if asks:
        return bool(_WITHIN.search(rest))
    if _BEGINS.match(rest) or _WITHIN.search(rest):
        return True
    if rest[0] == "-" or not alone or _PAIR.match(rest):
        return False
    if address.endswith(_UNFINISHED):
        return rest[0].isalnum()
    return bool(_PATH.match(rest) or (address.endswith("/") and _FILE.match(rest)))


def _is_address(rest: str) -> bool:
    """A second address, of the web or of a mailbox."""
    if re.match(r"[a-z]{2,10}:/?/?", rest, re.IGNORECASE) or "@" in rest:
        return True
    found = find_urls(rest)
    return bool(found) and found[0].start == 0


# blanks at the end of a line that nobody sees
_BLANKS = 8

RULE = Rule(
    id="link-broken-across-lines",
    code="LAY003",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Không ngắt địa chỉ web thành hai dòng.",
        en="No link is broken across lines.",
        zh="网址不得断行。",
    ),
    why=Words(
        vi="Chương trình thư chỉ nhận ra phần ở dòng đầu; người đọc bấm vào và gặp trang lỗi.",
        en="Mail programs recognise only what stands on the first line; the reader clicks and meets an error page.",
        zh="邮件程序只识别第一行的部分，读者点击后只会看到错误页面。",
    ),
    source="Course notes on e-mail marketing: never break a link across two lines.",
    bad=(
        Example("vi", text="Đặt chỗ tại đây:\nhttps://tra.example/dat-cho\n/thang-3?ma=SEN20\n"),
        Example("en", text="Book here: https://tea.example/book?day=\n31-march&seats=2\n"),
        Example("zh", text="预订请点击：\nhttps://cha.example/yuding\n?ref=mail&id=20\n"),
    ),
    good=(
        Example("vi", text="Đặt chỗ tại: https://tra.example/dat-cho\ntrước ngày 31/3 để được giữ bàn.\n"),
        Example(
            "en", text="Book here: https://tea.example/book\nhttps://tea.example/map\n(and/or call us)\n"
        ),
        Example("zh", text="预订请点击：https://cha.example/yuding\n截至3月31日。\n"),
    ),
    check=check,
)
