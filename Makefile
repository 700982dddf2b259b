# Everything a newcomer needs: `make run` starts the app, `make test` proves it.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
HTMX_SHA256 := 71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-package pip
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.PHONY: run test lint figure bench check lock clean

run: .venv/run static/htmx.min.js
	$(BIN)/bodymap serve --port $(PORT)

test: .venv/dev static/htmx.min.js .venv/system .cache/anki-venv/ready lint
	$(BIN)/bodymap check
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: .venv/run
	$(BIN)/bodymap check

figure: .venv/dev
	$(BIN)/bodymap figure

bench: .venv/dev static/htmx.min.js .venv/system
	$(BIN)/python -m bench

# The lock names every platform's files; run it after a change in pyproject.toml.
lock:
	$(COMPILE) --no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse --group run pyproject.toml -o requirements.txt
	$(COMPILE) --group dev --extra figure --extra postgres --extra pdf -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(COMPILE) tests/anki/requirements.in -o tests/anki/requirements.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.txt
	echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/bodymap.pth"
	printf '#!/bin/sh\nexec "$(CURDIR)/$(BIN)/python" -m bodymap "$$@"\n' > $(BIN)/bodymap && chmod +x $(BIN)/bodymap
	touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(PIP) -r requirements-dev.txt
	touch $@

# htmx comes from a locked carrier wheel and is never committed; a wrong file stops here.
static/htmx.min.js: .venv/run
	$(BIN)/python -m bodymap.carrier static/htmx.min.js $(HTMX_SHA256)

.venv/system: | .venv/dev
	sh tests/install.sh
	touch $@

# Anki itself, which the tests import our decks with; apart, because its libraries are none of ours.
.cache/anki-venv/ready: tests/anki/requirements.txt
	$(PYTHON) -m venv --clear .cache/anki-venv
	.cache/anki-venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	touch $@

clean:
	rm -rf .venv .cache static/htmx.min.js atlas.db
