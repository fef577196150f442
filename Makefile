# Two commands: `make bid` builds the CMAST bid, `make test` runs the tests. Both set up .venv first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
CASE   ?= cmast

.PHONY: bid test test-full lint bench wheel clean help

help:
	@echo "make bid        build the bid workbook into outputs/ (CASE=cmast)"
	@echo "make test       set up the test tools, then lint and test"
	@echo "make test-full  every acceptance count (tens of minutes)"
	@echo "make bench      the benchmarks of docs/benchmarks.md"
	@echo "make wheel      build the wheel into dist/"

bid: $(VENV)/.run
	$(BIN)/casebuilder build $(CASE)

test: lint
	$(BIN)/python -m pytest -m "not full"

test-full: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check casebuilder tests
	$(BIN)/lint-imports
	$(BIN)/mypy

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
