# Every recipe works in a fresh clone: it needs Python 3.11 or newer, git and make.

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-development
CODE := src tests tools $(wildcard data benchmarks)

.DEFAULT_GOAL := help
.PHONY: help demo test lint format docs bench messages pictures floors clean

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(RUNTIME) ## Place the children of the sample county and show the summary.
	@$(BIN)/enroll allocate scenarios/nanxian-primary-2026.toml \
	    -o runs/nanxian-primary-2026 --overwrite

test: $(DEVELOPMENT) ## Run every test and notebook, with branch coverage.
	@$(BIN)/python -m pytest -n 2 --nbmake --nbmake-timeout=120 --cov --cov-report=term

lint: $(DEVELOPMENT) ## Check style, types and the floors of the house.
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(DEVELOPMENT) ## Rewrite the code in the house's format.
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

docs: $(DEVELOPMENT) ## Build the documentation in build/site, and check every link.
	@$(BIN)/python tools/site.py

bench: $(DEVELOPMENT) ## Measure speed and memory against the reference.
	@$(BIN)/python benchmarks/run.py

messages: $(DEVELOPMENT) ## Gather the messages and compile the Chinese ones.
	@$(BIN)/python tools/messages.py

pictures: $(DEVELOPMENT) ## Make the pictures of the documentation again, with Chromium.
	@$(BIN)/python tools/pictures.py

floors: ## Run the tests with the oldest versions that are promised to work.
	@sh tools/floors.sh

clean: ## Remove what the recipes made, but no run and no data.
	@rm -rf $(VENV) .venv-lowest .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
	    .hypothesis .coverage .coverage.* dist build

$(BIN)/python:
	@sh tools/venv.sh $(VENV)

$(RUNTIME): pyproject.toml | $(BIN)/python
	@echo "Installing enroll and what it needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[map]'
	@touch $@

$(DEVELOPMENT): pyproject.toml | $(BIN)/python
	@echo "Installing enroll with its test tools ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,parquet]'
	@touch $(RUNTIME) $@
