"""A message is about its reader, not about its sender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư nói về mình {we} lần, về người đọc {you} lần. Hãy viết điều người đọc được.",
    en="The message speaks of us {we} times and of the reader {you} times. Write what the reader gets.",
    zh="信中提到“我们”{we} 次，提到读者 {you} 次。请写读者能得到什么。",
)
# fewer are no habit
FEWEST = 3
_NAME_FIELD = re.compile(r"name|form_of_address|xung_ho|salutation|ten|customer|contact")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """More we-words than you-words, three at least; footer and quotations left out."""
    we = [(part, span) for part in draft.body for span in _found(draft, part, "we_words")]
    if len(we) < FEWEST:
        return
    you = sum(len(_found(draft, part, "you_words")) + _fields(part) for part in draft.body)
    if len(we) > you:
        part, span = we[0]
        yield Hit(part, span, MESSAGE, {"we": len(we), "you": you})


def _found(draft: Draft, part: Part, name: str) -> list[Span]:
    found = draft.phrases(name, part)
    if not found:
        return []
    left_out = [*draft.aside(part), *quotations(part)]
    return list(outside(found, left_out))


def _fields(part: Part) -> int:
    """A merge field with the reader's name addresses them."""
    return sum(any(_NAME_FIELD.search(used.name) for used in tag.names) for tag in part.tags if tag.prints)


RULE = Rule(
    id="about-us-instead-of-the-customer",
    code="HOOK002",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(
        vi="Viết về khách, không viết về mình.",
        en="About the customer, not about us.",
        zh="写顾客，不写自己。",
    ),
    why=Words(
        vi="Người đọc tìm phần của mình trong thư; “chúng tôi” nhiều hơn “anh chị” là thư tự khen.",
        en="Readers look for themselves; a letter with more “we” than “you” praises its sender.",
        zh="读者在信里找与自己有关的内容；“我们”多于“您”，就成了自夸。",
    ),
    source="Course notes on e-mail marketing: what will the customer get, not what are we selling.",
    bad=(
        Example(
            "vi",
            text="Chúng tôi tự hào về xưởng của chúng tôi. Chúng tôi dùng lá ngon và chúng tôi ướp bảy lần.",
        ),
        Example("en", text="We are proud of our shop. We blend our own tea, and our team loves it."),
        Example("zh", text="我们为我们的茶园自豪。我们的茶叶由我司精制。"),
    ),
    good=(
        Example(
            "vi",
            text="Chúng tôi gửi anh chị hộp trà mới. Anh chị nếm thử, không thích thì chúng tôi nhận lại; chúng ta cùng uống trà.",
        ),
        Example(
            "en",
            text="Of course you choose the course of four hours. You taste, you decide, and we deliver to your door.",
        ),
        Example("zh", text="您先品尝，再决定。您满意，我们才放心。"),
    ),
    check=check,
)
