# Two commands matter: `make run` and `make test`. Each makes its own environment in .venv from the committed locks;
# nothing but Python 3.11 with venv, and make, has to be there before.

PYTHON ?= python3
JOBS ?= 2
SCENARIO ?= letter
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --require-virtualenv
SLOW_MARK := pytest\.mark\.slow

# What makes .venv is stamped with the folder it was made in: a copied checkout must not run the other one's code.
ifneq ($(shell cat $(VENV)/made-in 2>/dev/null),$(CURDIR))
$(shell rm -f $(VENV)/base.stamp)
endif

.DEFAULT_GOAL := help
.PHONY: help run test test-slow lint odd results format locks golden clean

help:  ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/package.stamp  ## simulate the letter and print the five indices (SCENARIO=none ARGS="--firms 5000" to vary)
	@$(BIN)/clustersim run $(SCENARIO) $(ARGS)

test: lint  ## lint, types, import floors, then every test that is not slow
	$(BIN)/python -m pytest -m "not slow" -n $(JOBS) --dist loadfile

# pytest leaves with 5 when it ran no test: right only as long as no test is marked slow.
test-slow: $(VENV)/everything.stamp $(VENV)/package.stamp  ## the tests that take longer
	@$(BIN)/python -m pytest -m slow --durations=10 || { code=$$?; \
	if [ $$code -eq 5 ] && ! grep -rqE --include='*.py' '$(SLOW_MARK)' tests; then \
	  echo "No test is marked slow yet."; else exit $$code; fi; }

lint: $(VENV)/everything.stamp $(VENV)/package.stamp  ## ruff, mypy --strict and the order of imports
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy --strict clustersim
	$(BIN)/lint-imports

odd: $(VENV)/package.stamp  ## write the tables of ODD.md anew from the code
	$(BIN)/python -m clustersim.show.odd ODD.md

results: $(VENV)/everything.stamp $(VENV)/package.stamp  ## answer the numbered questions again, into results/ (ARGS="--only 02" for one)
	@$(BIN)/python experiments/rebuild.py $(ARGS)

format: $(VENV)/everything.stamp  ## let ruff put imports and layout right
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

# The environment, made anew when the base lock changes. A stamp is written last, so a broken-off install starts again.
$(VENV)/base.stamp: locks/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
	  echo "clustersim needs Python 3.11, and '$(PYTHON)' is not one: try  make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' lacks the venv module: install it (Debian and Ubuntu: python3.11-venv)" >&2; exit 1; }
	@echo "Making the environment in $(VENV) from $< (once, a minute or so) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --quiet --require-hashes --no-deps -r $<
	@echo "$(CURDIR)" > $(VENV)/made-in
	@touch $@

$(VENV)/everything.stamp: locks/everything.txt $(VENV)/base.stamp
	@echo "Adding what the tests need from $< ..."
	@$(PIP) install --quiet --require-hashes --no-deps -r $<
	@touch $@

$(VENV)/package.stamp: pyproject.toml $(VENV)/base.stamp
	@$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

# Newest versions that pyproject.toml allows (UPGRADE= keeps those locked and adds what is missing), with hashes and
# without addresses. The tool lives outside .venv.
UPGRADE ?= --upgrade
LOCK := CUSTOM_COMPILE_COMMAND="make locks" .venv-locks/bin/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --newline lf

# The EMA workbench is wanted by one test, which puts it beside the environment: its lock leaves out what is there.
locks:  ## solve the locks again with the newest allowed versions (UPGRADE= adds what is missing and moves nothing)
	@$(PYTHON) -m venv .venv-locks
	@.venv-locks/bin/python -m pip install --quiet pip-tools==7.6.2
	$(LOCK) --output-file locks/base.txt pyproject.toml locks/build.in
	$(LOCK) --all-extras --constraint locks/base.txt --output-file locks/everything.txt pyproject.toml locks/build.in
	$(LOCK) --constraint locks/everything.txt --output-file locks/ema.txt locks/ema.in
	@awk '/^[a-z]/ { pin = $$1 } NR == FNR { there[pin]; next } /^#/ || !(pin in there)' \
	  locks/everything.txt locks/ema.txt > .venv-locks/ema.txt
	@mv .venv-locks/ema.txt locks/ema.txt

golden: $(VENV)/everything.stamp $(VENV)/package.stamp  ## put the small runs on record anew, when a change of numbers is meant
	CLUSTERSIM_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py

clean:  ## remove the environments and everything that tools left behind
	rm -rf .venv .venv-locks build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find clustersim tests -name __pycache__ -type d -prune -exec rm -rf {} +
