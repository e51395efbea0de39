"""Advertising says so at the very start of its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import Provision, provisions_of
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_ONLY, MARKETING_ONLY, Edit, Example, Hit, Rule, Severity, Words

ID = "advertising-label-missing-or-not-first"
MISSING = Words(
    vi="Tiêu đề thư quảng cáo chưa có nhãn. Hãy đặt {label} ở ngay đầu tiêu đề.",
    en="The subject of an advertisement bears no label. Put {label} at its very start.",
    zh="广告邮件的主题缺少标识，请在主题最前面加上{label}。",
)
NOT_FIRST = Words(
    vi="Nhãn quảng cáo không nằm ở đầu tiêu đề. Hãy chuyển {label} lên đầu.",
    en="The advertising label does not come first. Move {label} to the start of the subject.",
    zh="广告标识不在主题最前面，请把{label}移到开头。",
)
# nobody reads a longer subject
LONGEST = 300
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_OPENING, _CLOSING = "[(<【〔「《", "])>】〕」》"
# a bare word is a label only when something parts it from what follows
_DELIMITER = r"(?:\s*[:|/\-–—·,、;]|\s+(?=\S))"
_ANY_LABEL = re.compile(
    rf"\s*[{re.escape(_OPENING)}]\s*(?:QC|AD|ADV|Quảng cáo|广告|廣告)\s*[{re.escape(_CLOSING)}]\s*",
    re.IGNORECASE,
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Each pack has labels of its own; one that satisfies all packs is proposed."""
    found = provisions_of(draft, ID)
    if not found or draft.subject.blank():
        return
    # one for one, so that the offsets stay
    subject = draft.subject.masked[:LONGEST].translate(_NARROW)
    unmet = [provision for provision in found if not _begins(subject, provision)]
    if not unmet:
        return
    label = _proposal(found, draft.lang)
    start = len(subject) - len(subject.lstrip())
    first = Edit(draft.subject, Span(start, start), f"{label}{'' if label.endswith('】') else ' '}")
    elsewhere = _ANY_LABEL.search(subject)
    if elsewhere is None:
        yield Hit(
            draft.subject, Span(0, len(draft.subject.text)), MISSING, {"label": label}, None, (first,), True
        )
        return
    span = Span(*elsewhere.span())
    yield Hit(
        draft.subject, span, NOT_FIRST, {"label": label}, None, _moved(draft.subject, span, first), True
    )


def _moved(subject: Part, old: Span, first: Edit) -> tuple[Edit, ...]:
    """The old label goes, with one blank left where it stood between words."""
    if old.start == 0:
        return (Edit(subject, old, first.text),)
    between = " " if old.end < len(subject.text) else ""
    return (first, Edit(subject, old, between))


def _begins(subject: str, provision: Provision) -> bool:
    text = subject.lstrip()
    return any(_is_label(text, label) for label in provision.values["labels"])


def _is_label(text: str, label: str) -> bool:
    """A label in brackets stands as it is; a bare word in any brackets, or with a delimiter behind it."""
    if label[0] in _OPENING:
        return text.startswith(label)
    inner = text[1:].lstrip() if text[:1] and text[0] in _OPENING else None
    if inner is not None:
        rest = inner[len(label) :].lstrip()
        return inner.startswith(label) and rest[:1] != "" and rest[0] in _CLOSING
    return text.startswith(label) and re.match(_DELIMITER, text[len(label) : len(label) + 4]) is not None


def _proposal(found: list[Provision], lang: str) -> str:
    """The label of the reader's language; with several packs, the first that all accept."""
    own = [provision.values["own"][lang] for provision in found]
    every = [*own, *(label for provision in found for label in provision.values["labels"])]
    fits = [label for label in every if all(_begins(f"{label} x", provision) for provision in found)]
    return str((fits or own)[0])


RULE = Rule(
    id=ID,
    code="LAW001",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.ERROR,
    summary=Words(
        vi="Tiêu đề thư quảng cáo bắt đầu bằng nhãn quảng cáo.",
        en="The subject of an advertisement begins with the advertising label.",
        zh="广告邮件的主题以广告标识开头。",
    ),
    why=Words(
        vi="Luật Việt Nam đòi nhãn [QC] hoặc [AD], luật Trung Quốc đòi 广告 hoặc AD; thiếu nhãn là bị phạt.",
        en="Vietnam asks for [QC] or [AD], China for 广告 or AD; mail without the label is fined.",
        zh="越南要求标注[QC]或[AD]，中国要求标注“广告”或“AD”；缺少标识会被处罚。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 18 with the form of art. 15 (its place in e-mail not verified); Order 38 (2006), art. 13.",
    bad=(
        Example("vi", subject="Giảm 20% trà sen đến hết 30/11", context={"pack": ["vn"]}),
        Example("vi", subject="Giảm 20% trà sen [QC]", context={"pack": ["vn"]}),
        Example("en", subject="ADIDAS shoes from $49", context={"pack": ["cn"]}),
        Example("zh", subject="广告公司招聘特惠：首月八折", context={"pack": ["cn"]}),
    ),
    good=(
        Example("vi", subject="[QC] Giảm 20% trà sen đến hết 30/11", context={"pack": ["vn"]}),
        Example("vi", subject="Giảm 20% trà sen đến hết 30/11", context={"pack": ["us"]}),
        Example("en", subject="[AD] Running shoes from $49", context={"pack": ["vn", "cn"]}),
        Example("zh", subject="【广告】春茶八折，4月10日止", context={"pack": ["cn"]}),
    ),
    check=check,
)
