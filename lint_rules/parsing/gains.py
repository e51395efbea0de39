"""Figures that promise the reader something, apart from those that only tell of the sender."""

from __future__ import annotations

import re

_WORDS_EN = "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half"
_UNITS_EN = "minutes?|hours?|days?|nights?|weeks?|months?|times|per cent|percent|off|more|less|price"
_WORDS_VI = "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|nửa"
_UNITS_VI = "phút|giờ|ngày|đêm|tuần|tháng|buổi|lần|phần trăm|giá|suất|vé|ly|hộp|món"
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千万半]{1,8}(?:折|元|块|倍|成|分钟|小时|天|周|价|杯|盒|份|位)|[二三四五六七八九十百]分之|一半|半价"
    rf"|(?<!\w)(?:{_WORDS_EN}) (?:{_UNITS_EN})(?!\w)|(?<!\w)(?:{_WORDS_VI}) (?:{_UNITS_VI})(?!\w)"
)
# years, telephone numbers, founding days and years of experience are figures that give nothing
_NO_GAIN = re.compile(
    r"(?<!\w)(?:năm|since|since the year|thành lập|from|in|est\.?|từ năm|hơn|over|for|gần|suốt|trải qua|trong)\s+(?:hơn\s|over\s|more than\s|nearly\s|the (?:past|last)\s)?(?:(?:19|20)\d\d|\d{1,3}\s(?:năm|years?))"
    r"|(?<!\w)\d{1,3}\s(?:năm|years?)(?:\s(?:of|in|kinh nghiệm|xây dựng|hình thành|phát triển|thành lập|hoạt động|qua))"
    r"|(?:19|20)\d\d年|[\d一二三四五六七八九十]{1,3}(?:多|余)?(?:周)?年(?:来|的?历史|的?经验|老店|品牌)?|(?<!\d)0\d[\d .-]{7,12}|(?:19|20)\d\d(?![\d.,%])"
    # of the firm: its branches, its people, its anniversary
    r"|(?<!\w)\d{1,6}\s(?:chi nhánh|cửa hàng|showroom|nhân viên|nhân sự|tỉnh thành|branches|shops|stores|offices|employees|countries)(?!\w)|\d{1,6}(?:家门店|家分店|家分公司|名员工|多名员工)"
    r"|(?<!\w)\d{1,3}(?:st|nd|rd|th) (?:anniversary|birthday)|kỷ niệm \d{1,3} năm"
)


def promises_figure(folded: str) -> bool:
    """Whether a sentence holds a figure that may be the reader's gain."""
    # what is left out holds a figure or names a year: without either nothing can be
    may_hold = "年" in folded or _FIGURE.search(folded)
    return bool(may_hold and _FIGURE.search(_NO_GAIN.sub(" ", folded)))
