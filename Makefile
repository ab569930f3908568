# Needs Python 3.11 or newer and make; everything else is installed into $(VENV) from the locks.
#
#   make demo       install what running needs, and plan the worked example
#   make test       install what testing needs, and run every test        (ARGS="-k tiers" to choose)
#   make check      style, types, the direction of imports, sizes
#   make bench      the benchmark                                          (ARGS=… is passed on)
#   make long-NAME  a long run of tests/long/NAME.py                       (SEED=1 MINUTES=10)
#   make long       what long runs there are
#   make reference  write the grammar's tables, and docs/language.md, functions.md, codes.md and rules.md from what they tell of
#   make rule       a new lint rule with its cases and its page            (NAME=late-milepost)
#   make editor     write the grammar and the manifest of plugins/vscode from the catalogue
#   make packages   bring the packages list of pyproject.toml in step with the folders
#   make lock       renew requirements/*.lock from pyproject.toml          (UPGRADE=--upgrade for newest)
#   make clean      remove what the tools made, except $(VENV)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV ?= .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
SEED ?= 1
MINUTES ?= 10
ARGS ?=
NAME ?=
UPGRADE ?=
PROCESSES ?= 2

.PHONY: demo test check bench long reference rule editor packages lock links clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/.stratagem-project
	$(VENV)/bin/stratagem plan strategies/coffee

test: $(VENV)/.stratagem-test $(VENV)/.stratagem-project
	$(PY) -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(ARGS)

check: $(VENV)/.stratagem-test $(VENV)/.stratagem-project links
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -q tests/packaging/test_imports.py tests/packaging/test_sizes.py tests/packaging/test_packages.py

bench: $(VENV)/.stratagem-test $(VENV)/.stratagem-project
	$(PY) -m tests.bench $(ARGS)

long: $(VENV)/.stratagem-test $(VENV)/.stratagem-project
	$(PY) -m tests.long

long-%: $(VENV)/.stratagem-test $(VENV)/.stratagem-project
	$(PY) -m tests.long $* --seed $(SEED) --minutes $(MINUTES)

reference: $(VENV)/.stratagem-project
	$(PY) -m stratagem.dsl.grammar.tables
	$(PY) -m stratagem.dsl.parse.mend.needs
	$(PY) -m stratagem.dsl.catalogue.reference docs/language.md
	$(PY) -m stratagem.dsl.catalogue.functions_page docs/functions.md
	$(PY) -m stratagem.dsl.diagnostics.pages.index docs/codes.md
	$(PY) -m stratagem.dsl.lint.rules_page docs/rules.md

rule: $(VENV)/.stratagem-project
	@$(PY) tests/tools/new_rule.py '$(NAME)'

editor: $(VENV)/.stratagem-project
	$(PY) -m stratagem.engine.editor.vscode plugins/vscode

packages:
	$(PYTHON) tests/tools/sync_packages.py

# --- Installing -------------------------------------------------------------------------------------
# Each step leaves a stamp in the environment, and is repeated only when what it reads has changed.

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stratagem-core: requirements/core.lock | $(VENV)/pyvenv.cfg
	$(PIP) install --quiet --require-hashes -r requirements/core.lock
	touch $@

$(VENV)/.stratagem-test: requirements/test.lock | $(VENV)/.stratagem-core
	$(PIP) install --quiet --require-hashes -r requirements/test.lock
	touch $@

# The project itself: its dependencies are there already, and so is setuptools, pinned by the lock.
$(VENV)/.stratagem-project: pyproject.toml | $(VENV)/.stratagem-core
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# --- For the type checkers, which cannot see how an editable install maps the folders -----------------

links:
	@rm -rf .links && mkdir -p .links/stratagem
	@for folder in dsl engine plugins strategies; do ln -sfn ../../$$folder .links/stratagem/$$folder; done
	@for file in engine/_root/*; do case $$file in *__pycache__) ;; *) ln -sfn ../../$$file .links/stratagem/;; esac; done

# --- Locking ------------------------------------------------------------------------------------------
# Hashes without addresses: a lock must not say where a package comes from.

COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-annotate $(UPGRADE) pyproject.toml --group pyproject.toml:build

lock: | $(VENV)/pyvenv.cfg
	$(PY) -c 'import uv' 2>/dev/null || $(PIP) install --quiet uv
	$(COMPILE) --output-file requirements/core.lock
	$(COMPILE) --extra test --extra examples --constraints requirements/core.lock \
	  --output-file requirements/test.lock
	@if grep -nE '://|index-url|find-links' requirements/*.lock; then echo "a lock names an address" >&2; exit 1; fi

clean:
	rm -rf build dist .links .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov ./*.egg-info
