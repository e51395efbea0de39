"""The child process that runs Typst: a request on standard input, pages on standard output.

Run by its path and in isolation, so that it imports nothing of ours and starts fast. One process typesets
one chunk and ends: Typst's cache would grow without bound in a long-lived one. It sees an empty folder as
its root, only our fonts, and no package cache, so a letter can read no file and fetch nothing.

Request: `{"sources": […], "fonts": folder, "format": "pdf|png|svg|tagged", "ppi": n, "timestamp": n}`.
Answer: of one source the PDF's bytes, or its pages as JSON of base64 texts; of `tagged`, PDFs that say what
is a paragraph, one for each source, as JSON of base64 texts. On failure exit code 2 and one sentence on
standard error.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from typing import Any

import typst

FAILED = 2


def main() -> int:
    request: dict[str, Any] = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as empty:
        try:
            fonts = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[request["fonts"]]
            )
            made = [page for source in request["sources"] for page in _compile(source, request, fonts, empty)]
        except typst.TypstError as error:
            hints = " ".join([error.message, *error.hints])
            sys.stderr.write(hints)
            return FAILED
    if request["format"] == "pdf":
        sys.stdout.buffer.write(made[0])
    else:
        sys.stdout.write(json.dumps([base64.b64encode(page).decode() for page in made]))
    return 0


def _compile(source: str, request: dict[str, Any], fonts: typst.Fonts, empty: str) -> list[bytes]:
    compiler = typst.Compiler(
        input=source.encode(),
        root=empty,
        font_paths=fonts,
        package_path=empty,
        package_cache_path=empty,
    )
    tagged = request["format"] == "tagged"
    made = compiler.compile(
        format="pdf" if tagged else request["format"],
        ppi=request["ppi"],
        timestamp=request["timestamp"],
        pdf_tags=tagged,
    )
    if made is None:
        raise AssertionError("without an output file the pages are returned")
    return [made] if isinstance(made, bytes) else made


if __name__ == "__main__":
    sys.exit(main())
