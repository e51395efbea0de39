"""A merge field has words for those of whom we know nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.merge_fields import MergeTag
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Trường “{name}” không có lời thay thế khi khách hàng chưa có dữ liệu; thêm |default('…').",
    en="The field “{name}” has no fallback for customers without a value; add |default('…').",
    zh="字段“{name}”没有备用文字；客户缺少该数据时会留空。请加上 |default('…')。",
)
_FALLBACK = re.compile(r"\|\s*(?:default|d)\s*\(|(?<!\w)(?:or|if)(?!\w)")
_CONDITION = re.compile(r"\{%-?\s*(if|elif|endif)(?!\w)")
# filled by the system, as far as a name can tell while its list is not known
_SYSTEM_LIKE = re.compile(r"^system\.|url|link|unsubscribe|today|reply_code")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Exempt: fields the system always fills, and those within a condition that asks for them."""
    for part in [draft.subject, *draft.body]:
        tested: list[set[str]] = []
        asked: Counter[str] = Counter()
        defined: set[str] = set()
        for tag in part.tags:
            _follow(part, tag, tested, asked)
            defined.update(tag.defines)
            if not tag.prints or not tag.names or _FALLBACK.search(part.text, tag.start, tag.end):
                continue
            name = tag.names[0].name
            is_sure = name.split(".")[0] in defined or asked[name] > 0
            if not is_sure and _may_be_empty(name, draft):
                yield Hit(part, Span(tag.start, tag.end), MESSAGE, {"name": name})


def _follow(part: Part, tag: MergeTag, tested: list[set[str]], asked: Counter[str]) -> None:
    """`tested` has the names of each condition that is open, `asked` in how many of them each stands."""
    match = _CONDITION.match(part.text, tag.start)
    if match is None:
        return
    names = {used.name for used in tag.names}
    if match[1] == "if":
        tested.append(names)
        asked.update(names)
    elif match[1] == "elif" and tested:
        asked.update(names - tested[-1])
        tested[-1] |= names
    elif tested:
        asked.subtract(tested.pop())


def _may_be_empty(name: str, draft: Draft) -> bool:
    system, fields = draft.context.system_fields, draft.context.fields
    if system is not None and name in system:
        return False
    if fields is not None:
        # an unknown name is another rule's affair
        return name in fields
    return not _SYSTEM_LIKE.search(name)


_FIELDS = {"fields": ["first_name"], "system_fields": ["view_url"]}

RULE = Rule(
    id="merge-field-without-fallback",
    code="PERS002",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Trường trộn có lời thay thế khi thiếu dữ liệu.",
        en="A merge field has a fallback.",
        zh="合并字段有备用文字。",
    ),
    why=Words(
        vi="“Chào ,” cho khách hàng biết ngay rằng thư do máy gửi.",
        en="“Dear ,” tells the reader at once that a machine wrote.",
        zh="“尊敬的：”会让收件人立刻看出是机器群发。",
    ),
    source="Checklist before sending: are all details correct?",
    bad=(
        Example("vi", text="Chào {{ first_name }},", context=_FIELDS),
        Example("en", text="Dear {{ first_name|upper }},", context=_FIELDS),
        Example("zh", text="尊敬的{{ first_name }}：", context=_FIELDS),
    ),
    good=(
        Example("vi", text="Chào {{ first_name|default('bạn') }},", context=_FIELDS),
        Example(
            "en",
            text="{% if first_name %}Dear {{ first_name }}{% else %}Hello{% endif %}, {{ view_url }}",
            context=_FIELDS,
        ),
        Example("zh", text="尊敬的{{ first_name or '客户' }}：", context=_FIELDS),
    ),
    check=check,
)
