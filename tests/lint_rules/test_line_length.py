"""Lines: columns over grapheme clusters, addresses that cannot be broken, the rewrap that mends them."""

from __future__ import annotations

import unicodedata

import pytest

from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.engine import check
from lint_rules.finding import Finding, apply_edits
from lint_rules.parsing.width import columns


def found(lang: str, text: str, **context: object) -> list[Finding]:
    draft = Draft(lang, "email", "marketing", "10%", text, context=Context.from_json(context))
    return [finding for finding in check(draft) if finding.rule == "line-length"]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "x" * 67),
        ("en", "x" * 67 + "   \r"),
        ("vi", "ệ" * 67),
        ("vi", unicodedata.normalize("NFD", "ệ" * 67)),
        ("zh", "茶" * 33 + "x"),
        ("zh", "茶" * 33 + "…"),  # ambiguous characters take one column
        ("en", "👨‍👩‍👧‍👦" * 33 + "x"),
        ("en", "🇻🇳" * 33 + "x"),
        ("en", "👍🏽" * 33 + "x"),
        ("en", "\u200b" * 50 + "x" * 67),
        ("vi", "{{ contact.form_of_address|default('anh chị') }} " + "x" * 55),
    ],
)
def test_lines_that_fit(lang: str, line: str) -> None:
    assert not found(lang, f"A\n{line}\nB")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "xx " * 23),
        ("vi", "ệ " * 33 + "ệệ"),
        ("zh", "茶" * 34),
        ("zh", "茶" * 33 + "，"),
        ("en", "👨‍👩‍👧‍👦" * 34),
        ("en", "❤️" * 34),
        ("vi", "{{ contact.given_name|default('quý khách') }} " + "từ " * 20),
    ],
)
def test_lines_that_do_not(lang: str, line: str) -> None:
    (finding,) = found(lang, f"A\n{line.rstrip()}\nB")
    assert (finding.line, finding.column) == (2, 1)


LONG = "https://tea.example/" + "a" * 60


def test_an_address_at_the_end_of_a_line_is_left_alone() -> None:
    assert not found("en", "Read more: https://tea.example/2026/spring/harvest/first-flush/order-form")
    assert not found("en", LONG)
    assert not found("en", f"<{LONG}>")
    assert not found("en", f"- {LONG}.")


def test_an_address_wider_than_a_line_wants_a_line_of_its_own() -> None:
    (finding,) = found("en", f"Read more: {LONG}")
    assert finding.severity == "information"
    assert finding.fix is None


def test_an_address_in_the_middle_is_kept_whole_by_the_rewrap() -> None:
    text = f"Order at {LONG} before Sunday and we send it free of charge.\n"
    (finding,) = found("en", text)
    assert finding.fix is not None
    assert finding.fix.safe
    mended = apply_edits("text", text, finding.fix.edits)
    assert LONG in mended.split("\n")
    assert not [item for item in found("en", mended) if item.severity == "error"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "vi",
            "Quý khách được miễn phí lắp đặt tại nhà trong bán kính hai mươi cây số quanh cửa hàng của chúng tôi.",
        ),
        (
            "en",
            "> We install your new boiler at no charge anywhere within twenty kilometres of our shop in York.",
        ),
        (
            "en",
            "- We install your new boiler at no charge anywhere within twenty kilometres of our shop in York.",
        ),
        ("zh", "凡在本店周边二十公里以内居住的客户，均可享受免费上门安装服务，并获赠一年延保服务一次。"),
        (
            "zh",
            "请于2026年3月31日前登录 https://tea.example/2026/spring/order 订购，龙井新茶每盒只要九十九元。",
        ),
    ],
)
def test_rewrap_changes_blanks_only(lang: str, text: str) -> None:
    (finding,) = found(lang, text)
    assert finding.fix is not None
    mended = apply_edits("text", text, finding.fix.edits)
    assert all(columns(line) <= 67 for line in mended.split("\n"))
    strip = str.maketrans("", "", " \n>")
    assert mended.translate(strip) == text.translate(strip)
    assert not any(line[0] in "，。、！？；：" for line in mended.split("\n"))


def test_rewrap_takes_the_rest_of_the_paragraph_along() -> None:
    line = "This line of a paragraph was wrapped by hand at about eighty columns, as was usual,"
    text = f"{line}\n{line}\nand ends here.\n\nNext paragraph."
    fixes = {finding.fix for finding in found("en", text)}
    first = next(fix for fix in fixes if fix and fix.edits[0].line == 1)
    mended = apply_edits("text", text, first.edits)
    assert mended.endswith("and ends here.\n\nNext paragraph.")
    assert [columns(row) > 40 for row in mended.split("\n")[:3]] == [True, True, True]
    assert not found("en", mended)


def test_letters_are_measured_as_typeset() -> None:
    def widths(typeset: tuple[str, ...] | None) -> list[str]:
        draft = Draft("vi", "letter", "marketing", text="từ " * 40, typeset=typeset)
        return [finding.part for finding in check(draft) if finding.rule == "line-length"]

    assert widths(None) == []
    assert widths(("x" * 67,)) == []
    assert widths(("x" * 67, "x" * 68)) == ["typeset"]


def test_graphemes_as_the_unit() -> None:
    assert not found("zh", "茶" * 67, config={"line_unit": "graphemes"})
    assert found("zh", "茶" * 68, config={"line_unit": "graphemes"})
