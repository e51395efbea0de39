"""Write the digests of vendored files into their manifest, after one was added or renewed.

    python scripts/vendor_manifest.py campaign/web/static/vendor tests/browser/vendor

Names, versions and licences stand in the manifest already or come from `SOURCES`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

# folder without its version: (npm package, licence)
SOURCES = {
    "htmx": ("htmx.org", "0BSD"),
    "be-vietnam-pro": ("@fontsource/be-vietnam-pro", "OFL-1.1"),
    "source-serif-4": ("@fontsource/source-serif-4", "OFL-1.1"),
    "lucide": ("lucide-static", "ISC"),
    "axe-core": ("axe-core", "MPL-2.0"),
}


def main(vendor: Path) -> None:
    packages = []
    for folder in sorted(path for path in vendor.iterdir() if path.is_dir()):
        name, _, version = folder.name.rpartition("-")
        package, licence = SOURCES[name]
        files = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())
        }
        packages.append(
            {
                "folder": folder.name,
                "package": package,
                "version": version,
                "licence": licence,
                "sha256": files,
            }
        )
    (vendor / "manifest.json").write_text(json.dumps({"packages": packages}, indent=2) + "\n")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        main(Path(argument))
