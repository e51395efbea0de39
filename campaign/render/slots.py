"""Slots keep merge fields out of harm while a page is laid out and its styles are inlined.

Each `{{ … }}` or `{% … %}` becomes a plain word that neither HTML nor CSS tools touch, and is put back
once they are done; everything else that looks like Jinja by then is text, and is made to stay text.
"""

from __future__ import annotations

import hashlib
import re

from campaign.compose.markup import Piece, PieceKind

_OPENING = re.compile(r"\{(?=[{%#])")
_BRACES = re.compile(r"\A\{\{[-+]?(.*?)[-+]?\}\}\Z", re.S)


class Slots:
    """Words that stand for Jinja, good for one compilation."""

    def __init__(self, avoid: str) -> None:
        """`avoid` is every text that will meet the words: none of them occurs in it."""
        salt = 0
        while True:
            self._name = hashlib.sha256(f"{salt}{avoid}".encode()).hexdigest()[:8]
            if self._name not in avoid:
                break
            salt += 1
        self._word = re.compile(rf"zq{self._name}n(\d+)qz")
        self._kept: list[str] = []

    def put(self, source: str) -> str:
        """The word for a piece of Jinja."""
        self._kept.append(source)
        return f"zq{self._name}n{len(self._kept) - 1}qz"

    def put_in_url(self, piece: Piece) -> str:
        """The word for a field inside a link's target: its value is encoded, a link of ours is not."""
        expression = expression_of(piece)
        return self.put(f"{{{{ {url_expression(expression)} }}}}")

    def restore(self, text: str) -> str:
        """The text as a Jinja template: words become what they stand for, the rest stays text."""
        parts = self._word.split(text)
        for index in range(0, len(parts), 2):
            parts[index] = _OPENING.sub("{{ '{' }}", parts[index])
            if index + 1 < len(parts):
                parts[index + 1] = self._kept[int(parts[index + 1])]
        return "".join(parts)


def literal(text: str) -> str:
    """Text as the source of a template that prints it."""
    return _OPENING.sub("{{ '{' }}", text)


def expression_of(piece: Piece) -> str:
    """`contact.code` from `{{ contact.code }}`."""
    if piece.kind is not PieceKind.EXPRESSION:
        raise ValueError(f"{piece.source!r} is not an expression")
    found = _BRACES.match(piece.source)
    assert found
    return found[1].strip()


def url_expression(expression: str) -> str:
    """The expression as part of a link's target."""
    is_ours = re.fullmatch(r"(?:system\.\w+_url|link\.u\d+)", expression)
    return expression if is_ours else f"({expression})|url_part"
