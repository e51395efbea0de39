"""The best, the only, number one: a claim that the law allows only with proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lint_rules.config import Config
from lint_rules.context import Evidence
from lint_rules.document import Draft
from lint_rules.packs import LAW_KINDS, provisions_of
from lint_rules.parsing.near import Near
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words

ID = "unproven-superlative"
MESSAGE = Words(
    vi="“{claim}” là lời khẳng định phải có tài liệu chứng minh. Hãy đăng ký bằng chứng, hoặc nói cụ thể hơn.",
    en="“{claim}” is a claim that needs proof. Register the evidence, or say something that can be seen.",
    zh="“{claim}”属于绝对化用语，须有证明材料。请登记依据，或改用具体的说法。",
)
EXPIRED = Words(
    vi="Bằng chứng cho “{claim}” đã hết hạn. Hãy gia hạn, hoặc nói cụ thể hơn.",
    en="The evidence for “{claim}” has expired. Renew it, or say something that can be seen.",
    zh="“{claim}”的证明材料已过期。请更新依据，或改用具体的说法。",
)
LEXICON = "superlatives"
# words of a claim that must stand in the sentence, the superlative among them
SHARE = 0.8
# characters around a superlative that are compared with a claim
NEAR = 120
# claims of one part that are held against the evidence
_MOST = 1_000
# "No. 1 Main Street", "step number one": a place in a row, not in the market
_ROW_BEFORE = re.compile(
    r"(?<!\w)(?:at|address|room|platform|lot|gate|tip|step|rule|reason|lesson|question|part|chapter|day|week|season|episode|district)\W{1,3}$"
)
_ROW_AFTER = re.compile(
    r"[^.\n]{0,30}(?<!\w)(?:street|road|lane|avenue|ward|district|floor|building|alley|phố|đường)(?!\w)"
)
_ONE = re.compile(r"(?:no\.? ?|number |#)(?:1|one)$")
_NUMBER_ONE = Near(
    re.compile("1"), re.compile(r"(?<!\w)#1(?!\w)|(?<!\w)no\. ?1(?![\w.,])"), before=5, after=1
)
# "第一，…；第二，…" counts points
_COUNTS = re.compile(r"\s*[，、,:：.]")
_STARTS = "\n。；;！!？? \u3000"
_UNIT = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Subject and body; the footer names a firm and is no claim."""
    if not provisions_of(draft, ID):
        return
    for part in [draft.subject, *draft.body]:
        footer = draft.footer(part) if part is not draft.subject else None
        for span in islice(_claims(draft, part), _MOST):
            if footer is not None and footer.holds(span):
                continue
            proofs = [proof for proof in draft.context.evidence or () if _proves(proof, part, span)]
            if any(_valid(proof, draft) for proof in proofs):
                continue
            claim = part.text[span.start : span.end]
            yield Hit(part, span, EXPIRED if proofs else MESSAGE, {"claim": claim})


def _claims(draft: Draft, part: Part) -> list[Span]:
    """Read once and kept with the part."""
    key = ("superlative-claims", draft.lang)
    if key not in part.readings:
        part.readings[key] = _find_claims(draft, part)
    found: list[Span] = part.readings[key]
    return found


def _find_claims(draft: Draft, part: Part) -> list[Span]:
    text = part.folded
    found = [*draft.phrases(LEXICON, part)]
    found += [Span(*match.span()) for match in _NUMBER_ONE.finditer(text)]
    kept: list[Span] = []
    for span in sorted(set(found)):
        if (kept and span.start < kept[-1].end) or _counts(text, span) or _in_a_row(text, span):
            continue
        kept.append(_with_word_before(draft, part, span))
    return kept


def _counts(text: str, span: Span) -> bool:
    if text[span.start : span.end] != "第一":
        return False
    starts = span.start == 0 or text[span.start - 1] in _STARTS
    return starts and _COUNTS.match(text, span.end) is not None


def _in_a_row(text: str, span: Span) -> bool:
    if not _ONE.search(text, span.start, span.end):
        return False
    before = text[max(0, span.start - 16) : span.start]
    return bool(_ROW_BEFORE.search(before) or _ROW_AFTER.match(text, span.end))


def _with_word_before(draft: Draft, part: Part, span: Span) -> Span:
    """“rẻ nhất”, not “nhất” alone: the word that is raised says what is claimed."""
    if draft.lang != "vi" or part.folded[span.start : span.end] != "nhất":
        return span
    before = list(_UNIT.finditer(part.folded, max(0, span.start - 12), span.start))
    if before and part.folded[before[-1].end() : span.start] == " ":
        return Span(before[-1].start(), span.end)
    return span


def _valid(proof: Evidence, draft: Draft) -> bool:
    until, today = proof.valid_until, draft.context.today
    return until is None or today is None or until >= today


# "the best tea pot" is proved as "best tea pot"
_ARTICLES = frozenset(["the", "a", "an", "our", "your"])


def _proves(proof: Evidence, part: Part, span: Span) -> bool:
    """The claim's words stand around the superlative, and its own words are among the claim's."""
    claimed = _units_of(proof.claim)
    if not claimed:
        return False
    own = set(_UNIT.findall(part.folded, span.start, span.end)) - _ARTICLES
    around = set(_UNIT.findall(part.folded, max(0, span.start - NEAR), span.end + NEAR))
    return own <= claimed and len(claimed & around) >= SHARE * len(claimed)


@cache
def _units_of(claim: str) -> frozenset[str]:
    return frozenset(_UNIT.findall(folded(normalised(claim)[0])))


_PROOF = {"claim": "trà sen bán chạy nhất Hà Nội", "document": "Khảo sát 2026", "valid_until": "2026-12-31"}
RULE = Rule(
    id=ID,
    code="LAW005",
    channels=EMAIL_AND_LETTER,
    kinds=LAW_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="“Nhất”, “duy nhất”, “số một” chỉ dùng khi có bằng chứng đã đăng ký.",
        en="“The best”, “the only”, “number one” stand only with registered proof.",
        zh="“最佳”“唯一”“第一”等用语须有登记的证明材料。",
    ),
    why=Words(
        vi="Luật Quảng cáo cấm các từ này khi không có tài liệu chứng minh; người đọc cũng tin con số hơn lời khoe.",
        en="The laws on advertising forbid such words without proof, and readers trust a figure more than a boast.",
        zh="广告法禁止无依据使用这类用语；读者也更相信具体数字。",
    ),
    source="Law on Advertising 16/2012/QH13, art. 8(11); Advertising Law of China, art. 9(3).",
    bad=(
        Example(
            "vi", text="Trà sen ngon nhất Hà Nội, nay giảm 20%.", context={"pack": ["vn"], "evidence": []}
        ),
        Example(
            "vi",
            text="Đây là trà sen bán chạy nhất Hà Nội.",
            context={"pack": ["vn"], "today": "2027-02-01", "evidence": [_PROOF]},
        ),
        Example("en", text="The best lotus tea in Hanoi, 20% off.", context={"pack": ["vn"], "evidence": []}),
        Example("zh", text="国家级品质，全国销量第一。", context={"pack": ["cn"], "evidence": []}),
    ),
    good=(
        Example(
            "vi",
            text="Hai cửa hàng đã hợp nhất; bạn nhất định nên ghé ít nhất một lần.",
            context={"pack": ["vn"], "evidence": []},
        ),
        Example(
            "vi",
            text="Đây là trà sen bán chạy nhất Hà Nội.",
            context={"pack": ["vn"], "today": "2026-11-25", "evidence": [_PROOF]},
        ),
        Example(
            "en", text="Best regards from our tea house.", context={"pack": ["vn", "cn"], "evidence": []}
        ),
        Example("zh", text="第一次下单最多减50元，最后三天。", context={"pack": ["cn"], "evidence": []}),
    ),
    check=check,
)
