"""Make the icon sprite from an unpacked `lucide-static` package.

    npm pack lucide-static && tar xzf lucide-static-*.tgz
    python scripts/make_icon_sprite.py package

Add a name to icons.txt, run it, and bring `static/vendor/manifest.json` up to date with the digest it prints.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

ICONS = Path(__file__).with_name("icons.txt").read_text().split()
VENDOR = Path(__file__).parent.parent / "campaign/web/static/vendor"


def main(package: Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    symbols = [_symbol(package, name) for name in ICONS]
    text = (
        f"<!-- lucide-static {version}, ISC; see LICENSE -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    )
    target = VENDOR / f"lucide-{version}" / "sprite.svg"
    target.write_text(text)
    print(f"{target}: {len(symbols)} icons, SHA-256 {hashlib.sha256(text.encode()).hexdigest()}")


def _symbol(package: Path, name: str) -> str:
    source = (package / "icons" / f"{name}.svg").read_text()
    inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if inner is None:
        raise SystemExit(f"{name}.svg holds no svg element")
    shapes = " ".join(inner[1].split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
