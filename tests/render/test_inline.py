"""Styles into attributes, and what that must not bring with it."""

from __future__ import annotations

import subprocess
import sys

from campaign.render.inline import inline_styles


def test_rules_become_attributes() -> None:
    """A mail program that drops `<style>` still shows what it said."""
    page = inline_styles("<html><head><style>p{color:red}</style></head><body><p>chào</p></body></html>")
    assert '<p style="color:red">chào</p>' in page


def test_nothing_is_fetched() -> None:
    """A layout that names a sheet on the network gets its link left as it is."""
    page = inline_styles(
        '<html><head><link rel="stylesheet" href="https://example.org/a.css"></head><body><p>a</p></body></html>'
    )
    assert "example.org/a.css" in page
    assert "<p>a</p>" in page


def test_no_http_client_comes_along() -> None:
    """premailer imports `requests`; 10 MB in every process for what is forbidden here. Whoever else wants it
    still gets the real one."""
    asked = (
        "import sys, campaign.web, campaign.render.inline; "
        "print([name for name in ('requests', 'urllib3', 'chardet') if name in sys.modules]); "
        "import requests; print(requests.get.__name__)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split("\n")[:2] == ["[]", "get"]
