# Liên Minh: every task of the project behind one door; `make help` lists them.

PYTHON ?= python3
SERVE ?= 1
WORLD ?= real
TEXTS ?= $(LIENMINH_SOURCE_TEXTS)

VENV := .venv
RUN := $(VENV)/bin
PRODUCT := $(VENV)/.product-installed
TOOLS := $(VENV)/.tools-installed
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links
CODE := lienminh tests tools $(wildcard benchmarks)
PYTEST := $(RUN)/pytest -n 2 --dist worksteal
WORDS := lienminh/web/locale/en/LC_MESSAGES/django.po
# A synthetic world lives in a home of its own.
DEMO_HOME := $(if $(filter synthetic,$(WORLD)),LIENMINH_HOME=$(or $(LIENMINH_HOME),./var-synthetic))
# Tests choose their database themselves, whatever the shell has set, and start many processes,
# which need not compile the code each anew.
CLEAN := env -u DATABASE_URL -u LIENMINH_HOME -u PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-postgres e2e lint fix bench reading documents lock
.DEFAULT_GOAL := help

help: ## list what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(PRODUCT) ## load five real reviews into ./var; WORLD=synthetic invents a federation in ./var-synthetic
	$(DEMO_HOME) $(RUN)/lienminh demo --world $(WORLD) $(if $(filter 0,$(SERVE)),--no-serve)

test: lint ## check everything that needs nothing but Python
	$(CLEAN) $(PYTEST)

test-postgres: $(TOOLS) ## run the same tests on a PostgreSQL started for them alone
	$(CLEAN) $(RUN)/python tools/postgres.py $(PYTEST)

e2e: $(TOOLS) ## walk whole jobs in Chromium; SHOTS=folder keeps a picture of each page
	@command -v chromium >/dev/null || \
	  { echo "Chromium is missing; install it (Debian and Ubuntu: apt install chromium)."; exit 1; }
	$(CLEAN) SHOTS=$(if $(SHOTS),$(abspath $(SHOTS))) $(PYTEST) tests/e2e

lint: $(TOOLS) ## check format, habits, types and floors
	$(RUN)/ruff format --check --quiet .
	$(RUN)/ruff check --quiet .
	$(CLEAN) $(RUN)/mypy $(CODE)
	$(RUN)/lint-imports

fix: $(TOOLS) ## format the code and mend what can be mended by itself
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

bench: $(TOOLS) ## measure the engine beside its peers
	$(CLEAN) $(RUN)/python -m benchmarks

reading: $(TOOLS) ## score the reader on the annotated texts in TEXTS, where they are at hand
	$(CLEAN) DJANGO_SETTINGS_MODULE=lienminh.config.settings $(RUN)/python tools/reading.py $(TEXTS)

documents: $(TOOLS) ## check the dossiers in ./var and draw each page to ./var/pages
	$(RUN)/python tools/documents.py var/reviews --pages var/pages

lock: ## write requirements*.txt anew from requirements*.in (needs uv)
	@command -v uv >/dev/null || { echo "uv is not installed; install it to lock requirements."; exit 1; }
	uv pip compile $(LOCK) -o requirements.txt requirements.in
	uv pip compile $(LOCK) -o requirements-dev.txt requirements-dev.in

$(RUN)/python:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON) here; install Python 3.11 or newer, or say which: make PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$($(PYTHON) --version) is too old; say which Python 3.11 or newer to use: make PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing; install it (Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(PRODUCT): requirements.txt pyproject.toml $(WORDS) | $(RUN)/python
	$(RUN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(RUN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(RUN)/pybabel --quiet compile -d lienminh/web/locale -D django
	@touch $@

$(TOOLS): requirements-dev.txt $(PRODUCT)
	$(RUN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
