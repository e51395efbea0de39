"""A closing that no list holds is known by where it stands; what only stands alike is none."""

from __future__ import annotations

import pytest

from tests.drafts import found

HEAD = {
    "vi": "Kính gửi chị Lan,\n\nTrà sen giảm 20% đến hết 31/3.\n\nĐặt: https://tra.example/dat\n\n",
    "en": "Dear Anna,\n\nTea is 20% off until 31 March.\n\nOrder: https://tea.example/order\n\n",
    "zh": "王女士：\n\n春茶八折，3月31日止。\n\n订购：https://cha.example/ding\n\n",
}


@pytest.mark.parametrize(
    ("lang", "end"),
    [
        ("vi", "Hẹn anh chị ở bến,\nĐinh Văn Thuyên\nBến thuyền"),
        ("vi", "Con kính thư,\n\nTuyết Nhung"),
        ("en", "Until Thursday,\nSanne de Wit"),
        ("en", "Stay sharp,\n\nOdalys\nKeen Edge"),
        ("zh", "周末见\n红莓农场 阿普"),
        ("zh", "愿您岁岁平安\n半亩书店 小葛"),
    ],
)
def test_a_short_line_above_a_name_takes_leave(lang: str, end: str) -> None:
    assert not found("missing-closing", lang, HEAD[lang] + end)


@pytest.mark.parametrize(
    ("lang", "end"),
    [
        ("vi", "Số 12 Hàng Quạt,\nHà Nội"),
        ("vi", "Ngoài ra còn quà,\ngửi kèm đơn đầu tiên."),
        ("vi", "Trà Mộc An\nNguyễn Thu Hà"),
        ("en", "12 Mill Lane,\nYork"),
        ("en", "And one more thing,\nask for our new tin."),
        ("en", "Tea House\nTom"),
        ("zh", "绿叶茶业\n王经理"),
        ("zh", "新茶到店，欢迎选购\n茶舍"),
    ],
)
def test_what_only_stands_alike_is_none(lang: str, end: str) -> None:
    assert found("missing-closing", lang, HEAD[lang] + end)
