"""Guesses which of our languages a text is in, for files that do not say."""

from __future__ import annotations

import re

from lint_rules.parsing.normalise import normalised

_HAN = re.compile("[\u3400-\u9fff]")
# letters that only Vietnamese has among our languages
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Vietnamese has such a letter in every fourth syllable; a borrowed name here and there makes no language
_LETTERS_PER_MARK = 30


def guess(text: str) -> str:
    """`zh`, `vi` or `en`."""
    clean = normalised(text)[0]
    han, marks = len(_HAN.findall(clean)), len(_VIETNAMESE.findall(clean))
    if han > marks and han * 10 > len(clean) - clean.count(" "):
        return "zh"
    return "vi" if marks * _LETTERS_PER_MARK >= len(clean) and marks else "en"
