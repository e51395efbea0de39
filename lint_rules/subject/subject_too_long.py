"""A subject is short enough to be read in a list of mails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import cluster_columns, clusters, columns
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Kind, Rule, Severity, Words, subject_alone

MESSAGE = Words(
    vi=(
        "Tiêu đề rộng {width} cột, nhiều hơn {limit}: phần cuối sẽ bị cắt. Hãy rút gọn và đặt ý chính trong"
        " {first} cột đầu."
    ),
    en=(
        "The subject is {width} columns wide, more than {limit}, and will be cut off. Shorten it and put the"
        " point in the first {first}."
    ),
    zh="主题宽 {width} 列，超过 {limit} 列，末尾会被截断。请缩短，并把要点放在前 {first} 列。",
)
# columns that the narrowest telephone shows (33 to 48)
ON_A_PHONE = 33
# columns of a merge field without a fallback: a given name
USUAL_NAME = 6
# characters; beyond it nobody needs the exact width
LONGEST_SUBJECT = 2_000


def check_subject(draft: Draft, subject: Part, config: Config) -> Iterator[Hit]:
    """Counts the label too, for it takes room, and a merge field as wide as its fallback."""
    widest = config.limit("subject_columns")
    if len(subject.text) <= widest // 2 or (
        draft.declared_kind is Kind.REPLY and "re:" in subject.folded[:4]
    ):
        return
    width, too_much = _measure(subject, widest)
    if too_much is not None:
        values = {"width": width, "limit": widest, "first": min(ON_A_PHONE, widest)}
        yield Hit(subject, Span(too_much, len(subject.text.rstrip())), MESSAGE, values)


def _measure(subject: Part, widest: int) -> tuple[int, int | None]:
    """Width, and the offset of the first character for which there is no room."""
    width, position, too_much = 0, 0, None
    text = subject.text.rstrip()[:LONGEST_SUBJECT]
    tags = [tag for tag in islice(subject.tags, LONGEST_SUBJECT) if tag.end <= len(text)]
    for start, end, taken in [
        *((tag.start, tag.end, _columns_of_tag(tag.prints, tag.fallback)) for tag in tags),
        (len(text), len(text), 0),
    ]:
        for cluster in clusters(text[position:start]):
            width += cluster_columns(cluster)
            if width > widest and too_much is None:
                too_much = position
            position += len(cluster)
        width, position = width + taken, end
        if width > widest and too_much is None:
            too_much = start
    return width, too_much


def _columns_of_tag(prints: bool, fallback: str | None) -> int:
    if not prints:
        return 0
    return columns(fallback) if fallback else USUAL_NAME


RULE = Rule(
    id="subject-too-long",
    code="SUBJ006",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Tiêu đề không rộng quá 60 cột, ý chính nằm trong 33 cột đầu.",
        en="A subject is at most 60 columns wide, with its point in the first 33.",
        zh="主题不超过60列，要点在前33列。",
    ),
    why=Words(
        vi="Máy tính hiện chừng 60 cột, điện thoại chỉ 33 đến 48. Phần bị cắt thường chính là ưu đãi.",
        en="A desktop shows some 60 columns, a telephone 33 to 48. What is cut off is often the offer itself.",
        zh="电脑约显示60列，手机只有33到48列。被截掉的往往正是优惠本身。",
    ),
    source="Widths of the lists of common mail programs, about 60 columns on a desktop and 33 to 48 on telephones.",
    bad=(
        Example("vi", subject="[QC] Cửa hàng Hoa Sen trân trọng giới thiệu bộ sưu tập áo dài giảm 20%"),
        Example("en", subject="From all of us at the garden centre: every oak table in the shop is 20% off"),
        Example("zh", subject="【广告】本店隆重推出今年春季全新明前龙井系列礼盒，现在订购立享八折优惠"),
    ),
    good=(
        Example("vi", subject="[QC] Áo dài Tết giảm 20%, may trong 3 ngày"),
        Example("en", subject="Oak tables: 20% off until Sunday, {{ name|default('friend') }}"),
        Example("zh", subject="【广告】明前龙井礼盒八折，4月10日止"),
    ),
    check=subject_alone(check_subject),
)
