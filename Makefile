# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev demo demo-reset test test-servers test-hosts test-guard chaos check fix lock bench-setup bench-lint-quality screenshots clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) scripts/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the application into $(VENV) (hash-checked) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt || \
		{ echo "The packages could not be installed: is the package index reachable? See the line above."; exit 1; }
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing what tests and checks need (hash-checked) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt || \
		{ echo "The packages could not be installed: is the package index reachable? See the line above."; exit 1; }
	@touch $@

setup: $(VENV)/.run ## make the environment that runs the application

setup-dev: $(VENV)/.dev ## ... and what tests and checks need

demo: setup ## the whole system with a small company's data, in the browser
	@exec $(BIN)/campaign demo

demo-reset: setup ## forget the demo's data and start over
	@$(BIN)/campaign demo --reset

test: setup-dev ## everything an ordinary user can run (SKIP=browser leaves the browser out)
	@SKIP="$(SKIP)" bash scripts/run_tests.sh

test-guard: setup-dev ## hostile names, subjects and addresses by the hundred thousand; who said no is revived in no way; a million rows of a workbook
	@$(BIN)/pytest tests/render/test_mime.py tests/contacts/test_addresses.py tests/contacts/test_import_silence.py tests/flow/test_nobody_is_revived.py tests/contacts/test_large_workbook.py -q -m guard -n 0 -p no:cacheprovider

test-servers: setup-dev ## a real Postfix between us and the sink (needs root, postfix and sasl2-bin)
	@$(BIN)/pytest -m servers tests/servers

test-hosts: setup-dev ## several hosts as network namespaces: cables pulled, hosts lost (needs root)
	@$(BIN)/pytest -m hosts -s tests/hosts

chaos: setup-dev ## the fault lab: five seeds on both databases and a table; about two and a half hours
	@SEEDS="$(SEEDS)" DATABASES="$(DATABASES)" OPTIONS="$(OPTIONS)" bash scripts/chaos.sh

bench-setup: ## what benchmarks compare with: smtp-source, smtp-sink, wrk (needs root)
	@bash scripts/bench_setup.sh

check: setup-dev ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup-dev ## let the formatter and the safe fixes work
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench-lint-quality: setup-dev ## precision and recall of the rules on texts by writers who never saw the code
	@$(BIN)/python benchmarks/lint_quality/measure.py

screenshots: setup-dev ## the README's pictures, from a running demo (needs Chromium)
	@$(BIN)/python scripts/make_screenshots.py

lock: setup-dev ## resolve the versions again and pin them with hashes
	@bash scripts/lock.sh

clean: ## remove what was built; data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
