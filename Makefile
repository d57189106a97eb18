# `make run` serves the demonstration on http://127.0.0.1:5000, `make test` checks everything.
# Both set up what they need in .venv; `make help` lists the rest.

PYTHON ?= python3
UV_VERSION = 0.13.9
# How many processes run the tests, and what else to tell pytest: make test PYTEST_ARGS="-k answer"
WORKERS ?= 2
PYTEST_ARGS ?=

BIN = .venv/bin
CATALOGS = $(wildcard citizen_voice/translations/*/LC_MESSAGES/*.po)
TEMPLATE = citizen_voice/translations/messages.pot

# Our .venv, this Python and this project's settings, whatever the shell has active.
UV_SYNC = env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never \
	UV_LINK_MODE=copy $(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode --python $(BIN)/python

.DEFAULT_GOAL = help
.PHONY: help setup setup-dev run test lint format bench messages vendor clean
.DELETE_ON_ERROR:
# Steps lean on one another in the order written here.
.NOTPARALLEL:

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r name words; do \
		printf 'make %-10s %s\n' "$$name" "$$words"; done

setup: .venv/.runtime $(CATALOGS:.po=.mo) ## Install what the site needs into .venv

setup-dev: .venv/.dev $(CATALOGS:.po=.mo) ## The same, with the tools for developing and testing

run: export CITIZEN_VOICE_ENV = development
run: setup ## Serve the demonstration (CITIZEN_VOICE_BIND=host:port for another address)
	@exec $(BIN)/citizen-voice demo --if-empty --serve

test: setup-dev chromium lint ## Run every check and every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

.PHONY: chromium
chromium:
	@tools/chromium

lint: setup-dev ## Check the code without running it (the quick checks first)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo 'Not formatted: run make format'; exit 1; }
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/bandit --quiet --recursive citizen_voice
	@$(BIN)/deptry .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

format: setup-dev ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: setup-dev ## Measure speed (benchmarks/; SIZE=1000000 for a million ideas, too)
	@tools/wrk
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

messages: setup ## Collect the sentences from the code into the translations, and compile them
	@mkdir -p citizen_voice/translations
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --keyword=lazy \
		--add-location=file --sort-by-file --project=citizen-voice --copyright-holder= \
		--output-file=$(TEMPLATE) citizen_voice templates
	@test -f citizen_voice/translations/cy/LC_MESSAGES/messages.po || $(BIN)/pybabel --quiet init \
		--input-file=$(TEMPLATE) --output-dir=citizen_voice/translations --locale=cy
	@$(BIN)/pybabel --quiet update --input-file=$(TEMPLATE) --output-dir=citizen_voice/translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(MAKE) --no-print-directory setup

vendor: ## Rebuild the vendored styles and scripts (the only step that needs Node)
	@cd tools/vendor && npm ci --silent && npm run --silent build

clean: ## Delete what the other targets made, but not instance/
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find citizen_voice tests -name __pycache__ -prune -exec rm -rf {} +
	@rm -f $(CATALOGS:.po=.mo)

# Stamps: when they are newer than the lock file, nothing is installed and nobody is asked.

.venv/.uv: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python3' >&2; exit 1; }
	@echo 'Setting up .venv'
	@test -x $(BIN)/python && test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ echo 'On Debian: apt install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.runtime: .venv/.uv pyproject.toml uv.lock
	@echo 'Installing what the site needs'
	@$(UV_SYNC) --no-dev --extra postgres
	@touch $@

.venv/.dev: .venv/.uv pyproject.toml uv.lock
	@echo 'Installing what the tests need'
	@$(UV_SYNC) --extra postgres
	@touch .venv/.runtime $@

%.mo: %.po | .venv/.runtime
	@rm -f $@
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@
	@test -f $@ || { echo 'Not compiled: delete the line "#, fuzzy" at the top of $<' >&2; exit 1; }
