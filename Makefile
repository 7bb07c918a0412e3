# Two commands matter: `make demo` and `make test`. Both work on a new Debian with Python 3.11,
# pip and make; neither wants uv, a browser or a virtual environment to be there already.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
RUN_LOCK := requirements/run.txt
DEV_LOCK := requirements/dev.txt
SPARK_LOCK := requirements/spark.txt
SOURCES := pyproject.toml tools/build_catalogs.py $(wildcard src/sexton/locale/*/LC_MESSAGES/*.po)

# The machine's own trust store, so that a proxy or mirror with a private authority works as with pip.
export UV_SYSTEM_CERTS := 1

# What searches is compiled once, here, so that the first search answers as fast as the next.
COMPILE_SEARCH := $(BIN)/python -c "from sexton.names.index import compile_search; compile_search(); \
from sexton.linkage.link import compile_screening; compile_screening()"

.PHONY: demo test test-heavy test-spark quick lint browser postgresql bench lock clean help

help:
	@echo "make demo    load, link, audit and serve the Belgian register on http://127.0.0.1:8000"
	@echo "make test    what CI checks every day: lint, types, layers, tests, browser"
	@echo "make test-heavy  processes killed at random moments, the register on PostgreSQL: some minutes"
	@echo "make test-spark  the tests that need Apache Spark: half a gigabyte of downloads, and Java"
	@echo "make quick   the tests that take less than a minute"
	@echo "make bench   the benchmarks beside their peers (needs more time and downloads)"
	@echo "make lock    resolve the dependencies again"

demo: $(VENV)/.run
	$(BIN)/sexton demo $(DEMO_ARGS)

# --without-pip: Debian ships venv's pip in a package of its own (python3-venv), which may be missing.
$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: apt install python3 python3-pip"; exit 1; }
	$(PYTHON) -m venv --without-pip $(VENV)
	@if command -v uv >/dev/null; then ln -sf "$$(command -v uv)" $(UV); \
	else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check uv; fi

$(VENV)/.run: $(UV) $(RUN_LOCK) $(SOURCES)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(RUN_LOCK)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(COMPILE_SEARCH)
	@touch $@

$(VENV)/.dev: $(UV) $(DEV_LOCK) $(SOURCES)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(DEV_LOCK)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(COMPILE_SEARCH)
	@touch $@ $(VENV)/.run

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:
	@tools/ensure-browser

postgresql:
	@tools/ensure-postgresql

# The tests of the register begin with an empty one, those of the pages with the Belgian one: two runs.
test: $(VENV)/.dev browser lint
	$(BIN)/pytest -n 2 --dist loadfile -m "not heavy and not spark" --ignore tests/register --cov --cov-report=
	$(BIN)/pytest -n 2 --dist loadfile -m "not heavy and not spark" tests/register --cov --cov-append --cov-report=term
	$(BIN)/coverage report --include='src/sexton/names/*,src/sexton/dates/*,src/sexton/numbers/*,src/sexton/places/*,src/sexton/evidence/*' --fail-under=95

test-heavy: $(VENV)/.dev postgresql
	$(BIN)/pytest -n 2 --dist load -m "heavy and not spark"

test-spark: $(VENV)/.dev
	@tools/ensure-java
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $(SPARK_LOCK)
	$(BIN)/pytest -m spark

quick: $(VENV)/.dev
	$(BIN)/pytest -n 2 --ignore tests/register -m "not slow and not browser and not heavy and not spark"

bench: $(VENV)/.dev
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/benchmarks.txt
	$(BIN)/python -m benchmarks.belgium
	$(BIN)/python -m benchmarks.names
	$(BIN)/python -m benchmarks.linkage
	$(BIN)/python -m benchmarks.register

lock: $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o $(RUN_LOCK)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c $(RUN_LOCK) pyproject.toml -o $(DEV_LOCK)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra benchmarks -c $(DEV_LOCK) pyproject.toml -o requirements/benchmarks.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra spark -c $(DEV_LOCK) pyproject.toml -o $(SPARK_LOCK)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis dist build .coverage*
