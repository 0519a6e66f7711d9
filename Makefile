# The manual of this repository. On a bare Debian, git, make and python3 are enough.

PORT ?= 8000
export PORT
ARGS ?=

PYTHON := .venv/bin/python
SYSTEM_PYTHON ?= python3

.PHONY: help run test lint shots bench

help:
	@echo "make run      serve the portal with demo data on http://127.0.0.1:$(PORT)/ (PORT= chooses another)"
	@echo "make test     everything: lint, types, imports, tests on SQLite and on PostgreSQL with Redis, journeys"
	@echo "make lint     only lint, types, import contracts and migrations"
	@echo "make shots    pictures of the pages, phone and desk, under build/shots/"
	@echo "make bench    how fast it is, one line a figure"
	@echo "ARGS= goes to the script behind the target, e.g. make test ARGS='--only sqlite'"

run:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py run
	@$(PYTHON) scripts/launcher.py --die-with-parent --port "$(PORT)" $(ARGS)

test:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py test
	@$(PYTHON) scripts/run_tests.py $(ARGS)

lint:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py test
	@$(PYTHON) scripts/run_tests.py --only lint $(ARGS)

shots:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py test
	@$(PYTHON) scripts/shots.py $(ARGS)

bench:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py test
	@$(PYTHON) scripts/bench.py $(ARGS)
