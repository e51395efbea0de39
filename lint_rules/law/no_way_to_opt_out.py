"""Whoever gets advertising can stop it: by a link, an address or a telephone number, in text and HTML."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.packs import LAW_KINDS, provisions_of
from lint_rules.parsing.opt_out import versions
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

ID = "no-way-to-opt-out"
NONE = Words(
    vi="Thư không cho người nhận cách nào để từ chối. Hãy ghi ở cuối thư: từ chối bằng đường link, email hay số điện thoại nào.",
    en="The message gives the reader no way to opt out. Say at its end by which link, address or phone number they can.",
    zh="邮件没有告诉收件人如何退订。请在末尾写明退订的链接、邮箱或电话。",
)
NO_WAY = Words(
    vi="Thư nói đến việc từ chối nhưng không kèm đường link, email hay số điện thoại để làm việc đó.",
    en="The message speaks of opting out but gives no link, address or phone number to do it.",
    zh="邮件提到了退订，却没有给出退订的链接、邮箱或电话。",
)
_BY_LINK = {
    "vi": "Quý khách có quyền từ chối nhận quảng cáo về tất cả sản phẩm, dịch vụ của chúng tôi. Từ chối tại đây:",
    "en": "You have the right to refuse advertising for all our products and services. Unsubscribe here:",
    "zh": "您有权拒收我们所有产品和服务的广告。退订请点击：",
}
_BY_REPLY = {
    "vi": "Quý khách có quyền từ chối nhận quảng cáo về tất cả sản phẩm, dịch vụ của chúng tôi: chỉ cần trả lời thư này với hai chữ TỪ CHỐI.",
    "en": "You have the right to refuse advertising for all our products and services: unsubscribe by replying STOP to this e-mail.",
    "zh": "您有权拒收我们所有产品和服务的广告：回复本邮件“退订”即可。",
}
_UNSUBSCRIBE = "unsubscribe"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The text and the HTML part each need it: nobody sees both."""
    if not provisions_of(draft, ID):
        return
    for version, found in zip(versions(draft), draft.notices, strict=True):
        if found is not None and found.way:
            continue
        part = version[-1]
        if found is not None:
            yield Hit(found.part, found.span, NO_WAY)
        else:
            yield Hit(part, _end(part), NONE, edits=_footer(draft, part), safe=True)


def _end(part: Part) -> Span:
    size = len(part.text.rstrip())
    return Span(size, size)


def _footer(draft: Draft, part: Part) -> tuple[Edit, ...]:
    """The line that is missing, with the system's own link where there is one."""
    field = next((name for name in draft.context.system_fields or () if _UNSUBSCRIBE in name), "")
    link = f"{{{{ {field} }}}}" if field else ""
    if part is draft.html_part:
        source = draft.html_source_part
        at = max(source.text.lower().rfind("</body>"), 0) or len(source.text)
        words = _BY_LINK[draft.lang] if field else _BY_REPLY[draft.lang]
        shown = f'<a href="{link}">{words.rstrip(":：")}</a>' if field else words
        return (Edit(source, Span(at, at), f"<p>{shown}</p>\n"),)
    words = f"{_BY_LINK[draft.lang]}\n{link}" if field else _BY_REPLY[draft.lang]
    end = _end(part)
    return (Edit(part, end, f"\n\n--\n{words}"),)


_GOOD_VI = "Trà sen giảm 20% đến 30/11.\n\nKhông muốn nhận thư này nữa? Hủy đăng ký: https://tra.example/huy"
_GOOD_EN = (
    "Lotus tea is 20% off until Friday.\n\nUnsubscribe: write to stop@tea.example or call 020 7946 0000."
)
_GOOD_ZH = "莲花茶八折，周五止。\n\n如不想再收到此类邮件，请点击退订：https://tea.example/stop"
RULE = Rule(
    id=ID,
    code="LAW002",
    channels=EMAIL_ONLY,
    kinds=LAW_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư quảng cáo cho người nhận cách từ chối.",
        en="An advertisement gives the reader a way to opt out.",
        zh="广告邮件要提供退订方式。",
    ),
    why=Words(
        vi="Luật nước nào cũng cho người nhận quyền từ chối; không tìm thấy lối ra, họ sẽ bấm “Báo thư rác”.",
        en="Every law gives the reader this right; who finds no way out reports the mail as spam.",
        zh="各国法律都保障收件人的拒收权；找不到退订方式，对方就会举报为垃圾邮件。",
    ),
    source="Decree 91/2020/NĐ-CP, art. 20(2); CAN-SPAM and CASL (read in summaries); ePrivacy Directive, art. 13(4) (read in a summary); Order 38 (2006), art. 14.",
    bad=(
        Example(
            "vi", text="Trà sen giảm 20% đến 30/11.\n\nTrân trọng,\nTrà Mộc An", context={"pack": ["vn"]}
        ),
        Example("en", text="Lotus tea is 20% off.\n\nYou may unsubscribe.", context={"pack": ["us"]}),
        Example("zh", text="莲花茶八折。\n\n此致\n敬礼", context={"pack": ["cn"]}),
        Example(
            "en",
            text=_GOOD_EN,
            html="<p>Lotus tea is 20% off until Friday.</p>",
            context={"pack": ["ca"]},
        ),
    ),
    good=(
        Example("vi", text=_GOOD_VI, context={"pack": ["vn"]}),
        Example("en", text=_GOOD_EN, context={"pack": ["us", "eu", "ca"]}),
        Example("zh", text=_GOOD_ZH, context={"pack": ["cn"]}),
        Example(
            "en",
            html='<p>Lotus tea is 20% off.</p><p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>',
            context={"pack": ["eu"]},
        ),
    ),
    check=check,
)
