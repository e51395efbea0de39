"""Say in one sentence when this Python is too old, before anything is installed."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Campaign needs Python 3.11 or newer; this is %d.%d. Install it and run: make PYTHON=python3.11 demo"
        % sys.version_info[:2]
    )
try:
    import ensurepip  # noqa: F401  (Debian ships Python without it until python3-venv is installed)
    import venv  # noqa: F401 (whether it is there is all we ask)
except ImportError:
    sys.exit("This Python has no venv module. On Debian: apt-get install python3-venv")
