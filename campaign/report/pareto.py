"""The Pareto picture as SVG text: what each part of the customers bought for, and the sum so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 360, 220
# room for the words at the left and below, and for the line's end above
LEFT, BELOW, ABOVE = 38, 24, 12
GAP = 1.5  # between bars


@dataclass(frozen=True)
class Words:
    """What is written: the picture's name and what it shows, marks at shares of one up the side, below."""

    title: str
    description: str
    marks: Sequence[tuple[float, str]]
    first: str
    last: str


def pareto(parts: Sequence[int], whole: int, words: Words, name: str) -> str:
    """Bars for the parts, the largest first, and the line of their sum; `name` is an id of its own."""
    wide, high = WIDTH - LEFT, HEIGHT - ABOVE - BELOW
    step = wide / max(len(parts), 1)

    def y(share: float) -> float:
        return ABOVE + high * (1 - share)

    points, bars, sum_so_far = [f"{LEFT},{y(0):.1f}"], [], 0
    for place, part in enumerate(parts):
        sum_so_far += part
        share = part / whole if whole > 0 else 0.0
        bars.append(
            f'<rect class="chart-people" x="{LEFT + place * step + GAP / 2:.1f}" y="{y(share):.1f}" '
            f'width="{max(step - GAP, 1):.1f}" height="{share * high:.1f}" fill="currentColor"/>'
        )
        total = sum_so_far / whole if whole > 0 else 0.0
        points.append(f"{LEFT + (place + 1) * step:.1f},{y(total):.1f}")
    return (
        f'<svg class="chart chart-pareto" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-description" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-title">{escape(words.title)}</title>'
        f'<desc id="{name}-description">{escape(words.description)}</desc>'
        f"{''.join(_mark(y(share), text) for share, text in words.marks)}{''.join(bars)}"
        f'<polyline class="chart-line" points="{" ".join(points)}" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linejoin="round"/>'
        f'<text class="chart-label" x="{LEFT}" y="{HEIGHT - 4}" fill="currentColor">'
        f"{escape(words.first)}</text>"
        f'<text class="chart-label" x="{WIDTH}" y="{HEIGHT - 4}" text-anchor="end" fill="currentColor">'
        f"{escape(words.last)}</text></svg>"
    )


def _mark(at: float, text: str) -> str:
    return (
        f'<line class="chart-ground" x1="{LEFT}" x2="{WIDTH}" y1="{at:.1f}" y2="{at:.1f}" '
        'stroke="currentColor" stroke-opacity="0.25"/>'
        f'<text class="chart-value" x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" fill="currentColor">'
        f"{escape(text)}</text>"
    )
