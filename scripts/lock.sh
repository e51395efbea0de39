#!/usr/bin/env bash
# Pin every package with its hashes; the files name versions and hashes only, no index.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock")
# what builds the editable install, so that nothing unpinned is fetched for it
build=$(mktemp)
trap 'rm -f "$build"' EXIT
printf "hatchling>=1.27\neditables>=0.5\n" > "$build"
"$uv" pip compile "${options[@]}" pyproject.toml "$build" -o requirements/run.txt
"$uv" pip compile "${options[@]}" -c requirements/run.txt --extra test --extra check --extra bench pyproject.toml -o requirements/dev.txt
sed -i -E 's#-r /tmp/[^ ]+#-r build#' requirements/*.txt
