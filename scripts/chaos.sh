#!/usr/bin/env bash
# `make chaos`: the long runs of the fault lab, five seeds on both databases, and a table. About two hours.
# SEEDS="1 2" DATABASES=sqlite narrow it down; OPTIONS goes to every run.
set -u
cd "$(dirname "$0")/.."
RESULTS=$(mktemp)
trap 'rm -f "$RESULTS"' EXIT
status=0
for database in ${DATABASES:-sqlite postgresql}; do
    for seed in ${SEEDS:-1 2 3 4 5}; do
        echo "== $database, seed $seed" >&2
        # shellcheck disable=SC2086
        .venv/bin/campaign chaos --database "$database" --seed "$seed" --json ${OPTIONS:-} | tail -1 >>"$RESULTS"
        [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
    done
done
.venv/bin/python scripts/chaos_table.py "$RESULTS" || status=1
exit $status
