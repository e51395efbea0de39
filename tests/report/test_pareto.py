"""The Pareto picture is well-formed, on one scale, and carries nothing that a strict policy refuses."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from campaign.report.pareto import ABOVE, BELOW, HEIGHT, WIDTH, Words, pareto

WORDS = Words("ABC <đường>", "Một nửa", [(0.8, "80%"), (0.0, "0%")], "nhiều", "ít")


def test_bars_and_line_are_on_one_scale() -> None:
    root = ElementTree.fromstring(pareto([60, 30, 10], 100, WORDS, "p"))
    high = HEIGHT - ABOVE - BELOW
    bars = [float(one.get("height", 0)) for one in root.iter() if one.get("class") == "chart-people"]
    assert bars == [round(high * share, 1) for share in (0.6, 0.3, 0.1)]
    line = next(one for one in root.iter() if one.get("class") == "chart-line").get("points", "").split()
    ends = [tuple(float(part) for part in point.split(",")) for point in line]
    assert [y for _, y in ends] == [round(ABOVE + high * (1 - share), 1) for share in (0, 0.6, 0.9, 1)]
    assert ends[-1][0] == WIDTH
    assert (root[0].text, root[1].text) == ("ABC <đường>", "Một nửa")


@pytest.mark.parametrize("parts", [[], [0, 0], [5]])
def test_few_and_empty_parts(parts: list[int]) -> None:
    text = pareto(parts, sum(parts), WORDS, "p")
    ElementTree.fromstring(text)
    for refused in ("style=", "<script", "<style", " on", "href"):
        assert refused not in text
