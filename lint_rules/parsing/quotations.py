"""What stands between quotation marks: other people's words."""

from __future__ import annotations

import re

from lint_rules.parsing.near import holds_any
from lint_rules.parsing.part import Part, Span

# characters; what is longer is a mark that somebody forgot to close
LONGEST = 600
_QUOTED = re.compile(
    rf"“[^“”]{{1,{LONGEST}}}”|«[^«»]{{1,{LONGEST}}}»|「[^「」]{{1,{LONGEST}}}」|『[^『』]{{1,{LONGEST}}}』"
    rf"|(?<!\w)\"(?:[^\"\n]|\n(?!\s*\n)){{1,{LONGEST}}}\"(?!\w)|(?<!\w)‘[^‘’]{{1,{LONGEST}}}’(?!\w)"
)
_OPENING = frozenset('“«「『"‘')


def quotations(part: Part) -> list[Span]:
    """Every stretch within quotation marks, marks included."""
    found = part.readings.get(("quotations", ""))
    if found is None:
        text = part.text
        found = [Span(*match.span()) for match in _QUOTED.finditer(text)] if holds_any(text, _OPENING) else []
        part.readings[("quotations", "")] = found
    spans: list[Span] = found
    return spans
