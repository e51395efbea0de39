"""Advertising says who sends it: each law asks for facts of its own."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import LAW_KINDS, provisions_of
from lint_rules.parsing.opt_out import versions
from lint_rules.parsing.part import Span
from lint_rules.parsing.sender_facts import is_given
from lint_rules.rule import EMAIL_ONLY, Example, Hit, Rule, Severity, Words

ID = "sender-not-identified"
MESSAGE = Words(
    vi="Thư chưa cho biết đủ về người gửi: thiếu {missing}. Hãy ghi thêm ở cuối thư, hoặc bổ sung ở trang người gửi.",
    en="The message does not say enough about its sender: {missing} missing. Add it at the end, or complete the sender's page.",
    zh="邮件缺少发件人信息：{missing}。请在末尾补充，或在发件人页面填写。",
)
_FACTS = {
    "vi": {"name": "tên", "phone": "số điện thoại", "email": "email", "address": "địa chỉ bưu điện", "website": "trang web"},
    "en": {"name": "name", "phone": "phone number", "email": "e-mail address", "address": "postal address", "website": "website"},
    "zh": {"name": "名称", "phone": "电话", "email": "邮箱", "address": "通讯地址", "website": "网址"},
}  # fmt: skip
_OR = {"vi": " hoặc ", "en": " or ", "zh": "或"}
_AND = {"vi": ", ", "en": ", ", "zh": "、"}


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Text and HTML each say it: nobody sees both."""
    found = provisions_of(draft, ID)
    if not found:
        return
    asked = [tuple(facts) for provision in found for facts in provision.values["facts"]]
    for version in versions(draft):
        missing = [
            facts
            for facts in dict.fromkeys(asked)
            if not any(is_given(draft, version, fact) for fact in facts)
        ]
        if missing:
            part = version[-1]
            end = len(part.text.rstrip())
            yield Hit(part, Span(end, end), MESSAGE, {"missing": _named(_narrow(missing), draft.lang)})


def _narrow(missing: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without choices that another demand already settles."""
    return [
        facts for facts in missing if not any(other != facts and set(other) < set(facts) for other in missing)
    ]


def _named(missing: list[tuple[str, ...]], lang: str) -> str:
    return _AND[lang].join(_OR[lang].join(_FACTS[lang][fact] for fact in facts) for facts in missing)


RULE = Rule(
    id=ID,
    code="LAW004",
    channels=EMAIL_ONLY,
    kinds=LAW_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư quảng cáo cho biết ai gửi và liên hệ thế nào.",
        en="An advertisement says who sends it and how to reach them.",
        zh="广告邮件要写明发件人及联系方式。",
    ),
    why=Words(
        vi="Luật đòi tên, cách liên hệ và địa chỉ của người quảng cáo; người đọc cũng chỉ tin thư có địa chỉ rõ ràng.",
        en="The laws ask for name, contact and address of the advertiser; readers trust mail that says where it is from.",
        zh="法律要求写明广告主的名称、联系方式和地址；来源清楚的邮件才让人放心。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 19 (not verified); CAN-SPAM, CASL and ePrivacy Directive, art. 13(4) (read in summaries); Advertising Law of China, art. 43 (read in a summary).",
    bad=(
        Example("vi", text="Trà sen giảm 20%.\n\nTrân trọng,\nTrà Mộc An", context={"pack": ["vn"]}),
        Example("en", text="Lotus tea is 20% off.\n\nKind regards,\nAnna", context={"pack": ["us"]}),
        Example("zh", text="莲花茶八折，周五止。", context={"pack": ["cn"]}),
    ),
    good=(
        Example(
            "vi",
            text="Trà sen giảm 20%.\n\n--\nCông ty TNHH Trà Mộc An, 15 Nguyễn Huệ, TP. Huế\nĐT: 0234 123 456, thu@tra.example",
            context={"pack": ["vn"]},
        ),
        Example(
            "en",
            text="Lotus tea is 20% off.\n\n--\nLotus House Ltd, 4 Mill Lane, York YO1 7PR\nhello@tea.example",
            context={"pack": ["us", "ca", "eu"]},
        ),
        Example(
            "zh",
            text="莲花茶八折。\n\n--\n杭州绿叶茶业有限公司，杭州市西湖区龙坞路8号，电话0571-8888888",
            context={"pack": ["cn"]},
        ),
    ),
    check=check,
)
