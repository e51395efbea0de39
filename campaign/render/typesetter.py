"""The child process that runs Typst: a request on standard input, pages on standard output.

Run by its path and in isolation, so that it imports nothing of ours and starts fast. One process typesets
one chunk and ends: Typst's cache would grow without bound in a long-lived one. It sees an empty folder as
its root, only our fonts, and no package cache, so a letter can read no file and fetch nothing.

Request: `{"source": …, "fonts": folder, "format": "pdf|png|svg", "ppi": n, "timestamp": n}`.
Answer: the PDF's bytes, or the pages as JSON of base64 texts; on failure exit code 2 and one sentence on
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
            made = _compile(request, empty)
        except typst.TypstError as error:
            hints = " ".join([error.message, *error.hints])
            sys.stderr.write(hints)
            return FAILED
    if isinstance(made, list):
        made = json.dumps([base64.b64encode(page).decode() for page in made]).encode()
    sys.stdout.buffer.write(made)
    return 0


def _compile(request: dict[str, Any], empty: str) -> bytes | list[bytes]:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[request["fonts"]]
    )
    compiler = typst.Compiler(
        input=request["source"].encode(),
        root=empty,
        font_paths=fonts,
        package_path=empty,
        package_cache_path=empty,
    )
    made = compiler.compile(
        format=request["format"], ppi=request["ppi"], timestamp=request["timestamp"], pdf_tags=False
    )
    if made is None:
        raise AssertionError("without an output file the pages are returned")
    if request["format"] != "pdf" and isinstance(made, bytes):
        return [made]
    return made


if __name__ == "__main__":
    sys.exit(main())
