"""Pictures as SVG text, made here: no script, no style attribute, nothing fetched.

Colours are classes that the page's style sheet knows in light and dark; without it the shapes are drawn
in the colour of the text. People are solid, machines hatched: colour is never the only sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

# one unit is one pixel at phone width, where the picture is drawn 1:1
WIDTH = 360
ROW = 46
BAR = 14
# where the bar begins below its row's top, so that stacked marks of Vietnamese capitals have room
BAR_TOP = 22
TEXT_BASE = 15
# what is there at all is at least this wide
HAIR = 1.5


@dataclass(frozen=True)
class Bar:
    """One step of the funnel: how many deliveries, of them by machines only, and how it is said."""

    label: str
    people: int
    value: str
    machines: int = 0


def funnel(bars: list[Bar], whole: int, title: str, description: str, name: str) -> str:
    """Bars on one scale, the first the longest; `whole` is what fills the width, `name` a unique id."""
    height = ROW * len(bars)
    rows = "".join(_row(bar, place, whole, name) for place, bar in enumerate(bars))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-description" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
        f'<defs><pattern id="{name}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="chart-hatch" width="2" height="5" '
        'fill="currentColor"/></pattern></defs>'
        f"{rows}</svg>"
    )


def _row(bar: Bar, place: int, whole: int, name: str) -> str:
    top = place * ROW
    people = _length(bar.people, whole)
    machines = min(_length(bar.machines, whole), WIDTH - people)
    parts = [
        f'<text class="chart-label" x="0" y="{top + TEXT_BASE}" fill="currentColor">'
        f"{escape(bar.label)}</text>",
        f'<text class="chart-value" x="{WIDTH}" y="{top + TEXT_BASE}" text-anchor="end" fill="currentColor">'
        f"{escape(bar.value)}</text>",
        f'<rect class="chart-ground" x="0" y="{top + BAR_TOP}" width="{WIDTH}" height="{BAR}" '
        'fill="currentColor" fill-opacity="0.07"/>',
    ]
    if bar.people:
        parts.append(
            f'<rect class="chart-people" x="0" y="{top + BAR_TOP}" width="{people:.1f}" height="{BAR}" '
            'fill="currentColor"/>'
        )
    if bar.machines:
        parts.append(
            f'<rect class="chart-machines" x="{people:.1f}" y="{top + BAR_TOP}" width="{machines:.1f}" '
            f'height="{BAR}" fill="url(#{name}-hatch)"/>'
        )
    return "".join(parts)


def _length(count: int, whole: int) -> float:
    if not count or whole <= 0:
        return 0.0
    return max(HAIR, min(1.0, count / whole) * WIDTH)
