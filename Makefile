# One command each; `make` alone lists them. Nothing but make and Python 3.11 or newer is needed to begin.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin

# A stamp carries the checksum of what it installed, so a changed lock is a missing stamp.
sum = $(shell cat pyproject.toml $(1) | cksum | cut -d ' ' -f 1)
RUNTIME := $(VENV)/.installed-runtime-$(call sum,requirements/runtime.txt)
DEV := $(VENV)/.installed-dev-$(call sum,requirements/runtime.txt requirements/dev.txt)
CLIENT := $(VENV)/.client-$(call sum,requirements/client.txt)
PEERS := $(VENV)/.peers-$(call sum,requirements/bench.txt)
NODE := tests/docs/typescript/node_modules/.package-lock.json

# An install outdates every earlier stamp: it may have moved what another one promised.
define install
@echo 'Installing requirements/$(1).txt into $(VENV): once, about a minute.'
@rm -f $(VENV)/.installed-*
@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$(1).txt
@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test soak mutate check bench bench-full lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## database, Kukar's real data and the server on http://127.0.0.1:8000
	$(BIN)/berdaya migrate
	$(BIN)/berdaya seed
	exec $(BIN)/berdaya serve

test: $(DEV) $(CLIENT) $(NODE) ## every test, on SQLite and on a real PostgreSQL that the tests start themselves
	$(BIN)/python -m pytest -n logical --maxprocesses 8 --dist worksteal

soak: $(DEV) ## the long runs, some minutes each; prints its figures
	$(BIN)/python -m pytest -m soak -s

mutate: $(DEV) ## do the tests notice planted faults in the pure modules; long
	$(BIN)/python -m tests.mutation

check: $(DEV) ## lint, format and types; changes nothing
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy

bench: $(DEV) ## this project beside the textbook and bare uvicorn, as ratios
	$(BIN)/python -m benchmarks

bench-full: $(DEV) $(PEERS) ## every suite, every peer and ten times the nation, written into docs/benchmarks.md
	$(BIN)/python -m benchmarks --full --rounds 3 --seconds 1.5 --keep build/benchmarks.json --write docs/benchmarks.md

lock: ## write the requirement locks anew from the .in files (needs uv)
	for set in runtime dev client bench; do $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		requirements/$$set.in --output-file requirements/$$set.txt || exit 1; done

clean: ## remove what was built here; the database in data/ stays
	rm -rf $(VENV) $(dir $(NODE)) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis
	find app migrations tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Berdaya needs Python 3.11 or newer; name one: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUNTIME): | $(BIN)/python
	$(call install,runtime)
	@touch $@

# The development lock holds the very pins of the runtime lock, so it is both.
$(DEV): | $(BIN)/python
	$(call install,dev)
	@touch $(RUNTIME) $@

# Two generators make clients from the document. Where one cannot be installed, the tests leave it out and say so.
$(CLIENT): | $(DEV)
	@echo 'Installing requirements/client.txt into $(VENV)/client: once, some seconds.'
	@rm -rf $(VENV)/client $(VENV)/.client-*
	@{ $(BIN)/python -m venv $(VENV)/client \
		&& $(VENV)/client/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
			-r requirements/client.txt && touch $@; } \
		|| { rm -rf $(VENV)/client; echo 'It could not be installed: no Python client this time.'; }

# The peers may want other versions than the server has. Where one cannot be installed, it is left out, and said so.
$(PEERS): | $(DEV)
	@echo 'Installing requirements/bench.txt into $(VENV)/peers: once, about a minute.'
	@rm -rf $(VENV)/peers $(VENV)/.peers-*
	@{ $(BIN)/python -m venv $(VENV)/peers \
		&& $(VENV)/peers/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
			-r requirements/bench.txt && touch $@; } \
		|| { rm -rf $(VENV)/peers; echo 'They could not be installed: those peers are left out this time.'; }

$(NODE): tests/docs/typescript/package-lock.json
	@! command -v npm >/dev/null || { cd $(<D) \
		&& echo 'Installing $(<D)/node_modules: once, some seconds.' \
		&& npm ci --loglevel=silent --fetch-retries=1 && touch node_modules/.package-lock.json; } \
		|| echo 'They could not be installed: no TypeScript client this time.'
