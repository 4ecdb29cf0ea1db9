# Everything there is to do with a clone. Needs make and Python 3.11 or newer, nothing else.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
# Kept once it is compiled, whatever the caller's shell says: tests start Seti hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
FOR_RUNNING := $(VENV)/.ready-to-run
FOR_TESTING := $(VENV)/.ready-to-test
FOR_MUTANTS := $(VENV)/.ready-for-mutants
# In the order of the folders: what takes long comes first, and neither worker waits for the other.
PYTEST_FLAGS ?= --numprocesses=auto --dist=loadfile --no-loadscope-reorder

.PHONY: help run smoke test check format imports lint sizes types unit bench chaos mutants readme fmt clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(FOR_RUNNING) ## Install what is missing, then serve on http://127.0.0.1:12111 until Ctrl-C.
	@exec $(BIN)/python -m service serve

smoke: $(FOR_RUNNING) ## Exercise a running server: create, confirm, wait for the delivery.
	@exec $(BIN)/python -m service smoke

test: $(FOR_TESTING) ## Run the whole suite, against real parts.
	@.ci/browser
	@$(BIN)/pytest $(PYTEST_FLAGS)

check: $(FOR_TESTING) ## Check format, lint, types, imports and sizes; run the unit tests.
	@$(MAKE) --jobs=2 --keep-going --output-sync=target types format lint imports sizes unit

types: $(FOR_TESTING)
	@$(BIN)/mypy

format: $(FOR_TESTING)
	@$(BIN)/ruff format --check --quiet

lint: $(FOR_TESTING)
	@$(BIN)/ruff check --quiet

imports: $(FOR_TESTING)
	@$(BIN)/lint-imports --no-cache >$(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

sizes:
	@find service projections tests -name '*.py' -exec awk -f tests/lint/sizes.awk {} +

unit: $(FOR_TESTING)
	@$(BIN)/pytest --quiet tests/unit

bench: $(FOR_TESTING) ## Measure this machine: each operation against the floor (ROWS=delivery, ROWS=holding).
	@exec $(BIN)/python -m tests.bench $(if $(ROWS),--rows $(ROWS))

chaos: $(FOR_TESTING) ## Break everything under load for ten minutes, and see that nothing is lost (SEED=1).
	@exec $(BIN)/python -m tests.chaos $(if $(SEED),--seed $(SEED))

mutants: $(FOR_MUTANTS) ## Put a sample of small faults in, and show those that the unit tests let pass.
	@exec $(BIN)/python -m tests.mutants

readme: $(FOR_RUNNING) ## Write the README's tables of what is there, from the declarations.
	@$(BIN)/python -m service.reference.table README.md

fmt: $(FOR_TESTING) ## Format the code and mend what can be mended without asking.
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

clean: ## Remove what was installed and built, but no data (./var).
	@rm -rf $(VENV) build mutants *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@.ci/environment $(VENV) $(PYTHON)

$(FOR_RUNNING): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Seti into $(VENV) ..."
	@$(PIP) --constraint constraints.txt pip setuptools
	@$(PIP) --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

$(FOR_TESTING): pyproject.toml constraints.txt | $(FOR_RUNNING)
	@echo "Installing what the tests need ..."
	@$(PIP) --constraint constraints.txt --group dev
	@touch $@

$(FOR_MUTANTS): pyproject.toml constraints.txt | $(FOR_TESTING)
	@echo "Installing what puts faults in ..."
	@$(PIP) --constraint constraints.txt --group mutants
	@touch $@
