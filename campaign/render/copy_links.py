"""The author's links, found once per compilation, so that tracked ones can be put in when filling."""

from __future__ import annotations

from campaign.compose.check import is_link
from campaign.compose.markup import Piece, PieceKind, plain


class Links:
    """Collects targets. A target with a merge field in it differs for everyone and is not tracked."""

    def __init__(self) -> None:
        self._urls: dict[str, int] = {}

    @property
    def urls(self) -> tuple[str, ...]:
        """Constant targets on the web, in the order of their first use."""
        return tuple(self._urls)

    def pieces(self, url: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """The target as it is rendered; empty when copy may not link there."""
        source = plain(url)
        if not is_link(source):
            return ()
        if any(piece.kind is not PieceKind.TEXT for piece in url) or not source.startswith("http"):
            return url
        number = self._urls.setdefault(source, len(self._urls))
        return (Piece(PieceKind.EXPRESSION, f"{{{{ link.u{number} }}}}"),)
