"""The picture is well-formed, says what it shows and carries nothing that a strict policy refuses."""

from __future__ import annotations

from xml.etree import ElementTree

from campaign.report.charts import WIDTH, Bar, funnel

BARS = [Bar("Đã gửi", 1000, "1.000"), Bar("Đã đọc", 412, "412", machines=90), Bar("<b>", 0, "0")]


def test_it_is_well_formed_and_named() -> None:
    root = ElementTree.fromstring(funnel(BARS, 1000, 'Thư "Tết"', "412 trong 1.000 đã đọc", "email"))
    assert root[0].text == 'Thư "Tết"'
    assert root[1].text == "412 trong 1.000 đã đọc"
    assert root.get("role") == "img"


def test_lengths_are_on_one_scale_and_machines_are_hatched() -> None:
    root = ElementTree.fromstring(funnel(BARS, 1000, "t", "d", "email"))
    widths = {
        kind: [float(one.get("width", 0)) for one in root.iter() if one.get("class") == kind]
        for kind in ("chart-people", "chart-machines")
    }
    assert widths["chart-people"] == [WIDTH, round(WIDTH * 0.412, 1)]
    assert widths["chart-machines"] == [round(WIDTH * 0.09, 1)]
    assert "url(#email-hatch)" in funnel(BARS, 1000, "t", "d", "email")


def test_nothing_that_the_content_policy_refuses() -> None:
    text = funnel(BARS, 0, "t", "d", "x")
    for refused in ("style=", "<script", "<style", " on", "href"):
        assert refused not in text
