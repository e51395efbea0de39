"""RFM of orders against a reference that compares every customer with every other."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import InvalidInput
from campaign.segments import rfm, rfm_file

AS_OF = date(2026, 3, 9)
Order = tuple[str, date, Decimal]

amounts = st.integers(-5, 5).map(Decimal) | st.decimals(
    -(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False
)
orders = st.lists(
    st.tuples(
        st.sampled_from(("KH1", "KH2", "KH3", "Nguyễn, Ễn", '"q"', "b;\n", "=1+1", "7"))
        | st.text(st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters="'"),
                  min_size=1, max_size=3),
        st.integers(-3, 30).map(lambda age: AS_OF - timedelta(days=age)) | st.dates(date(1880, 1, 1)),
        amounts,
    ),
    max_size=60,
)  # fmt: skip
DAY_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT23:59:59+07:00", "%Y-%m-%d 00:00", "%d/%m/%Y 8:05")


def scored(content: bytes) -> list[rfm.Scored]:
    return list(rfm_file.read(io.BufferedReader(io.BytesIO(content)), AS_OF).scored())


def naive(given: list[Order]) -> dict[str, tuple[int, int, Decimal, int, int, int]]:
    """Every customer beside every other, from the words of the definition."""
    bought: dict[str, list[Order]] = {}
    for order in given:
        if order[1] <= AS_OF:
            bought.setdefault(order[0], []).append(order)
    facts = {
        who: (
            min((AS_OF - day).days for _, day, _ in theirs),
            len({day for _, day, _ in theirs}),
            sum((amount for _, _, amount in theirs), Decimal(0)),
        )
        for who, theirs in bought.items()
    }

    def share(worse: int) -> int:
        return 1 + 5 * worse // len(facts)

    return {
        who: (
            *mine,
            share(sum(theirs[0] > mine[0] for theirs in facts.values())),
            share(sum(theirs[1] < mine[1] for theirs in facts.values())),
            share(sum(theirs[2] < mine[2] for theirs in facts.values())),
        )
        for who, mine in facts.items()
    }


def as_csv(given: list[Order], shape: str, separator: str, mark: str) -> bytes:
    """As a shop's spreadsheet would write it; codes in NFC, for that is how they come back."""
    lines = [separator.join(("Amount", "note", "customer_id", "DATE"))]
    for who, day, amount in given:
        # strftime leaves the zeros of early years out
        written = day.strftime(shape.replace("%Y", f"{day.year:04}"))
        quoted = f'"{who.replace(chr(34), chr(34) * 2)}"'
        lines.append(separator.join((f'"{amount}"', '"x, ""y"""', quoted, written)))
    return "\r\n".join(lines).encode(mark)


@given(orders, st.sampled_from(DAY_SHAPES), st.sampled_from(",;\t"), st.sampled_from(("utf-8", "utf-8-sig")))
def test_scores_are_those_of_the_definition(
    given: list[Order], shape: str, separator: str, mark: str
) -> None:
    found = scored(as_csv(given, shape, separator, mark))
    assert {one.customer_id: one[1:] for one in found} == naive(
        [(rfm_file._customer(who), *rest) for who, *rest in given]  # type: ignore[misc]
    )
    assert all(1 <= score <= 5 for one in found for score in (one.r, one.f, one.m))


@given(st.lists(st.integers(0, 30), min_size=1))
def test_boundaries_are_percentile_disc(values: list[int]) -> None:
    """The first value at which a fifth, two fifths ... of all values are reached."""
    ordered = sorted(values)
    for part, boundary in enumerate(rfm.boundaries(values), start=1):
        reached = [
            value for value in ordered if 5 * sum(other <= value for other in values) >= part * len(values)
        ]
        assert boundary == reached[0]


def test_one_customer_is_first_and_last() -> None:
    assert [tuple(one) for one in scored(b"customer_id,date,amount\na,2026-03-09,5\n")] == [
        ("a", 0, 1, 5, 1, 1, 1)
    ]


def test_equal_values_score_alike_whatever_their_order() -> None:
    rows = "".join(f"{who},2026-03-01,100\n" for who in "abcdefg")
    found = scored(f"customer_id,date,amount\n{rows}h,2026-03-02,101\n".encode())
    assert {(one.r, one.f, one.m) for one in found[:-1]} == {(1, 1, 1)}
    # seven eighths do worse: 1 + floor(5 x 7/8)
    assert (found[-1].r, found[-1].f, found[-1].m) == (5, 1, 5)


def test_amounts_are_added_exactly_and_refunds_taken_off() -> None:
    content = (
        "customer_id,date,amount\n"
        'a,2026-03-01,0.1\na,2026-03-02,0.2\n'
        'b,2026-03-01,"1.990.000"\nb,2026-03-01,"-990,000 ₫"\n'
        f"c,2026-03-01,{10**15}\nc,2026-03-01,0.01\n"
        "d,2026-03-01,1.5\nd,2026-03-02,1.5\n"
    )  # fmt: skip
    assert {one.customer_id: one.monetary for one in scored(content.encode())} == {
        "a": Decimal("0.3"), "b": 1_000_000, "c": Decimal("1000000000000000.01"), "d": 3,
    }  # fmt: skip


def test_orders_after_the_day_are_left_aside_but_must_be_right() -> None:
    head = "customer_id,date,amount\n"
    assert scored(f"{head}a,2026-03-10,1\n".encode()) == []
    with pytest.raises(rfm_file.BadRow, match="row 2"):
        scored(f"{head}a,2026-03-10,viel\n".encode())


@pytest.mark.parametrize(
    ("body", "row", "key"),
    [
        ("a,2026-03-01,1\na,2026-02-30,1\n", 3, "contacts-error-date"),
        ("a,03/13/2026,1\n", 2, "contacts-error-date"),
        ("a,2026-03-01 soon,1\n", 2, "contacts-error-date"),
        ("\n\na,2026-03-01,nhiều\n", 4, "contacts-error-amount"),
        ("a,2026-03-01,1.2.3\n", 2, "contacts-error-amount"),
        (f"a,2026-03-01,{'9' * 5000}\n", 2, "contacts-error-amount"),
        ("a,2026-03-01,1e3\n", 2, "contacts-error-amount"),
        ("a,2026-03-01,\n", 2, "contacts-error-amount"),
        (" ,2026-03-01,1\n", 2, "segments-rfm-nobody"),
        ('"a\nb",2026-03-01,1\na,2026-03-01\n', 3, "segments-rfm-short"),
        ('a,2026-03-01,"1\n', 2, "segments-rfm-quotes"),
    ],
)
def test_a_bad_row_is_named(body: str, row: int, key: str) -> None:
    with pytest.raises(rfm_file.BadRow) as caught:
        scored(f"customer_id,date,amount\n{body}".encode())
    assert (caught.value.number, caught.value.why.key) == (row, key)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(rfm_file.BadRow) as caught:
        scored(b"customer_id,date,amount\na,2026-03-01,1\nHu\xea\xff,2026-03-01,1\n")
    assert caught.value.why.key == "segments-rfm-encoding"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "segments-rfm-empty"),
        (b"\xef\xbb\xbf\n \n", "segments-rfm-empty"),
        (b"customer,date,amount\na,2026-03-01,1\n", "segments-rfm-columns"),
        (b"customer_id,date,amount,date\n", "segments-rfm-columns"),
    ],
)
def test_a_file_without_its_headings_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        scored(content)
    assert caught.value.key == key


def test_utf_16_and_headings_alone() -> None:
    assert scored("customer_id\tdate\tamount\nẾn\t2026-03-01\t1\n".encode("utf-16"))[0].customer_id == "Ến"
    assert scored(b"customer_id,date,amount\n") == []
