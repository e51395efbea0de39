"""The sender's name is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.mailbox import read_mailbox
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import entries, tokens
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

REPLY = Words(
    vi="Tên người gửi “{name}” giả làm thư trả lời. Hãy dùng tên thật của người gửi.",
    en="The sender's name “{name}” poses as a reply. Use the sender's real name.",
    zh="发件人名称“{name}”伪装成回复。请使用真实名称。",
)
URGENT = Words(
    vi="Tên người gửi “{name}” mang lời hối thúc hay quảng cáo. Hãy chỉ ghi tên của người gửi.",
    en="The sender's name “{name}” carries a message of its own. Let it be a name and nothing else.",
    zh="发件人名称“{name}”带有催促或广告内容。请只写名称。",
)
CAPITALS = Words(
    vi="Tên người gửi “{name}” viết toàn chữ hoa. Hãy viết hoa như tên bình thường.",
    en="The sender's name “{name}” is all capitals. Write it as a name is written.",
    zh="发件人名称“{name}”全部大写。请按正常写法书写。",
)
EMOJI = Words(
    vi="Tên người gửi “{name}” có biểu tượng cảm xúc. Hãy bỏ đi.",
    en="The sender's name “{name}” holds an emoji. Leave it out.",
    zh="发件人名称“{name}”含有表情符号，请去掉。",
)
RECIPIENT = Words(
    vi="Tên người gửi “{name}” là tên của người nhận. Hãy dùng tên của người gửi.",
    en="The sender's name “{name}” is the recipient's. Use the sender's own.",
    zh="发件人名称“{name}”是收件人的名字。请使用发件人的名称。",
)
LEXICON = "urgent_names"
# a display name is cut off long before
LONGEST = 200
_REPLY = re.compile(r"^\W*(?:re|fw|fwd|tr|trả lời|chuyển tiếp|回复|答复|转发)\s?(?:\[\d+\])?\s?[:：]")
_OFFER = re.compile(
    r"\d\s?%|!!|!$|(?<!\w)(?:sale|free)(?!\w)(?! (?:people|press|life))|[\d一二三四五六七八九]折"
)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\ufe0f]")
_NO_EMOJI = re.compile("[\u2122\u00ae\u00a9\u2605\u2606]")
_FIELD = re.compile(r"\{\{|\}\}|\*\|\w+\|\*|%\w+%|\[(?:tên|name|first name)\]", re.IGNORECASE)
_SALUTATION = re.compile(
    r"^\W*(?:dear|hello|hi|hey|kính gửi|thân gửi|xin chào|kính chào|chào|gửi|尊敬的|亲爱的|您好，?)\s*(?:mr|mrs|ms|dr|anh|chị|bạn|ông|bà|cô|chú|em)?\.?\s*(.{2,60}?)\s*(?:thân mến|先生|女士)?\s*[,!:，！：]"
)
# of capitals: letters that make an abbreviation, whatever they say
_SHORT = 3


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Only the display name; the first thing that is wrong with it is said."""
    name = read_mailbox(draft.context.sender)[0][:LONGEST]
    if not name:
        return
    message = _wrong(draft, normalised(name)[0])
    if message is not None:
        yield Hit(Part.plain("from", name), Span(0, len(name)), message, {"name": name})


def _wrong(draft: Draft, name: str) -> Words | None:
    low = folded(name)
    if _FIELD.search(name) or low in _greeted(draft):
        return RECIPIENT
    if _REPLY.match(low):
        return REPLY
    if _OFFER.search(low) or draft.lexicon(LEXICON).any_in(tokens(low), low):
        return URGENT
    if _EMOJI.search(_NO_EMOJI.sub("", name)):
        return EMOJI
    return CAPITALS if _shouts(name) else None


def _greeted(draft: Draft) -> frozenset[str]:
    """Whom the first lines greet by name; kept with the part, which thousands of mails may share."""
    part = draft.body[0] if draft.body else None
    if part is None:
        return frozenset()
    key = ("greeted", "")
    if key not in part.readings:
        lines = [part.folded[line.start : line.end][:120] for line in part.lines[:6]]
        part.readings[key] = frozenset(match.group(1) for line in lines if (match := _SALUTATION.match(line)))
    names: frozenset[str] = part.readings[key]
    return names


def _shouts(name: str) -> bool:
    """Every word in capitals, two at least, and not all of them abbreviations."""
    words = [token for token in re.findall(r"[^\W\d_]+", name) if token.upper() != token.lower()]
    if len(words) < 2 or any(word != word.upper() for word in words):
        return False
    return any(not _is_abbreviation(word) for word in words)


def _is_abbreviation(word: str) -> bool:
    low = word.lower()
    if low in entries("en", "acronyms"):
        return True
    return word.isascii() and (len(word) <= _SHORT or not set("aeiouy") & set(low))


RULE = Rule(
    id="misleading-sender-name",
    code="DLV004",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Tên người gửi là tên thật, không kèm lời nhắn.",
        en="The sender's name is a name and carries no message.",
        zh="发件人名称是真实名称，不夹带信息。",
    ),
    why=Words(
        vi="Tên người gửi đánh lừa thì người đọc mất tin, và hộp thư lớn coi là thư rác.",
        en="A name that misleads costs the reader's trust, and mailbox providers take it for spam.",
        zh="误导性的名称会失去读者信任，也会被邮箱服务商视为垃圾邮件。",
    ),
    source="Google's rules for senders: no message text, no emoji, no reply prefix in the display name.",
    bad=(
        Example("vi", subject="Trà sen", context={"from": '"Re: Trà Mộc An" <thu@tra.example>'}),
        Example("vi", subject="Trà sen", context={"from": "TRÀ MỘC AN <thu@tra.example>"}),
        Example("en", subject="Tea", context={"from": "Last chance at Lotus House <a@tea.example>"}),
        Example("en", subject="Tea", context={"from": '"{{ first_name }}" <a@tea.example>'}),
        Example("zh", subject="新茶", context={"from": "🍵绿叶茶业 <a@tea.example>"}),
    ),
    good=(
        Example("vi", subject="Cước tháng 3", context={"from": "VNPT <cskh@vnpt.example>"}),
        Example("vi", subject="Thẻ", context={"from": "Ngân hàng VIB <cskh@vib.example>"}),
        Example("en", subject="Tea", context={"from": '"Anna from Lotus House" <a@tea.example>'}),
        Example("zh", subject="新茶", context={"from": "绿叶茶业 <a@tea.example>"}),
    ),
    check=check,
)
