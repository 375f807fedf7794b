# Plenary: `make run` serves the site, `make test` runs every test. `make help` lists the rest.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PORT ?= 8000
BIN := .venv/bin

# Settings of pip that would put packages elsewhere than in .venv. Those that say where packages come from are left alone.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_VIRTUALENV PIP_CONSTRAINT PIP_REQUIREMENT PIP_NO_DEPS PYTHONHOME
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --prefer-binary --require-hashes -r

.DEFAULT_GOAL := setup
.PHONY: setup run test test-sqlite test-postgresql lint format bench search-quality pictures messages lock help

setup: .venv/installed-dev ## Prepare .venv with everything that running, testing and linting need
	@echo ".venv is ready."

run: .venv/installed-base ## Serve the site with its task worker on 127.0.0.1:8000 (PORT= changes it)
	@$(BIN)/python manage.py run_site --port $(PORT)

test: test-sqlite test-postgresql ## Run every test, on SQLite and on PostgreSQL

test-sqlite: .venv/installed-dev
	@echo "== Tests on SQLite"
	@env -u DATABASE_URL $(BIN)/python -m tests.elasticsearch $(BIN)/python -m pytest -n 2 $(ARGS)

test-postgresql: .venv/installed-dev
	@echo "== Tests on PostgreSQL"
	@$(BIN)/python -m tests.elasticsearch $(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -n 2 $(ARGS)

lint: .venv/installed-dev ## Check style, types, templates, floors, migrations and catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check_catalogues

format: .venv/installed-dev ## Put Python files into the house's form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

bench: .venv/installed-dev ## Measure queries, time and memory
	@$(BIN)/python -m tests.benchmarks $(ARGS)

search-quality: .venv/installed-dev ## Measure how good search is on both engines (ARGS=--all names the queries that fall short)
	@env -u DATABASE_URL $(BIN)/python -m tests.search.judged $(ARGS)

pictures: .venv/installed-dev ## Take the pictures of the guides anew (needs Chromium)
	@env -u DATABASE_URL WRITE_PICTURES=1 REQUIRE_BROWSER=1 $(BIN)/python -m pytest -q tests/functional/test_screenshots.py tests/functional/test_screenshots_of_translation.py

messages: .venv/installed-dev ## Bring the six message catalogues up to date with the source
	$(BIN)/python manage.py check_catalogues --write
	$(BIN)/python manage.py compile_catalogues

lock: .venv/installed-dev ## Write the lock files anew from pyproject.toml (ARGS=--upgrade takes newer versions)
	$(BIN)/python -m uv pip compile $(LOCK) pyproject.toml -o requirements/base.txt $(ARGS)
	$(BIN)/python -m uv pip compile $(LOCK) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt $(ARGS)
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Plenary needs Python 3.11 or newer, and none was found (python3 is: $$(python3 --version 2>&1)). \
	Install one, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Plenary needs Python 3.11 or newer; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make environments: install its venv module (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv .venv

# What runs the site; enough for `make run`.
.venv/installed-base: requirements/base.txt | .venv/bin/python
	@echo "Installing what the site needs (once, a minute or so) ..."
	@$(INSTALL) requirements/base.txt
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed-base
	@echo "Installing what tests and linters need (once) ..."
	@$(INSTALL) requirements/dev.txt
	@touch $@
