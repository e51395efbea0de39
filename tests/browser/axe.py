"""Accessibility by axe-core: `assert_accessible(page)` finds nothing serious or critical."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
GRAVE = {"serious", "critical"}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # frames hold mail and letters: documents of their own, checked where they are made
    "iframes": False,
    "resultTypes": ["violations"],
}

# colours on their way from light to dark are no colours of the page
SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
}"""


def assert_accessible(page: Page) -> None:
    """Run axe over the page as it stands now; the page's context needs `bypass_csp=True`."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", RULES)
    grave = [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} — {_why(node)}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"][:3]
    ]
    assert grave == [], f"{page.url}\n" + "\n".join(grave)


def _why(node: dict[str, list[dict[str, str]]]) -> str:
    return "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
