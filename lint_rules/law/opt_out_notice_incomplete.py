"""The opt-out notice stands last, names the right to refuse everything, and says how."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import LAW_KINDS, provisions_of
from lint_rules.parsing.opt_out import Notice
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

ID = "opt-out-notice-incomplete"
NOT_ALL = Words(
    vi="Phần từ chối chưa nói rõ khách có quyền từ chối quảng cáo về tất cả sản phẩm, dịch vụ. Hãy thêm câu ấy.",
    en="The opt-out notice does not say that the reader may refuse advertising for all products. Add that sentence.",
    zh="退订说明没有写明收件人有权拒收所有产品的广告，请补上这句话。",
)
NO_METHOD = Words(
    vi="Phần từ chối chưa hướng dẫn cách làm. Hãy ghi đường link, email hoặc số điện thoại.",
    en="The opt-out notice does not say how. Give the link, the address or the phone number.",
    zh="退订说明没有写明方法，请给出链接、邮箱或电话。",
)
NOT_LAST = Words(
    vi="Phần từ chối phải nằm ở cuối thư, sau thông tin người gửi. Hãy chuyển xuống cuối.",
    en="The opt-out notice must come last, below the sender's details. Move it to the end.",
    zh="退订说明应放在邮件最后、发件人信息之后，请移到末尾。",
)
_RIGHT = {
    "vi": "Quý khách có quyền từ chối nhận quảng cáo về tất cả sản phẩm, dịch vụ của chúng tôi.\n",
    "en": "You have the right to refuse advertising for all our products and services.\n",
    "zh": "您有权拒收我们所有产品和服务的广告。\n",
}


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Speaks of the notice that is there; one that is not is `no-way-to-opt-out`."""
    if not provisions_of(draft, ID):
        return
    for found in draft.notices:
        if found is not None:
            yield from _lacks(draft, found)


def _lacks(draft: Draft, found: Notice) -> Iterator[Hit]:
    if not found.last:
        yield Hit(found.part, found.span, NOT_LAST)
    elif not found.way:
        yield Hit(found.part, found.span, NO_METHOD)
    elif not found.all:
        start = Span(found.span.start, found.span.start)
        # within HTML a sentence has tags around it, which only its author can place
        edits = () if found.part is draft.html_part else (Edit(found.part, start, _RIGHT[draft.lang]),)
        yield Hit(found.part, found.span, NOT_ALL, edits=edits, safe=bool(edits))


RULE = Rule(
    id=ID,
    code="LAW003",
    channels=EMAIL_ONLY,
    kinds=LAW_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Phần từ chối nằm cuối thư, nói rõ quyền từ chối tất cả và cách từ chối.",
        en="The opt-out notice comes last, names the right to refuse everything and says how.",
        zh="退订说明放在末尾，写明可拒收全部广告以及拒收方法。",
    ),
    why=Words(
        vi="Nghị định 91/2020 đòi đủ ba điều: ở cuối thư, quyền từ chối tất cả sản phẩm, và hướng dẫn từ chối.",
        en="Vietnam's Decree 91/2020 asks for all three: at the end, the right to refuse all products, and how.",
        zh="越南第91/2020号法令要求三点齐全：位于末尾、有权拒收全部产品、说明拒收方法。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 20(1).",
    bad=(
        Example(
            "vi", text="Trà sen giảm 20%.\n\nHủy đăng ký: https://tra.example/huy", context={"pack": ["vn"]}
        ),
        Example(
            "en",
            text="Unsubscribe from all our mail: https://tea.example/stop\n\nDear Anna,\n\nLotus tea is 20% off.",
            context={"pack": ["vn"]},
        ),
        Example("zh", text="莲花茶八折。\n\n您有权退订我们的全部邮件。", context={"pack": ["vn"]}),
    ),
    good=(
        Example(
            "vi",
            text="Trà sen giảm 20%.\n\nQuý khách có quyền từ chối nhận quảng cáo về tất cả sản phẩm của Trà Mộc An.\nTừ chối tại: https://tra.example/huy",
            context={"pack": ["vn"]},
        ),
        Example(
            "vi", text="Trà sen giảm 20%.\n\nHủy đăng ký: https://tra.example/huy", context={"pack": ["us"]}
        ),
        Example(
            "en",
            text="Lotus tea is 20% off.\n\nYou may refuse advertising for all our products at any time. Unsubscribe: https://tea.example/stop",
            context={"pack": ["vn"]},
        ),
        Example(
            "zh",
            text="莲花茶八折。\n\n您有权拒收我们所有产品的广告，退订：https://tea.example/stop",
            context={"pack": ["vn"]},
        ),
    ),
    check=check,
)
