"""From an occasion's hint to people: who is a woman, a teacher, an entrepreneur, as far as profiles say.

What a profile does not say is not guessed: a name alone makes nobody a woman or a teacher.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.sql import func

from campaign.models import Contact, ContactKind
from campaign.occasions.holidays import Holiday, Whom

WOMEN_ADDRESSED = ("Chị", "Bà", "Cô", "Dì", "Ms", "Ms.", "Mrs", "Mrs.", "Miss", "女士", "小姐", "太太")
FEMALE = ("female", "nữ", "Nữ", "f", "F", "女")
TEACHING = (
    "giáo viên",
    "giảng viên",
    "nhà giáo",
    "hiệu trưởng",
    "teacher",
    "lecturer",
    "professor",
    "教师",
    "老师",
)
TEACHERS_ADDRESSED = ("Thầy", "Cô giáo", "老师")
LEADING = (
    "giám đốc", "chủ tịch", "chủ doanh nghiệp", "chủ cơ sở", "chủ cửa hàng", "doanh nhân",
    "director", "ceo", "founder", "owner", "chairman", "总经理", "董事长",
)  # fmt: skip


def condition(holiday: Holiday) -> ColumnElement[bool]:
    """Over `Contact`: the persons whom this holiday is for. Organisations are greeted through persons."""
    return and_(
        Contact.kind == ContactKind.PERSON,
        Contact.erased_at.is_(None),
        Contact.deceased_at.is_(None),
        Contact.country.in_(sorted(holiday.countries)),
        _of(holiday.whom),
    )


def _of(whom: Whom) -> ColumnElement[bool]:
    if whom is Whom.WOMEN:
        return or_(Contact.sex.in_(FEMALE), Contact.form_of_address.in_(WOMEN_ADDRESSED))
    if whom is Whom.TEACHERS:
        return or_(
            Contact.form_of_address.in_(TEACHERS_ADDRESSED),
            *(_says(Contact.occupation, word) for word in TEACHING),
            *(_says(Contact.position, word) for word in TEACHING),
        )
    if whom is Whom.ENTREPRENEURS:
        return or_(
            *(_says(Contact.position, word) for word in LEADING),
            *(_says(Contact.occupation, word) for word in LEADING),
        )
    return true()


def _says(column: ColumnElement[str] | object, word: str) -> ColumnElement[bool]:
    """Contains the word. SQLite folds the case of ASCII only, so the first letter is tried both ways."""
    text = func.lower(column)
    capital = word[:1].upper() + word[1:]
    return or_(text.contains(word, autoescape=True), func.trim(column).contains(capital, autoescape=True))
