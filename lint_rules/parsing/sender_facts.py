"""Who writes, as far as the message itself says: name, telephone, e-mail, postal address, website."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from lint_rules.parsing.mailbox import read_mailbox
from lint_rules.parsing.near import Near, figure
from lint_rules.parsing.normalise import folded
from lint_rules.parsing.opt_out import EMAIL, PHONE, is_phone
from lint_rules.parsing.part import Part

if TYPE_CHECKING:
    from lint_rules.document import Draft

# who writes stands at the ends of a message: so many characters of each are read
HEAD, FOOT = 1_500, 6_000
_PHONE_CUE = re.compile(
    r"(?:(?<!\w)(?:đt|điện thoại|tel|phone|telephone|hotline|call|gọi|zalo|sđt|mobile|di động|whatsapp|liên hệ|tổng đài|freephone|ring)(?!\w)|电话|热线|手机|致电|拨打|微信)[^\d\n]{0,20}$"
)
_PHONE_SHAPE = re.compile(r"\+|\(?0|1[89]00|400|1[- .(]?8|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$|1[3-9]\d{9}$")
# figures that name a company or a document
_NO_PHONE = re.compile(
    r"(?:mst|mã số thuế|đkkd|gpkd|giấy phép|số tài khoản|stk|tax code|vat(?: no)?|registered(?: in \w+)?(?: no)?|reg|账号|税号|备案)[^\d\n]{0,20}$"
)
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
# a number, words that begin in capitals, a comma, a place: 15 Nguyễn Huệ, Huế; 4 Mill Lane, York
_STREET = re.compile(
    r"(?<![\w.,/%$€£-])\d{1,5}[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?){0,3},?[ \n]{1,2}([^\W\d_][^,\n·|]{1,60}),\s{0,3}([^\W_][^,\n]{0,40})"
)
_DISTRICT = re.compile(r"(?:quận|phường|huyện|thị xã|thị trấn|xã|tỉnh|thành phố|tp\.?)\s")
_HAN = re.compile("[\u4e00-\u9fff]")
_ADDRESS_WORD = Near(
    re.compile(r"địa chỉ|đ/c|trụ sở|văn phòng|address|registered office|head office|box|hòm thư"),
    re.compile(
        r"(?<!\w)(?:địa chỉ(?! (?:e-?mail|mail|web))|đ/c|trụ sở|văn phòng|(?<!mail )address|registered office|head office)(?!\w)[^\n\d@]{0,60}\d"
        r"|(?<!\w)p\.? ?o\.? ?box \d+|(?<!\w)hòm thư (?:số )?\d+"
    ),
    before=16,
    after=80,
)
_ZH_PLACE = re.compile(
    r"地址\s*[:：]?\s*\S{4}|邮政信箱|信箱\s?\d+"
    r"|[\u4e00-\u9fff]{1,8}[省市区县镇州][\u4e00-\u9fff]{0,20}?[路街道巷弄村园厦里座镇大厦胡同][^\n，。]{0,12}\d{1,5}\s?[号室层楼弄座栋幢]"
    r"|[\u4e00-\u9fff]{1,10}[路街道巷弄胡同](?:[东西南北中][段路街]?|[一二三四五六七八九]段)?\s?\d{1,5}\s?[号弄]"
    r"|[省市区县镇][\u4e00-\u9fff]{1,20}?(?:[园城村苑里]|中心|大厦|广场|市场|景区)(?:[东西南北]区|\d{1,4}\s?[号区栋座幢])"
)
_VI_PLACE = Near(
    re.compile(
        r"k\d|lô|căn|ki-?ốt|block|tầng|sạp|gian|kcn|kcx|kđt|khu|chung cư|toà|tòa|p\.|q\.|phố|đường|ngõ|ngách|hẻm|kiệt|quốc lộ|ấp|thôn|đại lộ|phường|quận|huyện|thị xã|thị trấn|xã"
    ),
    re.compile(
        r"(?<!\w)(?:k\d{1,4}/\d{1,4}|lô [a-z]{0,2}\d{1,4}|(?:căn|ki-?ốt|block|tầng|sạp|gian)(?: hộ| hàng| số)? [a-z]{0,2}\d{1,4}),? \w"
        r"|(?<!\w)(?:kcn|kcx|kđt|khu công nghiệp|khu chế xuất|khu đô thị|chung cư|toà nhà|tòa nhà) \w[^\n]{1,40}[,-]\s"
        r"|(?<!\w)[pq]\. ?[^\W\d][^\n,]{1,30},\s(?:tp|thành phố|tỉnh|q|h)(?!\w)|"
        r"(?<!\w)(?:số |lô |tầng |km ?)?\d{1,5}[a-d]?(?:[/-]\d{1,4}[a-z]?){0,3},? (?:phố|đường|ngõ|ngách|hẻm|kiệt|quốc lộ|ấp|thôn|đại lộ) \w"
        r"|(?<!\w)(?:phường|quận|huyện|thị xã|thị trấn|xã|p\.|q\.) ?\w[^\n]{1,40}[,-] ?(?:tỉnh|thành phố|tp\.?|hà nội|hồ chí minh|đà nẵng|huế|cần thơ|hải phòng|việt nam)"
    ),
    before=48,
    after=80,
)
# of the text itself, not folded: "20 minutes all the way" is none
_EN_PLACE = re.compile(
    r"(?<!\w)\d{1,5}[A-Za-z]?,? (?:[A-Z0-9][\w.'-]* ){1,4}(?:Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Ln\b|Drive|Dr\b|Boulevard|Blvd|Way|Square|Court|Place|Plaza|Parkway|Highway|Crescent|Terrace|Gardens|Quay|Suite|Row|Close)(?!\w)"
    r"|(?<!\w)[A-ZÄÖÜ][\w.-]*(?:straße|strasse|gasse|allee|platz|weg)\s\d{1,4}(?!\w)|(?<!\w)(?:Rue|rue|Calle|Via|Avenida|Rua|Plaza) [^\n\d]{2,40}\d|\d{1,4},? (?:rue|avenue|boulevard) [A-Zd]"
)
# what none of those does without
_EN_CUE = re.compile(
    r"Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Ln\b|Drive|Dr\b|Boulevard|Blvd|Way|Square|Court|Place|Plaza|Parkway|Highway|Crescent|Terrace|Gardens|Quay|Suite|Row|Close|straße|strasse|gasse|allee|platz|weg|Rue|rue|Calle|Via|Avenida|Rua|avenue|boulevard"
)
_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:công ty|tnhh|cổ phần|doanh nghiệp|hộ kinh doanh|hợp tác xã|tập đoàn|tổng công ty|ngân hàng|ltd|limited|inc|llc|llp|plc|gmbh|corp|corporation|company|co\.|s\.?a\.?r\.?l|b\.v|oy|ab|aps|pty|foundation|university)(?!\w)"
    r"|公司|集团|工作室|商行|事务所|银行|©|copyright|版权所有"
)
_CLOSING_NAME_LENGTH = 60
_BARE_WEBSITE = re.compile(r"(?<![\w@.])www\.")
_FIELDS = {
    "phone": re.compile(r"phone|hotline|tel(?!l)|mobile", re.IGNORECASE),
    "email": re.compile(r"e?mail(?!ing|_address)|contact_email", re.IGNORECASE),
    "address": re.compile(r"address|street|locality|postal", re.IGNORECASE),
    "name": re.compile(r"organi[sz]ation|company|brand|sender(?:_|\.)?name|from_name|business", re.IGNORECASE),
    "website": re.compile(r"website|homepage", re.IGNORECASE),
}  # fmt: skip
_OF_READER = re.compile(
    r"^(?:contact|customer|recipient|user|subscriber)\.|^(?:view|unsubscribe)", re.IGNORECASE
)


def is_given(draft: Draft, version: list[Part], fact: str) -> bool:
    """Whether the message gives the fact: in its From, its merge fields, or its words."""
    return fact in _of_from(draft) or any(_says(draft, part, fact) for part in version)


def _says(draft: Draft, part: Part, fact: str) -> bool:
    """Read once, for parts are shared by many renderings."""
    key = (f"sender-{fact}", draft.lang)
    if key not in part.readings:
        part.readings[key] = (
            _in_fields(part, fact)
            or (fact == "name" and _signed(draft, part))
            or any(
                _READERS[fact](part.masked[start:end], part.folded[start:end]) for start, end in _ends(part)
            )
        )
    says: bool = part.readings[key]
    return says


def _ends(part: Part) -> list[tuple[int, int]]:
    size = len(part.text)
    return [(0, size)] if size <= HEAD + FOOT else [(0, HEAD), (size - FOOT, size)]


def _of_from(draft: Draft) -> set[str]:
    name, address = read_mailbox(draft.context.sender)
    return ({"name"} if name.strip() else set()) | ({"email"} if address else set())


def _in_fields(part: Part, fact: str) -> bool:
    names = [used.name for tag in part.tags for used in tag.names if not _OF_READER.search(used.name)]
    return any(_FIELDS[fact].search(name) for name in names)


def _has_email(masked: str, low: str) -> bool:
    at = masked.find("@")
    return at >= 0 and EMAIL.search(masked, max(0, at - _LONGEST_NAME)) is not None


def _has_website(masked: str, low: str) -> bool:
    return "https://" in low or "http://" in low or ("www." in low and _BARE_WEBSITE.search(low) is not None)


def _has_postal_address(masked: str, low: str) -> bool:
    telling = _telling_lines(low)
    lines, low_lines = masked.split("\n"), low.split("\n")
    with_next = sorted({*telling, *(number + 1 for number in telling)})
    near = [number for number in with_next if number < len(lines)]
    return has_address("\n".join(lines[n] for n in near), "\n".join(low_lines[n] for n in near))


def _has_name(masked: str, low: str) -> bool:
    if _LEGAL_FORM.search(low):
        return True
    lines = masked.split("\n")
    return any(_named(lines, number) for number in _telling_lines(low))


def _telling_lines(low: str) -> list[int]:
    """The numbers of the lines in which an address, telephone or e-mail may begin: few of a letter's have figures."""
    found: list[int] = []
    number = position = 0
    while match := _MAY_TELL.search(low, position):
        number += low.count("\n", position, match.start())
        found.append(number)
        position = low.find("\n", match.end())
        if position < 0:
            break
    return found


def _named(lines: list[str], number: int) -> bool:
    """A name in front of, or above, the telephone, e-mail or postal address of a line."""
    line = lines[number].strip()[:_LONGEST_LINE]
    above = lines[number - 1].strip()[:_LONGEST_LINE] if number else ""
    first = _SEPARATOR.split(line, maxsplit=1)[0]
    return (_is_name(first) or _is_name(above)) and _tells(line)


# text and HTML mostly have the same lines
@lru_cache(maxsize=512)
def _tells(line: str) -> bool:
    return bool(EMAIL.search(line) or PHONE.search(line) or has_address(line, folded(line)))


# what no address, telephone or e-mail does without
_MAY_TELL = re.compile(
    figure("")
    + r"|@|kcn|kcx|khu (?:công nghiệp|đô thị)|chung cư|phường|quận|huyện|thị xã|thị trấn|xã|p\.|q\.|地址|信箱"
)


def _is_name(text: str) -> bool:
    """Short, begins as a name does, and is no label or sentence."""
    text = text.strip(" *-–—|·•")
    if not text or len(text) > _LONGEST_NAME or text[-1] in ".!?:。！？：,，":
        return False
    if _LABEL.match(folded(text)) or EMAIL.search(text):
        return False
    return text[0].isupper() or "\u3400" <= text[0] <= "\u9fff"


_LONGEST_LINE, _LONGEST_NAME = 300, 60
_SEPARATOR = re.compile(r"\s*[,|·•;，、；(（]\s*|\s+[-–—]\s+|\s*[:：]\s*|\.\s")
_LABEL = re.compile(
    r"(?:địa chỉ|đ/c|đt|sđt|điện thoại|liên hệ|hotline|tổng đài|email|e-mail|mail|website|trụ sở|văn phòng|address|contact|call|phone|tel|write|reply"
    r"|questions|mọi|quý khách|nếu|để|gọi|đặt|từ chối|hủy|unsubscribe|to |if |opt|you|order|book|visit|dear|kính|地址|电话|邮箱|热线|联系|客服|如|若|不|您|退订|拨打|致电|咨询|请|点击|回复|预约|订购|立即|尊敬)"
)


def _has_phone(masked: str, low: str) -> bool:
    for match in PHONE.finditer(masked):
        figures = match.group().strip()
        before = low[max(0, match.start() - 40) : match.start()]
        if not is_phone(figures) or _NO_PHONE.search(before):
            continue
        if _PHONE_SHAPE.match(figures.lstrip("(")) or _PHONE_CUE.search(before):
            return True
    return False


_READERS: dict[str, Callable[[str, str], bool]] = {
    "name": _has_name,
    "phone": _has_phone,
    "email": _has_email,
    "address": _has_postal_address,
    "website": _has_website,
}


def has_address(masked: str, low: str) -> bool:
    """Whether a postal address is written out."""
    # the quickest look first
    return (
        any(map(_is_street, _STREET.finditer(masked)))
        or (_HAN.search(low) and _ZH_PLACE.search(low)) is not None
        or _ADDRESS_WORD.search(low) is not None
        or (_EN_CUE.search(masked) and _EN_PLACE.search(masked)) is not None
        or _VI_PLACE.search(low) is not None
    )


def _is_street(match: re.Match[str]) -> bool:
    street, place = match.group(1), match.group(2)
    first = street.split()[0]
    is_place = place[0].isupper() or place[0].isdigit() or bool(_DISTRICT.match(place))
    return first[0].isupper() and first.lower() not in _MONTHS and is_place


def _signed(draft: Draft, part: Part) -> bool:
    """A closing phrase with a short line under it."""
    closings = draft.phrases("closings", part)[-1:]
    for closing in closings:
        rest = part.text[closing.end : closing.end + 4 * _CLOSING_NAME_LENGTH].strip(" ,.!\n，！。")
        line = rest.split("\n", 1)[0]
        return bool(line) and len(line) <= _CLOSING_NAME_LENGTH
    return False
