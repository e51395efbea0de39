"""Forms of address: what a profile gives to propose one, with the evidence for it.

Evidence is what somebody wrote down about the person: a title before or behind the name, a profession, the
sex, the year of birth. A name is none: Hà, Linh, Thanh, Anh and Minh are women and men, and `Thị` and `Văn`
tell most times, which in a letter is not enough. Where two pieces contradict each other nothing is proposed.
What is proposed reaches no letter until a person takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.contacts import titles
from campaign.contacts.titles import Sex
from campaign.models import Contact, ContactKind

# who reaches this age in the year is addressed as Ông or Bà, who is younger as Anh or Chị. A person of fifty
# is a grandparent's age to those who open letters in a shop, and nobody takes offence at the elder word
ELDER_FROM = 50
# younger people have no word of the list: Em and Cháu are for those who know them
GROWN_FROM = 18

FORMS: dict[str, tuple[str, ...]] = {
    "vi": (
        "Anh",
        "Chị",
        "Cô",
        "Chú",
        "Bác",
        "Ông",
        "Bà",
        "Thầy",
        "Bác sĩ",
        "Luật sư",
        "Giáo sư",
        "Quý khách",
    ),
    "en": ("Mr", "Ms", "Mrs", "Miss", "Dr", "Professor"),
    "zh": ("先生", "女士", "小姐", "太太", "医生", "老师", "教授", "律师"),
}
"""What is offered to choose from, by language; any other word may be typed."""

_BY_SEX: dict[str, dict[Sex, str]] = {
    "en": {Sex.MALE: "Mr", Sex.FEMALE: "Ms"},  # never Mrs: nobody said that she is married
    "zh": {Sex.MALE: "先生", Sex.FEMALE: "女士"},
}
_YOUNGER = {Sex.MALE: "Anh", Sex.FEMALE: "Chị"}
_ELDER = {Sex.MALE: "Ông", Sex.FEMALE: "Bà"}

_MALE = frozenset({"nam", "male", "m", "man", "男", "男性", "trai"})
_FEMALE = frozenset({"nữ", "nu", "female", "f", "woman", "女", "女性", "gái"})

# professions that one is addressed by, as the text begins: a doctor's assistant is no doctor
_WORK: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("bác sĩ", "bác sỹ", "doctor", "physician", "医生", "大夫"), {"vi": "Bác sĩ", "en": "Dr", "zh": "医生"}),
    (("giáo sư", "professor", "教授"), {"vi": "Giáo sư", "en": "Professor", "zh": "教授"}),
    (("luật sư", "lawyer", "律师"), {"vi": "Luật sư", "zh": "律师"}),
)
_TEACHING = ("giáo viên", "giảng viên", "nhà giáo", "teacher", "lecturer", "教师", "老师")
_TEACHERS = {Sex.MALE: "Thầy", Sex.FEMALE: "Cô"}


@dataclass(frozen=True)
class Because:
    """Why: `kind` names the words, `facts` fill them. `group` is what people of one reason have in common."""

    kind: str
    facts: dict[str, str]
    group: dict[str, str]


@dataclass(frozen=True)
class Proposal:
    """`form` for the contact; with a title taken from the name, `name` is what remains of it."""

    form: str
    because: Because
    name: str | None = None

    @property
    def changes(self) -> dict[str, str]:
        """The facts that taking it sets."""
        return {"form_of_address": self.form} | ({"full_name": self.name} if self.name else {})


def propose(contact: Any, today: date) -> Proposal | None:
    """What the profile itself gives; None where it gives nothing, contradicts itself, or has a form.

    `contact` is a `Contact` or a row with its names: kind, full_name, form_of_address, sex, birth_year,
    occupation, position, language.
    """
    if contact.form_of_address or contact.kind is not ContactKind.PERSON:
        return None
    sex = sex_of(contact.sex)
    found = titles.read(contact.full_name)
    if found is not None:
        form = found.title.form_in(contact.language)
        if not form or (sex and found.title.sex and sex is not found.title.sex):
            return None
        said = {"title": found.written, "name": contact.full_name, "rest": found.rest}
        return Proposal(form, Because("title", said, {"title": found.title.vi}), found.rest)
    return _by_work(contact, sex) or _by_sex(contact, sex, today)


def sex_of(written: str) -> Sex | None:
    """What the text says; None for anything but the plain words of three languages."""
    word = written.strip().casefold()
    return Sex.MALE if word in _MALE else Sex.FEMALE if word in _FEMALE else None


def _by_work(contact: Contact, sex: Sex | None) -> Proposal | None:
    for written in (contact.occupation, contact.position):
        text = written.strip().casefold()
        for words, forms in _WORK:
            if _begins(text, words) and (form := forms.get(contact.language)):
                return Proposal(form, Because("work", {"work": written}, {"work": forms["vi"]}))
        if _begins(text, _TEACHING) and (form := _teacher(contact.language, sex)):
            facts = {"work": written, "sex": contact.sex or "–"}
            return Proposal(form, Because("teacher", facts, {"form": form}))
    return None


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return any(text.startswith(word) and not text[len(word) : len(word) + 1].isalpha() for word in words)


def _teacher(language: str, sex: Sex | None) -> str:
    if language == "zh":
        return "老师"
    return _TEACHERS[sex] if language == "vi" and sex else ""


def _by_sex(contact: Contact, sex: Sex | None, today: date) -> Proposal | None:
    if sex is None:
        return None
    age = None if contact.birth_year is None else today.year - contact.birth_year
    if age is not None and age < GROWN_FROM:
        return None
    said = {"sex": contact.sex}
    if contact.language in _BY_SEX:
        form = _BY_SEX[contact.language][sex]
        return Proposal(form, Because("sex", said, {"sex": sex.value, "language": contact.language}))
    if contact.language != "vi":
        return None
    if age is None:  # the formal word fits any grown person
        return Proposal(_ELDER[sex], Because("sex-alone", said, {"sex": sex.value}))
    elder = age >= ELDER_FROM
    year = str(today.year - ELDER_FROM)
    because = Because(
        "elder" if elder else "younger",
        said | {"born": str(contact.birth_year), "age": str(age)},
        {"sex": sex.value, "year": year},
    )
    return Proposal((_ELDER if elder else _YOUNGER)[sex], because)
