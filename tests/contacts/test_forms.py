"""Forms of address: what is evidence, what is not, and what is proposed from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts import forms, titles
from campaign.contacts.forms import propose
from campaign.models import Contact, ContactKind

TODAY = date(2026, 11, 26)


def person(**facts: Any) -> Contact:
    given = {
        "kind": ContactKind.PERSON, "full_name": "Nguyễn Văn An", "form_of_address": "", "sex": "",
        "occupation": "", "position": "", "language": "vi", "birth_year": None,
    }  # fmt: skip
    return Contact(**(given | facts))


def proposed(**facts: Any) -> str:
    made = propose(person(**facts), TODAY)
    return made.form if made else ""


@pytest.mark.parametrize(
    ("facts", "form", "kind"),
    [
        ({"sex": "nữ", "birth_year": 1961}, "Bà", "elder"),
        ({"sex": "Nam", "birth_year": 1976}, "Ông", "elder"),  # turns fifty this year
        ({"sex": "nam", "birth_year": 1977}, "Anh", "younger"),
        ({"sex": "female", "birth_year": 2008}, "Chị", "younger"),  # turns eighteen
        ({"sex": "nữ", "birth_year": 2009}, "", ""),
        ({"sex": "nữ"}, "Bà", "sex-alone"),
        ({"sex": "không rõ", "birth_year": 1961}, "", ""),
        ({"birth_year": 1961}, "", ""),
        ({"sex": "F", "language": "en"}, "Ms", "sex"),
        ({"sex": "male", "language": "en", "birth_year": 1990}, "Mr", "sex"),
        ({"sex": "女", "language": "zh"}, "女士", "sex"),
        ({"sex": "男", "language": "zh"}, "先生", "sex"),
        ({"full_name": "Chị Lan"}, "Chị", "title"),
        ({"full_name": "BS. Nguyễn"}, "Bác sĩ", "title"),
        ({"full_name": "BS. Nguyễn", "language": "en"}, "Dr", "title"),
        ({"full_name": "Mr John", "language": "en"}, "Mr", "title"),
        ({"full_name": "Mr John"}, "Ông", "title"),  # in a letter in Vietnamese
        ({"full_name": "Mrs Smith", "language": "en"}, "Mrs", "title"),
        ({"full_name": "王先生", "language": "zh"}, "先生", "title"),
        ({"full_name": "李小姐", "language": "zh"}, "小姐", "title"),
        ({"full_name": "Cô Hoa", "sex": "nữ", "birth_year": 1990}, "Cô", "title"),
        ({"full_name": "Chị Lan", "sex": "nam"}, "", ""),  # one of the two is wrong
        ({"full_name": "Bác Tư", "sex": "nam"}, "Bác", "title"),
        ({"full_name": "Bác Tư", "language": "en", "sex": "nam"}, "", ""),  # English has no word for it
        ({"occupation": "Bác sĩ nha khoa"}, "Bác sĩ", "work"),
        ({"position": "doctor", "language": "en"}, "Dr", "work"),
        ({"occupation": "trợ lý bác sĩ"}, "", ""),
        ({"occupation": "Giáo viên", "sex": "nữ", "birth_year": 1961}, "Cô", "teacher"),
        ({"occupation": "giáo viên"}, "", ""),  # Thầy or Cô: nobody said
        ({"occupation": "教师", "language": "zh"}, "老师", "teacher"),
        ({"form_of_address": "Chú", "sex": "nam"}, "", ""),  # somebody has said so
        ({"kind": ContactKind.ORGANISATION, "full_name": "Bà Nà Hills", "sex": "nữ"}, "", ""),
    ],
)
def test_what_is_proposed_and_why(facts: dict[str, Any], form: str, kind: str) -> None:
    made = propose(person(**facts), TODAY)
    assert (made.form if made else "", made.because.kind if made else "") == (form, kind)


@pytest.mark.parametrize(
    "name",
    ["Hà", "Linh", "Thanh", "Anh", "Minh", "Nguyễn Thị Hà", "Trần Văn Minh", "Lê Anh", "Anh Nguyễn",
     "Anh Thư", "Anh Tuấn", "Chi Lan", "Bạch Ông", "Mai Cô", "Bác", "Miss", "Drew Barry", "Côn Sơn",
     "GS.TS. Lê An"],
)  # fmt: skip
def test_a_name_is_no_evidence_of_the_sex(name: str) -> None:
    """Thị and Văn tell most times, given names never; and what may be a name is not read as a title."""
    assert proposed(full_name=name) == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "Nguyễn",
                "Trần",
                "Lê",
                "Thị",
                "Văn",
                "Hà",
                "Linh",
                "Thanh",
                "Anh",
                "Minh",
                "Đức",
                "Ngọc",
                "Thu",
                "Lan",
                "Hùng",
            ]
        ),
        min_size=1,
        max_size=4,
    ).map(" ".join)
)
def test_without_evidence_nothing_is_proposed_whatever_the_name(name: str) -> None:
    found = titles.read(name)
    if found is None:
        assert proposed(full_name=name) == ""
    else:  # only before a whole name does Anh stand for a title
        assert name.startswith("Anh ")
        assert len(found.rest.split()) > 1


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("chị Lan", "Lan"), ("anh Nam", "Nam"), ("Anh Nguyễn Văn Nam", "Nguyễn Văn Nam"),
        ("BS.Nguyễn An", "Nguyễn An"), ("bác sĩ Minh", "Minh"), ("Mr. John Smith", "John Smith"),
        ("王小明医生", "王小明"), ("Ông Hai", "Hai"), ("TS Lê An", "Lê An"), ("thầy  Đức", "Đức"),
    ],
)  # fmt: skip
def test_a_title_is_taken_out_of_the_name(name: str, rest: str) -> None:
    made = propose(person(full_name=name, language="zh" if "王" in name else "vi"), TODAY)
    assert made is not None
    assert made.changes == {"form_of_address": made.form, "full_name": rest}


def test_the_rule_of_age_is_the_one_that_the_page_states() -> None:
    years = {proposed(sex="nữ", birth_year=TODAY.year - age): age for age in range(forms.GROWN_FROM, 100)}
    assert set(years) == {"Chị", "Bà"}
    assert proposed(sex="nữ", birth_year=TODAY.year - forms.ELDER_FROM) == "Bà"
    assert proposed(sex="nữ", birth_year=TODAY.year - forms.ELDER_FROM + 1) == "Chị"
    assert proposed(sex="nữ", birth_year=TODAY.year - forms.GROWN_FROM + 1) == ""
