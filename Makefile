# The habits of the project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PACKAGING := setup.cfg setup.py pyproject.toml package-lock.json
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)

# Every target that needs a Python works with the one in $(VENV); PYTHON chooses which it is made from.
# Candidates are run, not only looked up: a version manager may leave names on the PATH that start nothing.
define find_python
for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
    echo "$$candidate"; exit 0; fi; done; \
echo "Involve needs Python 3.11 or later (on Debian: apt-get install python3 python3-venv)." >&2; exit 1
endef

# uv is quicker where there is one; where it cannot reach its index, pip may.
define install_package
if command -v uv >/dev/null 2>&1 && uv pip install --quiet --python $(BIN)/python --editable '$(1)'; then :; \
else $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$(1)'; fi
endef

.PHONY: help
help: ## List what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: install assets $(COMPILED) ## Start the site with demonstration data at http://127.0.0.1:8000 (PORT=… changes it)
	exec $(BIN)/involve run --demo --host 127.0.0.1 --port $(PORT)

# The tests start some fifty programs, which need not compile the package anew each time.
.PHONY: test
test: install-test assets $(COMPILED) browser lint ## Install all it needs, check the code, run every test
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n $(WORKERS) $(ARGS)

.PHONY: sure
sure: test ## What CI runs

.PHONY: lint
lint: install-test ## Check style, types and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates

.PHONY: types
types: install-test ## Check types only
	$(BIN)/mypy

.PHONY: format
format: install-test ## Put the code into the project's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: translations
translations: install ## Extract the messages, update both catalogues, compile them
	$(BIN)/python -m involve.catalogues

.PHONY: roles
roles: install assets $(COMPILED) ## Write docs/roles.md, who may do what, from the rules in the code
	$(BIN)/python -m involve.roles > docs/roles.md.new && mv docs/roles.md.new docs/roles.md

.PHONY: migration
migration: install ## Write the next migration from the models: make migration MESSAGE="add a table of …"
	@test -n "$(MESSAGE)" || { echo 'Say what changes: make migration MESSAGE="…"' >&2; exit 2; }
	$(BIN)/involve database revision "$(MESSAGE)"

.PHONY: bench
bench: install assets $(COMPILED) ## Measure speed: make bench ARGS="tag --stories 1000"
	$(BIN)/involve bench $(or $(ARGS),all)

.PHONY: weights
weights: install ## Learn the weights of goals, ways, stances and danger from the stories in tests/text/stories
	$(BIN)/python -m involve.text.judging.make tests/text/stories

.PHONY: bench-text
bench-text: install ## Measure reading against its targets, on the reference data in ../shared (some minutes)
	PYTHONPATH=. $(BIN)/python -m targets $(ARGS)

.PHONY: install
install: $(STAMPS)/core ## Make .venv and install the package in it

.PHONY: install-test
install-test: $(STAMPS)/test

.PHONY: assets
assets: $(STAMPS)/core
	@$(BIN)/python involve/web/assets/build.py

.PHONY: browser
browser:
	@.ci/browser

.PHONY: clean
clean: ## Remove what was built; the data in var/ stays
	rm -rf $(VENV) build dist *.egg-info node_modules involve/web/static/build .mypy_cache .ruff_cache .pytest_cache
	rm -f $(COMPILED)

$(BIN)/python:
	@python="$$($(find_python))" && echo "Making $(VENV) with $$python" && \
	if command -v uv >/dev/null 2>&1; then uv venv --quiet --seed --python "$$python" $(VENV); \
	else "$$python" -m venv $(VENV) || { \
	  rm -rf $(VENV); echo "On Debian: apt-get install python3-venv" >&2; exit 1; }; fi

$(STAMPS)/core: $(BIN)/python $(PACKAGING)
	@mkdir -p $(STAMPS)
	@echo "Installing Involve in $(VENV)"
	@$(call install_package,.)
	@touch $@

$(STAMPS)/test: $(BIN)/python $(PACKAGING)
	@mkdir -p $(STAMPS)
	@echo "Installing Involve and its test tools in $(VENV)"
	@$(call install_package,.[test])
	@touch $(STAMPS)/core $@

%.mo: %.po | $(STAMPS)/core
	@$(BIN)/python -c 'from involve.catalogues import compile_catalogues; compile_catalogues()'
