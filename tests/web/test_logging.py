"""What a failing request leaves in the log: where it failed, never what people typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# a sign-in against a database without tables fails after the password was read
REQUEST = """
from wsgi import app
app.config["WTF_CSRF_ENABLED"] = False
answer = app.test_client().post("/sign-in", data={"email": "mai@example.com", "password": "rat-bi-mat"})
print(answer.status_code)
"""


def test_a_password_never_stands_in_the_log(tmp_path: Path) -> None:
    env = os.environ | {"CAMPAIGN_STATE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", REQUEST], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "500"
    assert "a request failed" in done.stderr
    assert "no such table" in done.stderr
    assert "rat-bi-mat" not in done.stderr
