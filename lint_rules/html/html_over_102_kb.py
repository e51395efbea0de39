"""The HTML part stays below what Gmail shows at once."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Bản HTML nặng {size} KB; quá 102 KB thì Gmail cắt bớt, và phần từ chối nhận thư ở cuối bị giấu.",
    en="The HTML weighs {size} KB; above 102 KB Gmail clips it and hides the opt-out at its end.",
    zh="HTML 大小为 {size} KB，超过 102 KB 会被 Gmail 截断，结尾的退订信息也会被隐藏。",
)
MOST_BYTES = 102 * 1024
_KILOBYTE = 1024


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Bytes of UTF-8, as it is sent."""
    part = draft.html_source_part
    # no character takes more than four bytes
    if len(part.original) * 4 <= MOST_BYTES:
        return
    size = len(part.original.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        yield Hit(part, Span(0, 0), MESSAGE, {"size": f"{size / _KILOBYTE:.0f}"})


RULE = Rule(
    id="html-over-102-kb",
    code="HTML002",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(vi="HTML không quá 102 KB.", en="HTML of at most 102 KB.", zh="HTML 不超过 102 KB。"),
    why=Words(
        vi="Gmail cắt thư dài và giấu phần cuối sau một đường dẫn ít ai bấm; trong đó có chỗ từ chối nhận.",
        en="Gmail clips long mail and hides the rest behind a link that few follow, the opt-out among it.",
        zh="Gmail 会截断过长的邮件，把余下部分藏在很少有人点的链接后面，其中就有退订。",
    ),
    source="Measured by senders: Gmail clips between 102 and 105 KB (104,448 bytes are 102 KB).",
    bad=(
        Example("vi", html="<p>Trà sen</p>" + "<!-- trang trí -->" * 6000),
        Example("en", html="<p>Tea</p>" + "<td>&nbsp;</td>" * 8000),
        Example("zh", html="<p>春茶</p>" + "茶" * 35_000),
    ),
    good=(
        Example("vi", html="<p>Trà sen</p>" * 50),
        Example("en", html="<p>Tea</p>" + "a" * 100_000),
        Example("zh", html="<p>春茶</p>" + "茶" * 30_000),
    ),
    check=check,
)
