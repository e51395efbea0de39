"""A web address stands on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Địa chỉ web bị ngắt thành hai dòng nên bấm vào sẽ hỏng. Hãy nối lại.",
    en="The web address is broken across two lines, so a click on it fails. Join it.",
    zh="网址断成了两行，点击会失效。请连成一行。",
)
# what goes on an address at the start of a line: no blank in it, and a mark that prose does not have there
_REST = re.compile(r"[ \t>]*(?P<rest>[A-Za-z0-9/?&=%_~#.+:@!$*'(),;-]+)[ \t]*(?=\n|$|[ \t])")
_ADDRESS_MARK = re.compile(r"[/?&=%#_]|(?<=\w)-(?=\w)")
_SENTENCE_MARKS = ".,;:!?)]}>\"'"
_WORD_WITH_SLASH = re.compile(
    r"(?:and/or|w/o?|24/7|\d{1,2}/\d{1,2}(?:/\d{2,4})?|n/a|his/her|s?he/she)$", re.IGNORECASE
)
# an address that was cut here is not finished
_UNFINISHED = ("/", "?", "&", "=", "%", "-", "_", "#")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Plain text only: in HTML an address is an attribute, and its line ends mean nothing."""
    parts = draft.blocks or [draft.text]
    for part in parts:
        for span in draft.urls(part):
            yield from _broken(part, span)


def _broken(part: Part, url: Span) -> Iterator[Hit]:
    text = part.masked
    end = text.find("\n", url.end)
    # only blanks between the address and the end of its line
    if end < 0 or text[url.end : end].strip() or end - url.end > _BLANKS:
        return
    match = _REST.match(text, end + 1)
    if match is None or not _goes_on(text[url.start : url.end], match["rest"]):
        return
    rest = Span(match.start("rest"), match.start("rest") + len(match["rest"].rstrip(_SENTENCE_MARKS)))
    edit = Edit(part, Span(url.end, rest.start), "")
    yield Hit(part, Span(url.start, rest.end), MESSAGE, edits=(edit,), safe=True)


def _goes_on(address: str, rest: str) -> bool:
    """`/spring?ref=a` goes on an address; a word of prose, a second address or a bracket does not."""
    rest = rest.rstrip(_SENTENCE_MARKS)
    if not rest or rest.lower().startswith(("http:", "https:", "www.", "(", "mailto:")):
        return False
    if rest[0] in "/?&=%#":
        return True
    if _WORD_WITH_SLASH.match(rest) or rest[0] in "-+*":
        return False
    marks = _ADDRESS_MARK.findall(rest)
    strong = [mark for mark in marks if mark != "-"]
    if strong:
        return True
    return address.endswith(_UNFINISHED) and bool(marks or any(char.isdigit() for char in rest))


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
