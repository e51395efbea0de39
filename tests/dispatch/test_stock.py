"""How old what a lane knows of its rows is."""

from __future__ import annotations

from campaign.clock import utc_now
from campaign.dispatch.claim import Claimed
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.stock import Stock
from tests.dispatch.making import PlainWriter


def rows(*ids: int) -> list[Claimed]:
    return [Claimed(i, i, "k", 1, 1, f"p{i}@example.com", "m", 0, utc_now(), {}) for i in ids]


def test_a_look_says_nothing_of_a_chunk_that_came_after_it_was_asked() -> None:
    stock = Stock(PlainWriter(), OpenGate(1))
    stock.add(rows(1, 2), 100.0)
    covered = stock.chunks
    stock.add(rows(3, 4), 99.0)  # its claim began before and took long
    assert stock.asked == 99.0
    stock.looked(101.0, covered)
    assert stock.asked == 99.0
    stock.looked(102.0, stock.chunks)
    assert stock.asked == 102.0


def test_an_empty_stock_is_as_old_as_what_comes_in() -> None:
    stock = Stock(PlainWriter(), OpenGate(1))
    stock.add(rows(1), 100.0)
    assert stock.asked == 100.0
    stock.fill(1, True, 0.0)
    stock.ready.clear()
    stock.add(rows(2), 90.0)
    assert stock.asked == 90.0
