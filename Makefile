# Two commands: `make bid` builds the CMAST bid, `make test` runs the tests. Both set up .venv first.

# The system's Python first, where it can set up an environment: it is built with the profile of real programs,
# which one compiled on the spot seldom is, and takes six sevenths of the time.
PYTHON ?= $(shell for each in /usr/bin/python3.11 python3.11 python3; do \
	$$each -c "import ensurepip" 2>/dev/null && command -v $$each && exit; done; command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
CASE   ?= cmast
# Tests run in as many processes as there are cores, each file in one; see tests/conftest.py.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
# The processes share the cores already: linear algebra starts no threads of its own.
export OPENBLAS_NUM_THREADS ?= 1
# Modules are compiled once and kept, also where the environment says otherwise: tests run commands by the dozen.
export PYTHONDONTWRITEBYTECODE =

.PHONY: bid test test-full lint ruff imports types picture bench wheel clean help

help:
	@echo "make bid        build the bid workbook into outputs/ (CASE=cmast)"
	@echo "make test       set up the test tools, then lint and test"
	@echo "make test-full  every acceptance count (tens of minutes)"
	@echo "make picture    draw the packages and their imports (docs/architecture.svg)"
	@echo "make bench      the benchmarks of docs/benchmarks.md"
	@echo "make wheel      build the wheel into dist/"

bid: $(VENV)/.run
	$(BIN)/casebuilder build $(CASE)

test: lint
	$(PYTEST) -m "not full"

test-full: lint
	$(PYTEST)

# The three linters side by side: together they take as long as the longest.
lint: $(VENV)/.test
	@$(MAKE) --no-print-directory -j 3 ruff imports types

ruff:
	$(BIN)/ruff check casebuilder tests
	$(BIN)/ruff format --check --quiet casebuilder tests

imports:
	$(BIN)/lint-imports

types:
	$(BIN)/mypy

picture: $(VENV)/.run
	$(BIN)/python -m tests.architecture.picture

bench: $(VENV)/.test
	$(BIN)/python -m tests.benchmarks

wheel: $(VENV)/.test
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

clean:
	rm -rf $(VENV) dist build
