"""What `campaign bench segments` must reach, and which of two databases is further from it."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.lab.bench_segments import Figures

# scores from the statistics beside NTILE over the orders
TO_NTILE = 0.3
# a segment beside the same question in SQL written by hand
TO_HANDWRITTEN = 1.2


def shares(figures: Figures) -> dict[str, float]:
    """Each ratio as a share of its limit: above 1 it is missed. What was left out has none."""
    found = {}
    if figures.scored is not None:
        found["ratio_to_ntile"] = figures.scored.ratio_to_ntile / TO_NTILE
    if figures.worst_ratio_to_handwritten is not None:
        found["worst_ratio_to_handwritten"] = figures.worst_ratio_to_handwritten / TO_HANDWRITTEN
    return found


def worst(by_database: Mapping[str, Figures]) -> str:
    """The database that is nearest to a limit, or furthest above it."""
    return max(by_database, key=lambda name: max(shares(by_database[name]).values(), default=0.0))


def missed(by_database: Mapping[str, Figures]) -> list[str]:
    """A line for each limit that is missed."""
    limits = {"ratio_to_ntile": TO_NTILE, "worst_ratio_to_handwritten": TO_HANDWRITTEN}
    return [
        f"{database}: {name} is {share * limits[name]:.2f}, above {limits[name]}"
        + (f" ({figures.worst_segment})" if name == "worst_ratio_to_handwritten" else "")
        for database, figures in by_database.items()
        for name, share in shares(figures).items()
        if share > 1
    ]
