"""Small pictures of the exam: a bar for a share that is counted, a dot on its interval for one that is
inferred. SVG without script or style attribute; colours are classes of the page's style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from campaign.i18n import translate
from campaign.segments.exam import Exam
from campaign.segments.exam.wording import field_name, percent
from campaign.segments.wording import Names
from campaign.stats import Share

# one unit is one pixel at phone width
WIDTH = 320
ROW = 44
TEXT_BASE = 15
# the middle of bar and whisker, below the line of words
MIDDLE = 29
BAR = 8
DOT = 5
CAP = 5
# what is there at all is at least this wide
HAIR = 1.5
# a scale of its own ends a little beyond the highest end, so that the end is seen to be one
AIR = 1.15
# names longer than this would run into the figure on the same line
LABEL_LIMIT = 30


@dataclass(frozen=True)
class Line:
    """One share from 0 to 1; with `interval` it is inferred. `says` is the whole of it in words."""

    label: str
    figure: str
    says: str
    share: float
    interval: tuple[float, float] | None = None


def pictures(exam: Exam, language: str, names: Names) -> dict[str, str]:
    """By criterion, where there is something to draw."""
    lines = {
        "measurable": _filled(exam, language, names),
        "stable": _kept(exam, language),
        "identifiable": _reach(exam, language),
        "different": _answers(exam, language),
        "serviceable": _owned(exam, language),
    }
    # shares of answers are small: their picture is drawn on a scale of its own, the figures stand beside
    highest = max((line.interval[1] for line in lines["different"] if line.interval), default=1.0)
    tops = {"different": min(1.0, highest * AIR)}
    return {name: draw(some, tops.get(name, 1.0)) for name, some in lines.items() if some}


def draw(lines: list[Line], top: float = 1.0) -> str:
    """Rows on one scale from 0 to `top`."""
    rows = "".join(_row(line, place * ROW, top or 1.0) for place, line in enumerate(lines))
    title = escape("; ".join(line.says for line in lines), quote=True)
    return (
        f'<svg class="chart exam-chart" viewBox="0 0 {WIDTH} {ROW * len(lines)}" role="img" '
        f'aria-label="{title}" xmlns="http://www.w3.org/2000/svg">{rows}</svg>'
    )


def _row(line: Line, top: int, scale: float) -> str:
    middle = top + MIDDLE
    label = line.label if len(line.label) <= LABEL_LIMIT else f"{line.label[: LABEL_LIMIT - 1]}…"
    words = (
        f'<text class="chart-label" x="0" y="{top + TEXT_BASE}" fill="currentColor">{escape(label)}</text>'
        f'<text class="chart-value" x="{WIDTH}" y="{top + TEXT_BASE}" text-anchor="end" '
        f'fill="currentColor">{escape(line.figure)}</text>'
    )
    return words + (_bar(line, middle, scale) if line.interval is None else _whisker(line, middle, scale))


def _bar(line: Line, middle: int, scale: float) -> str:
    ground = (
        f'<rect class="chart-ground" x="0" y="{middle - BAR / 2}" width="{WIDTH}" height="{BAR}" '
        'fill="currentColor" fill-opacity="0.07"/>'
    )
    if not line.share:
        return ground
    width = max(HAIR, _at(line.share, scale))
    return ground + (
        f'<rect class="chart-people" x="0" y="{middle - BAR / 2}" width="{width:.1f}" height="{BAR}" '
        'fill="currentColor"/>'
    )


def _whisker(line: Line, middle: int, scale: float) -> str:
    assert line.interval is not None
    low, high = (_at(end, scale) for end in line.interval)
    dot = min(WIDTH - DOT, max(DOT, _at(line.share, scale)))
    return (
        f'<path class="exam-ground" d="M0 {middle}H{WIDTH}"/>'
        f'<path class="exam-whisker" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - CAP}v{2 * CAP}'
        f'M{high:.1f} {middle - CAP}v{2 * CAP}"/>'
        f'<circle class="chart-people" cx="{dot:.1f}" cy="{middle}" r="{DOT}" fill="currentColor"/>'
    )


def _at(share: float, scale: float) -> float:
    return min(1.0, share / scale) * WIDTH


def _filled(exam: Exam, language: str, names: Names) -> list[Line]:
    lines = []
    for one in exam.measurable.fields:
        if one.share.value is None:
            continue
        name, figure = field_name(one.field, language, names), percent(one.share.value, language)
        says = translate(language, "exam-picture-filled", field=name, share=figure)
        lines.append(Line(name, figure, says, one.share.value))
    return lines


def _kept(exam: Exam, language: str) -> list[Line]:
    return [
        _inferred(
            translate(language, "exam-picture-days", days=one.days),
            one.share,
            language,
            "exam-picture-kept",
            days=one.days,
        )
        for one in exam.stable.periods
        if one.is_enough
    ]


def _reach(exam: Exam, language: str) -> list[Line]:
    counts, people = exam.identifiable.counts, exam.identifiable.people
    if counts is None or not people:
        return []
    return [
        _counted(
            translate(language, f"exam-picture-{channel}"),
            min(1.0, getattr(counts, channel) / people),
            language,
        )
        for channel in ("email", "letter")
    ]


def _answers(exam: Exam, language: str) -> list[Line]:
    comparison = exam.different.comparison
    if not comparison.is_enough:
        return []
    sides = {"members": comparison.one, "others": comparison.other}
    lines = []
    for who, share in sides.items():
        name = translate(language, f"exam-picture-{who}")
        lines.append(_inferred(name, share, language, "exam-picture-answers", who=name))
    return lines


def _owned(exam: Exam, language: str) -> list[Line]:
    share = exam.serviceable.owned.value
    if share is None:
        return []
    return [_counted(translate(language, "exam-picture-owned"), share, language)]


def _counted(label: str, share: float, language: str) -> Line:
    figure = percent(share, language)
    return Line(label, figure, f"{label}: {figure}", share)


def _inferred(label: str, share: Share, language: str, key: str, **values: object) -> Line:
    value = share.value or 0.0
    low, high = (percent(end, language) for end in share.interval)
    says = translate(language, key, share=percent(value, language), low=low, high=high, **values)
    return Line(label, f"{percent(value, language)} ({low} – {high})", says, value, share.interval)
