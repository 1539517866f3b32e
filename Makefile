# From nothing but Python 3.11 and make: `make run`, then open http://localhost:8501.

PYTHON ?= python3.11
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help run demo test lint audit bench docs texts clean

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Made anew whenever a requirements file changes.
.venv/ready: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/ready  ## the app, on port 8501 (PORT=… for another), with its own database
	$(BIN)/python -m app

demo: .venv/ready  ## the same, with a collection to look around in (kept apart, in var/demo)
	WATCH_VAR=var/demo WATCH_DEMO=1 $(BIN)/python -m app

test: .venv/ready  ## all tests, on a PostgreSQL and a browser of their own
	$(BIN)/pytest -n 2 --no-loadscope-reorder --cov --cov-report=
	$(BIN)/coverage report --include="data/*" --format=total --fail-under=95
	$(BIN)/coverage report --include="app/*,pages/*" --format=total --fail-under=85

lint: .venv/ready  ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy app data pages

audit: .venv/ready  ## insecure code, secrets in what is committed, known holes in what is installed
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml app data pages
	git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --disable-plugin KeywordDetector \
		--exclude-lines 'smtp://(user:password|\{USER\}:wrong)@'
	$(BIN)/pip-audit --disable-pip --no-deps --progress-spinner off -r requirements.txt

bench: .venv/ready  ## how fast it is
	$(BIN)/python -m tests.bench

docs: .venv/ready  ## what is generated from the code: sql/schema.sql, docs/schema.md, tables of docs/security.md
	$(BIN)/python -m tests.schema_dump
	$(BIN)/python -m tests.schema_docs
	WRITE_DOCS=1 $(BIN)/pytest --quiet tests/pages/test_matrix.py

texts: .venv/ready  ## the catalogues of translations, brought up to date with the code
	$(BIN)/python -m tests.texts

clean:  ## caches and the virtual environment; never var/, where the data are
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
