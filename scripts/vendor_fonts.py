"""Vendors the fonts of letters into campaign/render/fonts and writes their manifest.

usage: vendor_fonts.py DOWNLOADS

DOWNLOADS holds what `npm pack @expo-google-fonts/source-serif-4 @expo-google-fonts/be-vietnam-pro` and
`apt-get download fonts-noto-cjk` fetched. Run it again only to take newer versions.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parent.parent / "campaign" / "render" / "fonts"
EXPO = "npm @expo-google-fonts"
# (package, file in it, our name)
TAKEN = (
    ("source-serif-4", "400Regular/SourceSerif4_400Regular.ttf", "SourceSerif4-Regular.ttf"),
    ("source-serif-4", "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", "SourceSerif4-Italic.ttf"),
    ("source-serif-4", "600SemiBold/SourceSerif4_600SemiBold.ttf", "SourceSerif4-SemiBold.ttf"),
    ("be-vietnam-pro", "400Regular/BeVietnamPro_400Regular.ttf", "BeVietnamPro-Regular.ttf"),
    ("be-vietnam-pro", "500Medium/BeVietnamPro_500Medium.ttf", "BeVietnamPro-Medium.ttf"),
    ("be-vietnam-pro", "600SemiBold/BeVietnamPro_600SemiBold.ttf", "BeVietnamPro-SemiBold.ttf"),
)
CJK_SOURCE = "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
CJK_FAMILY = "Noto Sans CJK SC"
CJK_TARGET = "NotoSansCJKsc-Regular-subset.otf"


def main(downloads: Path) -> None:
    TARGET.mkdir(exist_ok=True)
    entries = [_take(downloads, *row) for row in TAKEN]
    entries.append(_take_cjk(downloads))
    text = json.dumps({"fonts": entries}, ensure_ascii=False, indent=2)
    (TARGET / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _take(downloads: Path, package: str, member: str, name: str) -> dict[str, str]:
    archive = next(downloads.glob(f"expo-google-fonts-{package}-*.tgz"))
    version = archive.stem.rpartition("-")[2]
    licence = f"OFL-{package}.txt"
    with tarfile.open(archive) as tar:
        (TARGET / name).write_bytes(_read(tar, f"package/{member}"))
        (TARGET / licence).write_bytes(_read(tar, "package/LICENSE_FONT"))
    return _entry(name, f"{EXPO}/{package}", version, licence)


def _read(tar: tarfile.TarFile, member: str) -> bytes:
    file = tar.extractfile(member)
    if file is None:
        raise SystemExit(f"{member} is not a file")
    return file.read()


def _take_cjk(downloads: Path) -> dict[str, str]:
    """GB 2312, Latin and Vietnamese of Noto Sans CJK SC: the whole collection would be 19 MB."""
    package = next(downloads.glob("fonts-noto-cjk_*.deb"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)  # noqa: S603, S607 (Debian's own program)
        collection = TTCollection(str(Path(folder) / CJK_SOURCE))
        font = next(each for each in collection.fonts if each["name"].getDebugName(1) == CJK_FAMILY)
        _subset(font)
        font.save(TARGET / CJK_TARGET)
        licence = Path(folder) / "usr/share/doc/fonts-noto-cjk/copyright"
        (TARGET / "OFL-noto-cjk.txt").write_bytes(licence.read_bytes())
    version = package.name.split("_")[1].replace("%3a", ":")
    return _entry(CJK_TARGET, "Debian fonts-noto-cjk (subset)", version, "OFL-noto-cjk.txt")


def _subset(font: TTFont) -> None:
    options = subset.Options()
    options.layout_features = ["kern", "liga", "ccmp", "mark"]
    options.name_IDs = ["*"]
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in _characters()])
    subsetter.subset(font)


def _characters() -> set[str]:
    """What a letter in Chinese needs: GB 2312 whole, Latin with all Vietnamese marks, punctuation."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes([high, low]).decode("gb2312", errors="ignore"))
    ranges = ((0x20, 0x17F), (0x1A0, 0x1B1), (0x1EA0, 0x1EFA), (0x2010, 0x2028), (0x3000, 0x3020))
    return found | {chr(code) for start, end in ranges for code in range(start, end)}


def _entry(name: str, source: str, version: str, licence: str) -> dict[str, str]:
    content = (TARGET / name).read_bytes()
    font = TTFont(TARGET / name)
    family = font["name"].getDebugName(16) or font["name"].getDebugName(1)
    return {
        "file": name,
        "family": str(family),
        "source": source,
        "version": version,
        "font_version": str(font["name"].getDebugName(5)),
        "licence": "OFL-1.1",
        "licence_file": licence,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
