# make demo    read the example articles and show the brief of the first story
# make test    lint, types and tests
# Each sets up what it needs: a virtual environment, and packages from PyPI.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: demo test lint types quality speed docs clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Readout needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/ready
	@mkdir -p out
	$(BIN)/readout read examples/articles --meta examples/articles/table.csv --record out/examples.db
	$(BIN)/readout verify --record out/examples.db
	$(BIN)/readout brief --record out/examples.db --format html --all --output out/brief.html
	$(BIN)/readout brief --record out/examples.db
	@echo "The record is out/examples.db, the page of all stories out/brief.html."

test: lint types
	$(BIN)/python -m pytest

lint: $(VENV)/ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/ready-dev
	$(BIN)/mypy

# The corpora are not part of the project: make quality CORPORA=path/to/corpora
quality: $(VENV)/ready-dev
	$(BIN)/python -m benchmarks.quality.gate --corpora $(CORPORA)

speed: $(VENV)/ready-dev
	$(BIN)/python -m benchmarks.speed

docs: $(VENV)/ready
	$(BIN)/python -c "from readout.cli import reference; print(reference(), end=\"\")" > docs/cli.md

clean:
	rm -rf $(VENV) out build dist src/*.egg-info
