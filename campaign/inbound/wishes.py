"""Replies that ask us to stop writing. Shown to the clerk at the top; never carried out by the machine."""

from __future__ import annotations

import re

# a wish to stop is short; a long letter that mentions the word is a letter
MAX_WORDS = 25

_STOP = re.compile(
    r"\bunsubscribe\b|\bstop\b|\bremove me\b|\btake me off\b|\bopt[- ]?out\b"
    r"|do not (?:e-?mail|write|contact|send)"
    r"|don'?t (?:e-?mail|write|contact|send)|\bno more (?:e-?mails?|mails?|letters?)\b"
    r"|hủy đăng ký|huỷ đăng ký|huy dang ky|ngừng gửi|ngưng gửi|dừng gửi|đừng gửi|thôi gửi"
    r"|không muốn nhận|không nhận"
    r"|退订|取消订阅|不要再发|别再发|停止发送",
    re.IGNORECASE,
)


def asks_to_stop(text: str) -> bool:
    """Whether a short reply asks for no more mail."""
    return len(text.split()) <= MAX_WORDS and len(text) <= 200 and bool(_STOP.search(text))
