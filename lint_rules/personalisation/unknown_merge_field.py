"""A merge field names something that the audience or the system has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.merge_fields import MergeTag, UsedName
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Edit, Example, Hit, Rule, Severity, Words

UNKNOWN = Words(
    vi="Không có trường trộn nào tên là “{name}”.",
    en="There is no merge field called “{name}”.",
    zh="没有名为“{name}”的合并字段。",
)
NEAREST = Words(
    vi="Không có trường trộn nào tên là “{name}”. Có phải ý bạn là “{nearest}”?",
    en="There is no merge field called “{name}”. Did you mean “{nearest}”?",
    zh="没有名为“{name}”的合并字段。是不是“{nearest}”？",
)
# words by which people mean the same thing
SYNONYMS = {
    "name": ("full_name", "given_name", "first_name"),
    "ten": ("given_name", "first_name", "full_name", "name"),
    "ho_ten": ("full_name", "name"),
    "hoten": ("full_name", "name"),
    "firstname": ("given_name", "first_name"),
    "first_name": ("given_name",),
    "fname": ("given_name", "first_name"),
    "last_name": ("family_name", "surname", "full_name"),
    "title": ("form_of_address", "salutation", "position"),
    "salutation": ("form_of_address", "title"),
    "danh_xung": ("form_of_address", "salutation"),
    "xung_ho": ("form_of_address", "salutation"),
    "company": ("organisation", "company_name", "organization"),
    "cong_ty": ("organisation", "company", "company_name"),
    "organization": ("organisation", "company"),
    "city": ("province", "town"),
    "tinh": ("province", "city"),
    "unsubscribe": ("unsubscribe_url",),
    "unsubscribe_link": ("unsubscribe_url",),
    "view_online": ("view_url",),
    "date": ("today",),
}  # fmt: skip
# likeness from 0 to 1 below which a proposal would only puzzle
CLOSE = 0.68
# names that a system fills in; with its list unknown they are not judged
_SYSTEM_LIKE = re.compile(r"url|link|unsubscribe|view|today|date|year|sender|brand|company|tracking|reply")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Looks at subject, text and HTML; silent while the audience's fields are not known."""
    if draft.context.fields is None:
        return
    known = {*draft.context.fields, *(draft.context.system_fields or ())}
    for part in _parts(draft):
        defined: set[str] = set()
        for tag in part.tags:
            defined.update(tag.defines)
            for used in tag.names:
                if _is_unknown(used, known, defined, draft.context.system_fields is not None):
                    yield _hit(part, tag, used, known)


def _parts(draft: Draft) -> Iterator[Part]:
    yield draft.subject
    yield from draft.blocks or [draft.text]
    if draft.has_html:
        yield draft.html_source_part


def _is_unknown(used: UsedName, known: set[str], defined: set[str], system_known: bool) -> bool:
    name = used.name
    if name in known or name.split(".")[0] in defined:
        return False
    # a list or an object that is known as a whole: `orders` in `orders.first.total`
    if any(name.startswith(f"{whole}.") for whole in known):
        return False
    return system_known or not _SYSTEM_LIKE.search(name.lower())


def _hit(part: Part, tag: MergeTag, used: UsedName, known: set[str]) -> Hit:
    near = nearest(used.name, known)
    span = Span(used.start, used.end)
    if near is None:
        return Hit(part, Span(tag.start, tag.end), UNKNOWN, {"name": used.name})
    values = {"name": used.name, "nearest": near}
    return Hit(part, Span(tag.start, tag.end), NEAREST, values, edits=(Edit(part, span, near),))


def nearest(name: str, known: set[str]) -> str | None:
    """The known field that was probably meant."""
    by_tail: dict[str, str] = {}
    for field in sorted(known, reverse=True):
        by_tail[_plain(field.rsplit(".", 1)[-1])] = field
    plain = _plain(name.rsplit(".", 1)[-1])
    if plain in by_tail:
        return by_tail[plain]
    for other in SYNONYMS.get(_snake(name.rsplit(".", 1)[-1]), ()):
        if _plain(other) in by_tail:
            return by_tail[_plain(other)]
    close = get_close_matches(plain, by_tail, n=1, cutoff=CLOSE)
    return by_tail[close[0]] if close else None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


_FIELDS = {
    "fields": ["contact.given_name", "contact.full_name"],
    "system_fields": ["system.unsubscribe_url"],
}

RULE = Rule(
    id="unknown-merge-field",
    code="PERS001",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Trường trộn phải có trong dữ liệu khách hàng hoặc do hệ thống điền.",
        en="A merge field is one that the audience or the system has.",
        zh="合并字段必须存在于客户资料中或由系统填写。",
    ),
    why=Words(
        vi="Trường không tồn tại sẽ để lại chỗ trống trong lời chào của mọi người nhận.",
        en="A field that does not exist leaves a hole in every recipient's letter.",
        zh="不存在的字段会在每位收件人的信中留下空白。",
    ),
    source="Checklist before sending: are all details correct?",
    bad=(
        Example("vi", text="Chào {{ contact.given_nam|default('bạn') }},", context=_FIELDS),
        Example("en", subject="{{ contact.FirstName }}, your tea is ready", context=_FIELDS),
        Example("zh", text="尊敬的{{ contact.surname }}：", context=_FIELDS),
    ),
    good=(
        Example("vi", text="Chào {{ contact.given_name|default('bạn') }},", context=_FIELDS),
        Example("en", text="Unsubscribe: {{ system.unsubscribe_url }}", context=_FIELDS),
        Example("zh", text="尊敬的{{ contact.full_name }}：", context=_FIELDS),
        Example("en", text="Dear {{ contact.surname }},"),
    ),
    check=check,
)
