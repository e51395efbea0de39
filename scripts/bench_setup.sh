#!/usr/bin/env bash
# `make bench-setup`: what benchmarks compare with. Debian's postfix is installed for its smtp-source and
# smtp-sink; the mail server itself is not started.
set -euo pipefail
if command -v smtp-source >/dev/null && command -v smtp-sink >/dev/null && command -v wrk >/dev/null; then
    echo "smtp-source, smtp-sink and wrk are here."
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "This needs root. Run: sudo make bench-setup"
    exit 2
fi
# Debian starts a service when it is installed; this says no to that, for this installation only
policy=/usr/sbin/policy-rc.d
made=no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    made=yes
fi
trap '[ "$made" = no ] || rm -f "$policy"' EXIT
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postfix wrk
command -v smtp-source smtp-sink wrk
