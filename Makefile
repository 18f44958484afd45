# Every target prepares the virtual environment first; it does so only when something changed.
# ARGS goes to the command line: make demo ARGS="--port 9000 --no-browser".

SHELL = /bin/sh
VENV = .venv
PY = $(VENV)/bin/python
KILLS = 300
ARGS =

.PHONY: help setup demo test check bench faults pictures lock clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 | \2/p' Makefile | awk -F'|' '{printf "%-16s%s\n", $$1, $$2}'

setup: $(VENV)/installed.lock ## Make the virtual environment and install what the lock file names

demo: setup ## Watch a client and a vendor live through four weeks, in your browser
	@$(PY) bot.py demo $(ARGS)

# Bytecode is kept: the tests start dozens of processes, and each would compile everything anew.
test: setup ## Run all tests
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup ## Lint, format and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench: setup ## Run the benchmarks, each figure beside its floor
	@$(PY) -m bench $(ARGS)

faults: setup ## Kill the bot KILLS times at bad moments; judge KILLS stretches of a year, and two whole ones
	@$(PY) -m tests.faults --kills $(KILLS) $(ARGS)
	@YEAR_EXAMPLES=$(KILLS) $(PY) -m pytest -n 0 -q tests/year/test_year.py
	@YEAR_WIRE_SEEDS=2 YEAR_WIRE_WEEKS=52 $(PY) -m pytest -n 0 -q tests/year/test_year_on_the_wire.py

pictures: setup ## Take the pictures of docs/ anew, from the story (needs Chromium)
	@$(PY) -m tests.pictures

lock: setup ## Pin and hash requirements.in again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH; nothing else does." >&2; exit 1; }
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" requirements.in --output-file requirements.lock

clean: ## Remove the virtual environment and the caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so that an install cut short starts again.
$(VENV)/installed.lock: requirements.lock $(PY)
	@sh .ci/install "$(PY)" "$@"

$(PY):
	@sh .ci/make-venv "$(VENV)" "$(PYTHON)"
