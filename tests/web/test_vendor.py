"""What we ship of others' work is what its manifest says: name, version, licence, digest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FREE = {"0BSD", "ISC", "MIT", "OFL-1.1", "MPL-2.0", "Apache-2.0"}


@pytest.mark.parametrize("folder", ["campaign/web/static/vendor", "tests/browser/vendor"])
def test_vendored_files_are_the_ones_in_the_manifest(folder: str) -> None:
    vendor = ROOT / folder
    packages = json.loads((vendor / "manifest.json").read_text())["packages"]
    listed = {}
    for package in packages:
        assert package["licence"] in FREE
        assert "LICENSE" in package["sha256"], f"{package['package']} comes without its licence"
        assert package["folder"].endswith(package["version"])
        listed |= {f"{package['folder']}/{name}": digest for name, digest in package["sha256"].items()}
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == listed
