"""A fixed corpus for measuring the linter: 300 messages of about 250 words, a third per language.

Half of them have an HTML part of 20 kB and more with at least ten links, built the way mail templates are:
tables in tables, every style inline. The same seed gives the same corpus on every machine.
"""

from __future__ import annotations

import html
import random
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

SIZE = 300
WORDS = 250
HTML_BYTES = 20_000
LINKS = 10
LINE = 66
# words of salutation, closing, postscript and the last sentence
SPARE = 64
SEED = 20260301
LANGUAGES = ("vi", "en", "zh")
_TEXTS = Path(__file__).parent / "texts"

SUBJECTS = {
    "vi": "[QC] Trà sen ướp mới, 390.000đ một hộp đến hết 31/3",
    "en": "New tea at $24 a tin until March 31",
    "zh": "【广告】明前春茶每罐199元，截至3月31日",
}
SALUTATIONS = {
    "vi": "Kính gửi {{ first_name|default('anh chị') }},",
    "en": "Dear {{ first_name|default('friend of the house') }},",
    "zh": "尊敬的{{ first_name|default('朋友') }}：",
}
ACTIONS = {
    "vi": "Đặt trước một hộp tại đây:",
    "en": "Order your tin here:",
    "zh": "请点击这里订购：",
}
CLOSINGS = {"vi": "Trân trọng,\nTrà Sen Tây Hồ", "en": "Kind regards,\nThe Tea House", "zh": "此致敬礼\n茶舍"}
POSTSCRIPTS = {
    "vi": "T.B.: Giá 390.000đ một hộp chỉ giữ đến hết 31/3.",
    "en": "P.S. The price of $24 a tin ends on March 31.",
    "zh": "附言：每罐199元的价格截至3月31日。",
}
FOOTERS = {
    "vi": "Công ty TNHH Trà Sen, 12 Hàng Điếu, Hà Nội\nĐiện thoại 024 3828 0000, thu@trasen.example\n"
    "Từ chối nhận mọi quảng cáo: https://trasen.example/tu-choi",
    "en": "The Tea House, 12 Mill Lane, Leeds LS1 4AB\n+44 113 496 0000, post@teahouse.example\n"
    "Unsubscribe from all letters: https://teahouse.example/unsubscribe",
    "zh": "茶舍有限公司，杭州市文化路12号\n电话 0571-8800 0000，邮箱 post@chashe.example\n"
    "如不想再收到广告，请退订：https://chashe.example/tuiding",
}
LABELS = {"vi": "Xem cách pha ấm thứ", "en": "How to brew pot number", "zh": "查看冲泡方法第"}
HOSTS = {"vi": "trasen.example", "en": "teahouse.example", "zh": "chashe.example"}
_CELL = (
    '<tr><td align="left" valign="top" style="padding:12px 24px;font-family:Georgia,serif;font-size:16px;'
    'line-height:1.6;color:#2b2b2b;background-color:#fffdf8">{}</td></tr>\n'
)
_SPACER = (
    '<tr><td height="8" style="height:8px;line-height:8px;font-size:8px;mso-line-height-rule:exactly">'
    "<!--[if mso]>&nbsp;<![endif]-->&nbsp;</td></tr>\n"
)


def messages() -> list[dict[str, Any]]:
    """The corpus in the linter's input format."""
    chance = random.Random(SEED)
    return [
        _message(number, LANGUAGES[number % len(LANGUAGES)], number // len(LANGUAGES) % 2 == 0, chance)
        for number in range(SIZE)
    ]


@cache
def sentences(lang: str) -> tuple[str, ...]:
    """The sentences that the texts of a language are made of."""
    return tuple((_TEXTS / f"{lang}.txt").read_text(encoding="utf-8").splitlines())


def _message(number: int, lang: str, with_html: bool, chance: random.Random) -> dict[str, Any]:
    paragraphs = _paragraphs(lang, chance)
    link = f"https://{HOSTS[lang]}/spring?ref=letter-{number}"
    blocks = [
        SALUTATIONS[lang],
        *paragraphs,
        f"{ACTIONS[lang]}\n{link}",
        CLOSINGS[lang],
        POSTSCRIPTS[lang],
        FOOTERS[lang],
    ]
    return {
        "id": f"{lang}-{number}",
        "lang": lang,
        "channel": "email",
        "kind": "marketing",
        "subject": SUBJECTS[lang],
        "text": "\n\n".join(blocks) + "\n",
        "html": _page(blocks, lang, number) if with_html else "",
        "context": {
            "today": "2026-03-01",
            "pack": {"vi": ["vn"], "en": ["us", "eu", "ca"], "zh": ["cn"]}[lang],
            "from": f"Tea <letters@{HOSTS[lang]}>",
            "reply_to": f"letters@{HOSTS[lang]}",
            "headers": {
                "List-Unsubscribe": f"<https://{HOSTS[lang]}/u/{number}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
            "parts": ["text/plain", "text/html"] if with_html else ["text/plain"],
            "fields": ["first_name"],
            "system_fields": ["view_url"],
            "attachments": [],
            "offer_type": "goods",
            "clients": ["gmail", "apple-mail", "outlook"],
            "evidence": [],
            "recipients": 10_000,
            "recipients_without_consent": 0,
            "max_sends_last_24h": 0,
        },
    }


def _paragraphs(lang: str, chance: random.Random) -> list[str]:
    """Sentences until the text has about as many words as a letter may have, three a paragraph."""
    chosen: list[str] = []
    words = 0
    pool = chance.sample(sentences(lang), len(sentences(lang)))
    for sentence in pool:
        if words > WORDS - SPARE:
            break
        chosen.append(sentence)
        words += len(sentence) if lang == "zh" else len(sentence.split())
    glue = "" if lang == "zh" else " "
    return [_wrapped(glue.join(chosen[start : start + 2]), lang) for start in range(0, len(chosen), 2)]


def _wrapped(text: str, lang: str) -> str:
    """Lines as a mail has them; a Chinese character is two columns wide."""
    if lang != "zh":
        return textwrap.fill(text, LINE)
    lines, line = [], ""
    for char in text:
        # closing marks never begin a line
        if len(line) >= LINE // 2 and char not in "，。：；”、":
            lines.append(line)
            line = ""
        line += char
    return "\n".join([*lines, line])


def _page(blocks: list[str], lang: str, number: int) -> str:
    rows = []
    for index, block in enumerate(blocks):
        words = html.escape(block, quote=False).replace("\n", "<br>\n")
        link = _link(lang, f"read/{number}/{index}", index)
        rows.append(_CELL.format(f'<p style="margin:0 0 12px 0">{words}</p>\n<p style="margin:0">{link}</p>'))
    while len(rows) < LINKS:
        rows.append(_CELL.format(_link(lang, f"more/{len(rows)}", len(rows))))
    body = "".join(rows)
    spare = max(0, HTML_BYTES - len(_wrap(lang, body).encode()))
    return _wrap(lang, body + _SPACER * (spare // len(_SPACER) + 1))


def _link(lang: str, path: str, index: int) -> str:
    return f'<a href="https://{HOSTS[lang]}/{path}" style="color:#8a2b1f">{LABELS[lang]} {index + 1}</a>'


_HEAD = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>Tea</title>
<style>p {{ line-height: 1.6 }} a:hover {{ text-decoration: underline }}</style></head>
<body style="margin:0;background-color:#f6f1e7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0">
"""
_TAIL = "</table></td></tr></table></body></html>\n"


def _wrap(lang: str, body: str) -> str:
    return _HEAD.format(lang=lang) + body + _TAIL
