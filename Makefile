# The commands of this repository. On a bare Debian, git, make and python3 are enough.

PORT ?= 8000
ARGS ?=
COVERAGE ?= yes

PYTHON := .venv/bin/python
SYSTEM_PYTHON ?= python3
BUILD := $(CURDIR)/build/test
PO := locale/en/LC_MESSAGES/django.po
OURS := locale/id/LC_MESSAGES/django.po

# Settings of a developer's shell must not change what tests and lints see.
SETTINGS := ADMINS ALLOWED_HOSTS AUDIT_DIR BACKUP_DATABASE_URL BACKUP_RECIPIENTS BEHIND_PROXY CLAMD_ADDRESS COMPLAINT_KEYS \
	DATABASE_URL DEBUG DEFAULT_FROM_EMAIL DEMO EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_USE_SSL EMAIL_USE_TLS LEAKED_PASSWORDS \
	LOG_JSON LOG_LEVEL MAILBOX_URL PORT PRIVATE_HOSTS PRIVATE_ROOT PROXY_COUNT REDIS_URL SCAN_LATE_MINUTES SECOND_FACTOR_KEYS SECRET_KEY SECURE_SSL_REDIRECT SIGNING_DIR \
	SIGNING_PASSPHRASE SITE_URL TRUST_DIR SMS_GATEWAY_TOKEN SMS_GATEWAY_URL SMS_SENDER \
	TIMESTAMP_CA TIMESTAMP_URL \
	UPLOADS_PER_ADDRESS UPLOADS_PER_COMPLAINT UPLOADS_PER_DRAFT UPLOADS_PER_PERSON UPLOADS_PER_SENDER UPLOADS_UNSENT \
	UPLOAD_REPLACED_DAYS WHATSAPP_GATEWAY_TOKEN WHATSAPP_GATEWAY_URL WHATSAPP_SENDER WHATSAPP_TEMPLATE
CLEAN = $(WITH_PARENT) env $(foreach name,$(SETTINGS),-u $(name) -u $(name)_FILE) \
	-u VAR_DIR_FILE -u TEST_DATABASE_URL -u TEST_REDIS_URL -u PYTHONDONTWRITEBYTECODE \
	DJANGO_SETTINGS_MODULE=portal.settings.test TEST_TEMPLATES=$(BUILD)/templates
MAKE_QUIET := $(MAKE) --no-print-directory --keep-going

# A stage that hangs is ended; TERM ends a test run like Ctrl-C (tests/servers.py).
# A shell between make and a command passes no signal on: the command gets TERM when the shell is gone.
WITH_PARENT := setpriv --pdeathsig TERM
# A test that fails is tried once more, and named in the end (docs/adr/0056).
PYTEST = $(WITH_PARENT) timeout --foreground --kill-after=30 5400 $(PYTHON) -m pytest -q -n 2 --reruns 1 -r fER
# ARGS may choose tests that one stage does not have: pytest then ends with 5.
MAY_BE_NONE = $(if $(ARGS),|| [ $$? -eq 5 ])
SERVERS := $(PYTHON) scripts/databases.py
# One name a stage and database: the figures of all stages are added up at the end.
REPORT = --junitxml=$(BUILD)/$@-$(if $(TEST_DATABASE_URL),postgresql,sqlite).xml

.PHONY: help run test test-sqlite test-postgresql suite-sqlite suite-postgresql unit journeys \
	coverage lint lint-all lint-code lint-format lint-types lint-imports lint-rules lint-migrations \
	lint-templates messages shots bench audit bootstrap-run bootstrap-test

help:
	@echo "make run              serve the portal with demo data on http://127.0.0.1:$(PORT)/ (PORT= chooses another)"
	@echo "make test             everything: lint, tests and journeys on SQLite and on PostgreSQL with Redis, coverage"
	@echo "make test-sqlite      only tests and journeys on SQLite; test-postgresql: only those on the servers"
	@echo "make lint             only lint, types, import contracts, rules of our own, migrations and templates"
	@echo "make messages         collect the sentences of the screens and compile their English"
	@echo "make shots            pictures of the pages, phone and desk, under build/shots/"
	@echo "make bench            how fast it is, one line a figure"
	@echo "make audit            published weaknesses of the pinned packages; asks pypi.org"
	@echo "ARGS= goes to pytest or to the script behind the target, e.g. make test-sqlite ARGS='-k clock'"

bootstrap-run bootstrap-test:
	@$(SYSTEM_PYTHON) scripts/bootstrap.py $(@:bootstrap-%=%)

run: bootstrap-run
	@$(PYTHON) scripts/launcher.py --die-with-parent --port "$(PORT)" $(ARGS)

# --- tests -----------------------------------------------------------------------------------------
# SQLite and the servers go side by side, for both wait now and then. Everything is run to the end;
# a stage prints when it has ended. The last line counts the tests.

test: bootstrap-test
	@rm -rf $(BUILD) && mkdir -p $(BUILD)
	@status=0; \
	$(CLEAN) $(MAKE_QUIET) -j2 --output-sync=target suite-sqlite suite-postgresql || status=$$?; \
	$(if $(ARGS)$(filter no,$(COVERAGE)),,$(CLEAN) $(MAKE_QUIET) coverage || status=$$?;) \
	rm -rf $(BUILD)/templates; \
	$(PYTHON) scripts/count_tests.py $(BUILD); \
	exit $$status

test-sqlite test-postgresql: bootstrap-test
	@mkdir -p $(BUILD)
	@$(CLEAN) $(MAKE_QUIET) $(@:test-%=suite-%)

# The rules of our own are tests, which "unit" runs with the others unless ARGS chooses some.
suite-sqlite:
	@$(MAKE_QUIET) -j1 $(LINTS) $(if $(ARGS),lint-rules) unit journeys

suite-postgresql:
	@$(WITH_PARENT) env VAR_DIR=$(BUILD)/var-servers $(SERVERS) $(MAKE_QUIET) -j1 unit journeys

# Coverage is measured once, on SQLite; it makes those tests half as long again (COVERAGE=no leaves it out).
MEASURED = $(if $(TEST_DATABASE_URL)$(filter no,$(COVERAGE)),,yes)
unit:
	@echo "=== $@ on $(if $(TEST_DATABASE_URL),PostgreSQL and Redis,SQLite)"
	@$(PYTEST) --dist loadfile -m "not browser" $(REPORT) \
		$(if $(MEASURED),--cov --cov-report= --cov-fail-under=0) $(ARGS) $(MAY_BE_NONE)

journeys:
	@echo "=== $@ on $(if $(TEST_DATABASE_URL),PostgreSQL and Redis,SQLite)"
	@$(PYTEST) --dist loadfile -m browser $(REPORT) tests/journeys $(ARGS) $(MAY_BE_NONE)

coverage:
	@printf "coverage of the apps with branches, per cent: "
	@$(PYTHON) -m coverage report --format=total

# --- lint ------------------------------------------------------------------------------------------

lint: bootstrap-test
	@$(CLEAN) $(MAKE_QUIET) lint-all

LINTS := lint-code lint-format lint-types lint-imports lint-migrations lint-templates
lint-all: $(LINTS) lint-rules

lint-code:
	@$(PYTHON) -m ruff check .

lint-format:
	@$(PYTHON) -m ruff format --check .

lint-types:
	@$(PYTHON) -m mypy .

lint-imports:
	@PYTHONPATH=. .venv/bin/lint-imports --no-logo

# Sizes of modules and classes, tables laid out by hand, circles of imports, what stays private, values
# hidden on rows, and the lines of templates: rules of our own, which no linter knows. They need no database.
RULES := sizes formatting imports private_api hidden_values templates line_breaks
lint-rules:
	@$(PYTHON) -m pytest -q -m "not django_db" --no-header \
		$(RULES:%=tests/architecture/test_%.py)

lint-migrations:
	@$(PYTHON) manage.py makemigrations --check --dry-run

# Not --check: the formatter adds white space that shows (facts, mails). The lines are read by lint-rules.
lint-templates:
	@$(PYTHON) -m djlint --quiet --lint templates

# --- the rest --------------------------------------------------------------------------------------

# The date of the last run would change the file each time: it is left out.
messages: bootstrap-test
	@$(PYTHON) manage.py makemessages --locale en --add-location file --no-wrap --no-obsolete \
		--ignore .venv --ignore build --ignore var --ignore tests --ignore scripts
	@sed -i '/^"POT-Creation-Date/d' $(PO)
	@msgfmt --check-format --statistics -o $(PO:.po=.mo) $(PO)
	@msgfmt --check-format -o $(OURS:.po=.mo) $(OURS)

shots: bootstrap-test
	@$(PYTHON) scripts/shots.py $(ARGS)

bench: bootstrap-test
	@$(PYTHON) scripts/bench.py $(ARGS)

# Apart from the rest: it asks a service on the network, in an environment of its own. A list that could
# not be asked about is a failure (--strict).
AUDITED := requirements.txt requirements-dev.txt requirements-uv.txt requirements-audit.txt
audit: bootstrap-test
	@.venv/bin/uv venv --quiet --clear build/audit
	@VIRTUAL_ENV=build/audit .venv/bin/uv pip install --quiet --require-hashes -r requirements-audit.txt
	@build/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		$(AUDITED:%=--requirement %) $(ARGS)
