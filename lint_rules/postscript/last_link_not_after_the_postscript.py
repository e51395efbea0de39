"""The last link follows the postscript, where the eye already is."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part
from lint_rules.rule import EMAIL_ONLY, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Sau tái bút không còn đường dẫn nào. Hãy đặt đường dẫn chính lần nữa ở đó.",
    en="No link follows the postscript. Put the main link there once more.",
    zh="附言之后没有链接。请在那里再放一次主链接。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Only where there are both; the footer's links are not the reader's next step."""
    for index, part in enumerate(draft.body):
        spans = draft.postscripts(part)
        if not spans:
            continue
        if not any(_links(draft, one) for one in draft.body):
            return
        after = any(start >= spans[0].start for start in _links(draft, part))
        if not after and not any(_links(draft, one) for one in draft.body[index + 1 :]):
            yield Hit(part, spans[0], MESSAGE)
        return


def _links(draft: Draft, part: Part) -> list[int]:
    """Where the links of a part stand: written out, as anchors, or filled in by the system."""
    footer = draft.footer(part)
    if part is draft.html_part:
        found = [link.span.start for link in draft.html_links if link.href and not link.in_footer]
    else:
        found = [span.start for span in draft.urls(part)]
    fields = [tag.start for tag in part.tags if any(_is_link(used.name) for used in tag.names)]
    return [start for start in [*found, *fields] if not (footer and footer.start <= start < footer.end)]


def _is_link(name: str) -> bool:
    return name.endswith(("url", "link")) and "unsubscribe" not in name


RULE = Rule(
    id="last-link-not-after-the-postscript",
    code="PS003",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Đường dẫn cuối đứng ở tái bút.",
        en="The last link follows the postscript.",
        zh="最后一个链接放在附言之后。",
    ),
    why=Words(
        vi="Tái bút được đọc nhiều nhất; đọc xong, người đọc cần bấm được ngay.",
        en="The postscript is read most; whoever has read it should be able to act at once.",
        zh="附言最受关注，读完应能立即行动。",
    ),
    source="Course notes on e-mail marketing: the last link of the mail usually follows the P.S.",
    bad=(
        Example("vi", text="Đặt trà tại https://tra.example/dat\n\nT.B.: Giá này chỉ đến hết 31/3."),
        Example("en", text="Order at https://tea.example/order\n\nP.S. The price ends on March 31."),
        Example("zh", text="订购：https://cha.example/ding\n\n附言：优惠截至3月31日。"),
    ),
    good=(
        Example(
            "vi", text="Đặt tại https://tra.example/dat\n\nT.B.: Chỉ đến hết 31/3: https://tra.example/dat"
        ),
        Example("en", text="Call us.\n\nP.S. The price ends on March 31."),
        Example("zh", text="订购：https://cha.example/ding\n\n附言：截至3月31日。\nhttps://cha.example/ding"),
    ),
    check=check,
)
