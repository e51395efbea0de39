#!/usr/bin/env bash
# `make test`: everything an ordinary user can run. SKIP=browser leaves the browser out and says so.
set -u
cd "$(dirname "$0")/.."
BIN=.venv/bin
RESULTS=$(mktemp -d)
trap 'rm -rf "$RESULTS"' EXIT

find_chromium() {
    local name
    [ -n "${CHROMIUM:-}" ] && { echo "$CHROMIUM"; return; }
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

browser=yes
case " ${SKIP:-} " in *browser*) browser=no ;; esac

if [ "$browser" = yes ] && ! CHROMIUM=$(find_chromium); then
    if [ "$(id -u)" -ne 0 ]; then
        echo "The browser tests need Chromium. Run this once, then make test again:"
        echo
        echo "    sudo apt-get install -y chromium"
        echo
        echo "Or leave the browser out: make test SKIP=browser"
        exit 2
    fi
    echo "Installing Chromium for the browser tests ..."
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
        >"$RESULTS/apt.log" 2>&1; then
        tail -5 "$RESULTS/apt.log"
        echo "Chromium could not be installed; see above. make test SKIP=browser runs the rest."
        exit 2
    fi
    CHROMIUM=$(find_chromium) || { echo "Debian's chromium package brought no chromium command."; exit 2; }
fi
export CHROMIUM

status=0
"$BIN/pytest" -n 2 --postgres -m "not browser and not servers and not hosts and not guard" --junitxml="$RESULTS/1-main.xml" || status=1
if [ "$browser" = yes ]; then
    "$BIN/pytest" -m browser --junitxml="$RESULTS/2-browser.xml"
    # 5: no test was collected, which is a failure of the lane's making, not of a test
    [ $? -eq 0 ] || status=1
fi
"$BIN/python" scripts/test_summary.py "$RESULTS" || status=1
[ "$browser" = yes ] || echo "THE BROWSER TESTS WERE SKIPPED (SKIP=browser): NO PAGE WAS LOOKED AT."
exit $status
