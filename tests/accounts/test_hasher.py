"""A hash takes its memory in a child: the process that asks stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

from campaign.accounts import passwords
from campaign.lab import proc

PASSWORD = "một câu rất dài"
# of the 64 MB that RFC 9106 gives a hash none may be ours; what a test's process takes besides is far less
LEAST_MB = 32


def test_who_asks_does_not_grow() -> None:
    made = passwords.hash_password(PASSWORD)
    assert "m=65536" in made
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew (proc(5))
    before = proc.peak_mb(os.getpid())
    assert passwords.verify(made, PASSWORD)
    assert proc.peak_mb(os.getpid()) - before < LEAST_MB
