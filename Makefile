# make run    a first run: creates what it needs, simulates, says where the report is
# make test   every check: ruff, mypy, pytest        make long, make bench: what those leave out

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# most modules of what is installed are never imported: those that are become bytecode then
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
ROOT := $(shell if [ "$$(id -u)" = 0 ]; then echo env; else command -v sudo; fi)
OUT ?= runs/wendeng_2020

.PHONY: run test check long bench browser site pages clean

run: .stamps/run
	$(BIN)/scored run wendeng_2020 --people 100000 --years 3 --out $(OUT) --force
	@echo "open $(OUT)/report.html in a browser; the command scored is $(BIN)/scored"

test: .stamps/test browser check

# Every check runs, whatever the one before found. The kernels are compiled once, beside the static
# checks and before the tests share them out among processes (and looked at for floats on the
# way). Tests that live no month run meanwhile, with a kernel cache of their own: what a cache gives
# back cannot be looked at, and a month would be compiled twice (tests/conftest.py refuses it).
# Bytecode is kept, wherever the environment says otherwise: hundreds of tests start a Python of
# their own. All others follow, each process with a room's tests one after another, so that what they
# share is made once; their closing line comes last.
LIVING := tests/measure/test_quantities.py
EARLY := tests/conduct tests/study/published \
	$(filter-out $(LIVING),$(wildcard tests/measure/test_*.py)) \
	tests/scheme/test_load.py tests/scheme/test_mutations.py

check:
	@failed=0; d=$$(mktemp -d); unset PYTHONDONTWRITEBYTECODE; \
	echo "compiling the kernels, once: this takes a minute or two"; \
	{ $(BIN)/python -m tests.engine.float_free --with-one --keep >/dev/null && \
	  $(BIN)/scored run wendeng_2020 --people 300 --months 2 --out $$d/run --quiet >/dev/null; } & \
	kernels=$$!; \
	$(BIN)/ruff check src studies examples tests || failed=1; \
	$(BIN)/mypy --strict src studies examples || failed=1; \
	TESTS_LIVE_NO_MONTH=1 SCOREDSOCIETY_CACHE=$$d/early $(BIN)/python -m pytest -q $(EARLY) || failed=1; \
	wait $$kernels || failed=1; \
	rm -rf $$d; \
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(addprefix --ignore=,$(EARLY)) || failed=1; \
	exit $$failed

long: .stamps/test browser
	$(BIN)/python -m pytest -m long

bench: .stamps/test
	$(BIN)/python -m pytest -m bench -s

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; [ -n "$(ROOT)" ] && $(ROOT) apt-get update -q \
	  && $(ROOT) apt-get install -qy python3-venv && $(PYTHON) -m venv .venv; }

.stamps/run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[lab]'
	@mkdir -p .stamps && touch $@

.stamps/test: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[test]'
	@mkdir -p .stamps && touch $@

# The documentation as a site, with every link checked: build/site/index.html
site: .stamps/test
	$(BIN)/python docs/build/site.py

# Every generated page, figure and quote of docs/ anew: about 25 minutes on two cores; one that is
# current is skipped.  make pages ONLY=friends, QUICK=1 (under a minute each), FULL=1 (large)
pages: .stamps/test
	$(BIN)/python docs/build/pages.py $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(FULL),--full)

# The page and the report are checked in a real browser, Debian's Chromium.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	  [ -n "$(ROOT)" ] && command -v apt-get >/dev/null \
	  && $(ROOT) apt-get update -q && $(ROOT) apt-get install -qy chromium chromium-driver; } \
	  || echo "no Chromium, and it cannot be installed here: the checks in a browser will fail" >&2

clean:
	rm -rf .venv .stamps .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
