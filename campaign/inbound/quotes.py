"""What is new in a reply: the quoted mail and signatures are cut off, in Vietnamese, English and Chinese.

Line by line, with anchored patterns over bounded lines, so that no text makes it slow. The full text is
kept elsewhere; when nothing would remain, nothing is cut.
"""

from __future__ import annotations

import re

# a line longer than this is prose, not the head of a quotation
MAX_HEAD = 300
# Gmail breaks the head of a quotation over at most this many lines
MAX_HEAD_LINES = 3
# a header block of Outlook stands within this many lines
BLOCK_LINES = 6

_HEADS = re.compile(
    r"^(?:on\b.*\bwrote"
    r"|(?:vào|lúc|ngày|thứ|chủ nhật|th \d)\b.*\b(?:đã viết|viết|đã ghi)"
    r"|.*<[^<>]+@[^<>]+>\s*(?:đã viết|wrote)"
    r"|(?:在|于)?.*\d{4}\s*年.*写道"
    r"|在.*写道|.*<[^<>]+@[^<>]+>\s*(?:于.*)?写道)\s*[:：]\s*$",
    re.IGNORECASE,
)
_HEAD_BEGINS = re.compile(
    r"^(?:on |vào |lúc |ngày |thứ |chủ nhật|th \d|在|于|.*<[^<>]*@|.*于\s*\d{4}年)", re.IGNORECASE
)
_RULES = re.compile(
    r"^\s*[-_—=]{2,}\s*(?:(?:original|forwarded|reply) message|thư gốc|tin nhắn gốc|thư đã chuyển tiếp"
    r"|原始邮件|原邮件|回复的原邮件|转发的邮件|原始郵件)\s*[-_—=]{2,}\s*$",
    re.IGNORECASE,
)
_FIRST_FIELD = re.compile(r"^\*?(?:from|từ|người gửi|发件人|寄件者)\*?\s*[:：]", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    r"^\*?(?:sent|date|to|subject|cc|đã gửi|ngày|ngày gửi|tới|đến|chủ đề|tiêu đề"
    r"|发送时间|日期|收件人|主题)\*?\s*[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:-- ?|sent from my .{1,60}|get outlook for .{1,60}|gửi từ .{1,60}|đã gửi từ .{1,60}"
    r"|được gửi từ .{1,60}|发自我的.{1,40}|来自我的.{1,40})$",
    re.IGNORECASE,
)


def new_text(full: str) -> str:
    """The words that the writer added; the whole text when everything looks quoted."""
    lines = full.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = _without_signature(_without_quotes(lines))
    text = "\n".join(kept).strip()
    return re.sub(r"\n{3,}", "\n\n", text) or full.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if _RULES.match(line) or _starts_block(lines, place):
            return _unruled(lines[:place])
        length = _head_length(lines, place)
        if length:
            rest = lines[place + length :]
            # answers below or between `>` lines are kept; without marks, all that follows is quoted
            marked = any(other.lstrip().startswith(">") for other in rest)
            return _unquoted(lines[:place] + (rest if marked else []))
    return _unquoted(lines)


def _unquoted(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.lstrip().startswith(">")]


def _unruled(lines: list[str]) -> list[str]:
    """Outlook draws a line of underscores above its block."""
    while lines and not lines[-1].strip(" _-—"):
        lines = lines[:-1]
    return _unquoted(lines)


def _starts_block(lines: list[str], place: int) -> bool:
    if not _FIRST_FIELD.match(lines[place][:MAX_HEAD]):
        return False
    following = lines[place + 1 : place + BLOCK_LINES]
    return sum(bool(_OTHER_FIELD.match(line[:MAX_HEAD])) for line in following) >= 2


def _head_length(lines: list[str], place: int) -> int:
    """How many lines the head of a quotation takes at this place; 0 when there is none."""
    first = lines[place].strip().lstrip("> ")
    if not first or len(first) > MAX_HEAD or not _HEAD_BEGINS.match(first):
        return 0
    joined = ""
    for count, line in enumerate(lines[place : place + MAX_HEAD_LINES], start=1):
        joined = f"{joined} {line.strip().lstrip('> ')}".strip()
        if len(joined) > MAX_HEAD:
            return 0
        if _HEADS.match(joined):
            return count
    return 0


def _without_signature(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if len(line) <= MAX_HEAD and _SIGNATURE.match(line.rstrip("\n").strip() or line):
            before = lines[:place]
            # a mark at the very top would cut the whole letter: some write below their signature
            if any(other.strip() for other in before):
                return before
    return lines
