"""Titles that people write into the name: `Chị Lan`, `BS. Nguyễn Văn An`, `Mr John`, `王先生`.

Marks count: `Chi Lan` is a name, `Chị Lan` a title with one. Words that are names as well are read as titles
only where nothing else makes sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from campaign.contacts.names import clean


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class Title:
    """What the person is called by it in each language; empty where there is no sure word. `sex` when it
    tells."""

    vi: str
    en: str = ""
    zh: str = ""
    sex: Sex | None = None

    def form_in(self, language: str) -> str:
        return {"vi": self.vi, "en": self.en, "zh": self.zh}.get(language, "")


@dataclass(frozen=True)
class Found:
    """`written` as it stands in the name; `rest` is the name without it."""

    title: Title
    written: str
    rest: str


_DOCTOR = Title("Bác sĩ", "Dr", "医生")
_EITHER_DOCTOR = Title("Dr", "Dr")  # of medicine or of letters: other languages have two words
_MAN = Title("Ông", "Mr", "先生", Sex.MALE)
_WOMAN = Title("Bà", "Ms", "女士", Sex.FEMALE)
_WIFE = Title("Bà", "Mrs", "太太", Sex.FEMALE)
_PROFESSOR = Title("Giáo sư", "Professor", "教授")
_NEXT_PROFESSOR = Title("Phó Giáo sư", "Professor", "教授")

# before the name
_BEFORE: dict[str, Title] = {
    "bác sĩ": _DOCTOR, "bác sỹ": _DOCTOR, "bs": _DOCTOR, "dr": _EITHER_DOCTOR, "doctor": _EITHER_DOCTOR,
    "giáo sư": _PROFESSOR, "gs": _PROFESSOR, "prof": _PROFESSOR, "professor": _PROFESSOR,
    "phó giáo sư": _NEXT_PROFESSOR, "pgs": _NEXT_PROFESSOR,
    "tiến sĩ": Title("Tiến sĩ", "Dr", "博士"), "tiến sỹ": Title("Tiến sĩ", "Dr", "博士"),
    "ts": Title("Tiến sĩ", "Dr", "博士"),
    "luật sư": Title("Luật sư", "", "律师"), "ls": Title("Luật sư", "", "律师"),
    "dược sĩ": Title("Dược sĩ"), "ds": Title("Dược sĩ"),
    "anh": Title("Anh", "Mr", "先生", Sex.MALE), "chị": Title("Chị", "Ms", "女士", Sex.FEMALE),
    "chú": Title("Chú", "Mr", "先生", Sex.MALE), "cô": Title("Cô", "Ms", "女士", Sex.FEMALE),
    "ông": _MAN, "bà": _WOMAN, "bác": Title("Bác"),
    "thầy": Title("Thầy", "Mr", "老师", Sex.MALE),
    "mr": _MAN, "mister": _MAN, "ms": _WOMAN, "mrs": _WIFE, "miss": Title("Bà", "Miss", "小姐", Sex.FEMALE),
}  # fmt: skip
_BEHIND: dict[str, Title] = {
    "先生": _MAN, "女士": _WOMAN, "小姐": Title("Bà", "Miss", "小姐", Sex.FEMALE), "太太": _WIFE,
    "医生": _DOCTOR, "醫生": _DOCTOR, "大夫": _DOCTOR, "老师": Title("", "", "老师"), "教授": _PROFESSOR,
    "律师": Title("Luật sư", "", "律师"),
}  # fmt: skip
_AT_THE_FRONT = re.compile(
    rf"({'|'.join(sorted(_BEFORE, key=len, reverse=True))})(?:\.\s*|\s+)(?=\w)", re.IGNORECASE
)
_AT_THE_END = tuple(_BEHIND)
# two or three letters are a title with its dot or in capitals only: `Ts` may be a person's initials
_ABBREVIATED = frozenset({"bs", "gs", "pgs", "ts", "ls", "ds"})
# `Anh` is a given name, first in the names of those who write it the Western way; and the first half of
# names such as Anh Thư and Anh Tuấn. A title before a full name, and where it is written small
_ALSO_A_NAME = "anh"
SURNAMES = frozenset({
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ",
    "ngô", "dương", "lý", "đinh", "đoàn", "lâm", "trịnh", "đào", "cao", "tô", "tạ", "tăng", "lương",
    "phùng", "quách", "vương", "châu", "triệu", "chu", "lưu", "nghiêm", "tống", "trương", "thái", "mai",
    "hà", "lã", "lại", "kiều", "từ", "văn", "tôn", "hứa", "thân", "khúc", "doãn", "bành", "âu", "ông",
    "mạc", "mã", "la",
})  # fmt: skip


def read(name: str) -> Found | None:
    """The title in the name, and the name without it; None where there is none, or it may be part of it."""
    name = clean(name)
    if name.endswith(_AT_THE_END):
        word = next(word for word in _AT_THE_END if name.endswith(word))
        rest = name.removesuffix(word).strip()
        return Found(_BEHIND[word], word, rest) if rest else None
    found = _AT_THE_FRONT.match(name)
    if found is None:
        return None
    word, written, rest = found[1].casefold(), found[0].strip(), name[found.end() :]
    return Found(_BEFORE[word], written, rest) if _is_title(word, written, rest) else None


def _is_title(word: str, written: str, rest: str) -> bool:
    if word in _ABBREVIATED:
        # behind GS. another may follow, as in `GS.TS.`: how such a person is called, somebody should say
        return (written.endswith(".") or written.isupper()) and "." not in rest.partition(" ")[0]
    if word == _ALSO_A_NAME:
        words = rest.casefold().split()
        return (written == "anh" and rest[0].isupper()) or (len(words) > 1 and words[0] in SURNAMES)
    return True
