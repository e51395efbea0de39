"""What stands in front of a subject's own words: the advertising label, a reply prefix."""

from __future__ import annotations

import re

# [QC], (AD), 【广告】, "AD:", "广告：" at the very start
_LABEL = re.compile(
    r"^\s*(?:[\[(（【<]\s*(?:qc|ad|adv|quảng cáo|广告)\s*[\])）】>]|(?:qc|ad|adv|quảng cáo|广告)\s*[:：|\-–])\s*"
)
_REPLY = re.compile(r"^\s*(?:(?:re|fw|fwd|tr|trả lời|chuyển tiếp|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+")


def own_words_start(folded_subject: str) -> int:
    """Offset behind label and reply prefixes."""
    start = 0
    for _ in range(3):
        rest = folded_subject[start:]
        match = _LABEL.match(rest) or _REPLY.match(rest)
        if match is None or not match.end():
            break
        start += match.end()
    return start
