"""The last words of `make test`: what was skipped, by name, and one line of counts over all its lanes, with
the lanes that it never runs."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

# they need root, or hours
ELSEWHERE = ("make test-servers", "make test-hosts", "make test-guard", "make chaos")


def main(folder: Path) -> int:
    """Read pytest's JUnit files; 1 when a test failed or none ran."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in sorted(folder.glob("*.xml")):
        for case in ElementTree.parse(path).getroot().iter("testcase"):  # noqa: S314 (written by pytest)
            name = f"{case.get('classname')}::{case.get('name')}"
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                counts["failed"] += 1
                print(f"FAILED   {name}")
            elif skipped is not None:
                counts["skipped"] += 1
                print(f"SKIPPED  {name}: {skipped.get('message')}")
            else:
                counts["passed"] += 1
    said = ", ".join(f"{count} {word}" for word, count in counts.items())
    print(f"{said}; never run by make test: {', '.join(ELSEWHERE)}")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
