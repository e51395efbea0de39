"""Nothing is left that was to be filled in by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.begins import begins
from lint_rules.parsing.near import holds_any
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words, kept_hits

MESSAGE = Words(
    vi="Còn chỗ chưa điền: “{shown}”.",
    en="Something is left to be filled in: “{shown}”.",
    zh="还有未填写的内容：“{shown}”。",
)

_PLACEHOLDER = begins(
    r"\[【<〈《{(（x2*%$l",
    # [Tên khách hàng], [Your name], 【此处填写】, <insert link>
    r"[\[【<〈《{](?:tên|họ tên|họ và tên|điền|nhập|chèn|thêm|danh xưng|your|insert|enter|add|fill|first ?name|last ?name|full ?name|customer ?name"
    r"|company ?name|recipient|此处|在此|请填写|填写|插入|姓名|客户姓名|客户名称|公司名称)(?![^\W_]*=)[^\]】>〉》}\n\d%]{0,40}[\]】>〉》}]"
    r"|[\[【](?:name|date|ngày|link|company|sđt|email|địa chỉ|address|phone|product|sản phẩm|price|giá|日期|链接|电话|地址|产品|价格|xxx?|\.{2,}|…+|_{2,})[\]】]"
    # XX/XX, xx.xxx, 20XX, XX%
    r"|(?<![^\W_])x{2,4}(?:[/.:,\-]x{2,4})+(?![^\W_])|(?<!\w)20xx(?!\w)|(?<!\w)x{2,3}\s?(?:%|đ(?!\w)|vnđ|元)|(?<!\w)x{2,3}月x{2,3}日"
    # XX先生; （此处填写）
    r"|(?<![a-z0-9])x{2,3}(?:先生|女士|小姐|老师|经理|同学|公司|有限公司|活动|产品|元|折|小时|天)(?![a-z])"
    r"|[(（](?:此处|在此)(?:请)?(?:填|插|放|补|加)[^()（）\n]{0,20}[)）]|[(（](?:待填写?|待补充?|待插入)[^()（）\n]{0,12}[)）]"
    # syntax of other systems: *|FNAME|*, %%name%%, ${name}, {first_name}
    r"|\*\|[a-z_:]{2,40}\|\*|%%[a-z_]{2,40}%%|\$\{[a-z_.]{2,40}\}|(?<![{\w])\{[a-z]{1,30}(?:_[a-z]{1,30})+\}(?!\})|(?<!\{)\{(?:name|ten|email|hoten|code)\}(?!\})|<<[a-z_ ]{2,40}>>"
    r"|(?<!\w)lorem ipsum",
)
# dates to be filled in: XX June 2026, ngày XX tháng 3, 2026年XX月XX日, X月X日, ××月××日
_DATE = re.compile(
    r"(?<!\w)xx(?=\s(?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)(?!\s\w*x))|(?<!\w)(?:ngày|hôm|tháng) xx(?!\w)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) xx(?!\w)"
    r"|(?<![a-z0-9])x{1,4}\s?[年月]\s?x{1,3}\s?[月日号]|(?<!\d)20xx(?=年)|(?<=年)\s?x{1,3}\s?月|(?<=\d月)\s?x{1,3}\s?[日号]|[×○〇□]{1,2}月[×○〇□]{1,2}日"
)
_DATE_SIGNS = ("xx", "x月", "x年", "x日", "月x", "年x", "×", "○", "〇", "□")
# only in capitals: "todo" is a word elsewhere; XXX is a number too, but nobody's name
_MARK = re.compile(
    r"(?<!\w)(?:TODO|FIXME|TBD)(?!\w)"
    r"|(?i:(?<!\w)(?:kính gửi|chào|thưa|gửi|bạn|anh|chị|ông|bà|quý khách|dear|hi|hello|mr\.?|mrs\.?|ms\.?)|尊敬的|亲爱的)"
    r"\s?X{2,4}(?=\s*(?:[,:!，：！]|$|thân mến|先生|女士))"
)
_MARK_SIGNS = ("TODO", "FIXME", "TBD", "XX")
# every placeholder has one of these, and most texts none
_SIGNS = (
    "[",
    "【",
    "<",
    "〈",
    "《",
    "{",
    "(",
    "xx",
    "x月",
    "x年",
    "×",
    "○",
    "〇",
    "□",
    "月x",
    "*|",
    "%%",
    "lorem ipsum",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Looks at subject and body as they are read; labels, footnotes and sizes are none."""
    parts = [draft.subject, *draft.body]
    if draft.has_html and draft.html_part not in parts:
        parts.append(draft.html_part)
    for part in parts:
        yield from kept_hits(check_part, draft, part, config)


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """One part, subject or body."""
    text = part.folded
    spans = []
    if holds_any(text, _SIGNS):
        spans = [Span(*match.span()) for match in _PLACEHOLDER.finditer(text)]
    if holds_any(text, _DATE_SIGNS):
        spans += [Span(*match.span()) for match in _DATE.finditer(text)]
    if holds_any(part.masked, _MARK_SIGNS):
        spans += [Span(*match.span()) for match in _MARK.finditer(part.masked)]
    for span in sorted(set(spans)):
        yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


RULE = Rule(
    id="leftover-placeholder",
    code="PERS004",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Không còn chỗ trống chờ điền.",
        en="No placeholder is left.",
        zh="没有遗留的占位内容。",
    ),
    why=Words(
        vi="“[Tên khách hàng]” trong thư gửi đi làm mất lòng tin hơn mọi lỗi chính tả.",
        en="“[Customer name]” in a mail that went out costs more trust than any misspelling.",
        zh="寄出的信里留着“[客户姓名]”，比任何错别字都更损害信任。",
    ),
    source="Checklist before sending: are all details correct?",
    bad=(
        Example("vi", text="Kính gửi [Tên khách hàng],"),
        Example("vi", text="Ưu đãi đến hết XX/XX."),
        Example("en", text="Dear [First name], TODO: price"),
        Example("en", text="Lorem ipsum dolor sit amet"),
        Example("zh", text="【此处填写活动时间】"),
    ),
    good=(
        Example("vi", subject="[QC] [Hà Nội] Giảm 20% áo XXL", text="Thế kỷ XX [1], cỡ XL/XXL, [Video] mới."),
        Example(
            "en", subject="[AD] 20% off", text="See note [1] and [a]. Sizes XS-XXL. <https://a.example/>"
        ),
        Example("zh", subject="【广告】【新品】春茶八折", text="详见注[1]。"),
    ),
    check=check,
)
