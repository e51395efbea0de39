"""The main link leads to the offer, not to the home page."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.links import Link
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.targets import target_of
from lint_rules.rule import EMAIL_ONLY, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Đường dẫn chính đi tới trang chủ ({target}). Hãy dẫn thẳng tới món được mời.",
    en="The main link goes to the home page ({target}). Lead to the very thing you offer.",
    zh="主链接通往首页（{target}）。请直接链接到所推荐的商品页。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Every link that asks for something goes to a bare host; one below the closing is a signature."""
    signatures = {id(part): _signature(draft, part) for part in [*draft.body, draft.html_part]}
    links = [link for link in draft.main_links if not signatures[id(link.part)].holds(link.span)]
    if not links or any(not _is_home(link) for link in links):
        return
    link = links[0]
    yield Hit(link.part, link.span, MESSAGE, {"target": target_of(link.href).rstrip("/")})


def _is_home(link: Link) -> bool:
    target = target_of(link.href)
    return not target.startswith("{{") and target.endswith("/") and target.count("/") == 1


def _signature(draft: Draft, part: Part) -> Span:
    """Below a closing, and above any postscript: there stands the firm's own address."""
    closings = draft.phrases("closings", part)
    postscript = next((span.start for span in draft.postscripts(part)), len(part.text))
    return Span(closings[-1].start, postscript) if closings else Span(0, 0)


RULE = Rule(
    id="main-link-goes-to-the-home-page",
    code="OFR006",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(
        vi="Đường dẫn chính tới thẳng ưu đãi.",
        en="The main link leads to the offer.",
        zh="主链接直达优惠页。",
    ),
    why=Words(
        vi="Tới trang chủ, người đọc phải tự tìm món hàng, và phần lớn không tìm.",
        en="On a home page readers have to look for the offer, and most of them do not.",
        zh="到了首页还得自己找商品，大多数人不会去找。",
    ),
    source="Course notes on e-mail marketing: the reader must not have to visit the home page for what he needs.",
    bad=(
        Example(
            "vi", text="Trà sen 390.000đ một hộp.\n\nĐặt ngay: https://tra.example/\n\nTrân trọng,\nTrà Sen"
        ),
        Example(
            "en", text="Tea at $24.\n\nOrder now: https://www.tea.example?utm_source=mail\n\nRegards,\nTom"
        ),
        Example("zh", text="春茶199元。\n\n立即订购：https://cha.example\n\n此致敬礼"),
    ),
    good=(
        Example(
            "vi",
            text="Trà sen 390.000đ.\n\nĐặt: https://tra.example/sen\n\nTrân trọng,\nTrà Sen\nhttps://tra.example",
        ),
        Example("en", text="Tea at $24. Call us.\n\nRegards,\nTom\nwww.tea.example"),
        Example("zh", text="春茶199元。\n\n订购：https://cha.example/chun\n\n此致敬礼"),
    ),
    check=check,
)
