# Backlight's commands. Needs: Python 3.11, 3.12 or 3.13, make, git. `make` lists the targets.

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do command -v $$name && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
UV := .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
      --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
ARGS ?=
JOBS ?= 2

# Checks look at code, not at an installation: these values open nothing.
CHECKING := SECRET_KEY=checks-only TOKEN_KEY=checks-only FIELD_KEYS=Y2hlY2tzIG9ubHksIGV4YWN0bHkgMzIgYnl0ZXMuLi4= \
            DATABASE_URL=postgresql:///no-such-database?host=/nonexistent DATABASE_POOL=0 DATA=/nonexistent

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench demo-reset vendor messages lock drill figures pictures backup-key backup restore restore-tested

help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
	|| grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

run: .venv/run-stamp ## Start everything on this machine (PORT=8000 DATA=./data DEMO=1; DATABASE_URL, REDIS_URL, EMAIL_URL)
	@exec $(PY) manage.py up

test: .venv/dev-stamp ## Run every test, browser tests included, in JOBS=2 processes (ARGS="-k words")
	@$(PY) -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/dev-stamp ## Check style, types, layers, templates and migrations
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "ruff format: run make format"; exit 1; }
	@.venv/bin/lint-imports --no-logo > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }
	@.venv/bin/djlint --lint --quiet clinic sessions outcomes
	@$(CHECKING) .venv/bin/mypy
	@$(CHECKING) $(PY) manage.py check --fail-level WARNING
	@$(CHECKING) $(PY) -W ignore manage.py makemigrations --check --dry-run --verbosity 1

format: .venv/dev-stamp ## Format the Python files
	@.venv/bin/ruff check --fix --select I --quiet . && .venv/bin/ruff format .

bench: .venv/dev-stamp ## Measure speed and memory against the targets (OUT=file.json)
	@$(PY) -m tests.bench

drill: .venv/dev-stamp ## Break real processes in full size: lost databases, senders, brokers; backup and restore (ONLY=name OUT=file.json)
	@$(PY) -W ignore -m tests.drill

figures: .venv/dev-stamp ## Show how scores and report figures differ from the committed ones; ACCEPT=1 takes them over
	@$(if $(ACCEPT),ACCEPT_FIGURES=1) $(PY) -m pytest -q tests/outcomes/test_golden_figures.py

backup-key: .venv/run-stamp ## Make a pair of keys for backups; needs nothing of a server (FILE=backlight-backup.key)
	@$(PY) -m clinic.backup.key_pair $(or $(FILE),backlight-backup.key)

backup: .venv/run-stamp ## Back up what the running `make run` keeps, encrypted to a public key (KEY=age1... DATA=./data)
	@BACKUP_PUBLIC_KEY=$(KEY) $(PY) -m clinic.local.command backup

restore: .venv/run-stamp ## Restore a backup into a new data folder that holds the former keys.json (FILE=... KEY=private-key-file DATA=...)
	@$(PY) -m clinic.local.command restore $(FILE) --key $(KEY)

restore-tested: .venv/run-stamp ## Tell the running `make run` that its backup was restored (FILE=restored/restore-report.json DATA=./data)
	@$(PY) -m clinic.local.command note_restore_test $(FILE)

pictures: .venv/dev-stamp ## Take the README's pictures anew, from a demo that runs (BASE=http://localhost:8000)
	@$(PY) -m tests.pictures

demo-reset: .venv/run-stamp ## Throw the demo's data away, so that the next `make run` starts afresh (DATA=./data)
	@$(PY) -m clinic.local.reset

vendor: .venv/run-stamp ## Renew the committed browser files named in vendor.lock (needs npm)
	@$(PY) -m clinic.local.vendor

# gettext cannot read the coded lists: their labels lie in a Python file for as long as it takes to collect them.
CODE_LABELS := sessions/definitions/treatment_codes.json.py
messages: .venv/run-stamp ## Collect and compile the German catalogue (needs GNU gettext)
	@trap 'rm -f $(CODE_LABELS)' EXIT && \
	$(PY) -c 'from sessions.codes import all_labels; print(*(f"gettext({each!r})" for each in all_labels()), sep="\n")' > $(CODE_LABELS) && \
	$(CHECKING) $(PY) manage.py makemessages --locale de --no-obsolete --no-wrap --add-location file --ignore .venv --ignore data --ignore tests
	@$(CHECKING) $(PY) manage.py compilemessages --locale de --ignore .venv

lock: .venv/dev-stamp ## Renew the locks after a change of requirements*.in
	@$(UV) requirements.in -o requirements.txt
	@$(UV) requirements-local.in -o requirements-local.txt
	@$(UV) requirements-dev.in -o requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(not (3, 11) <= v <= (3, 13) and "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=...")'
	@echo "making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

.venv/run-stamp: requirements.txt requirements-local.txt | .venv/bin/python
	@echo "installing the packages of requirements.txt and requirements-local.txt"
	@$(PIP) -r requirements.txt -r requirements-local.txt
	@touch $@

.venv/dev-stamp: requirements-dev.txt .venv/run-stamp
	@echo "installing the packages of requirements-dev.txt"
	@$(PIP) -r requirements-dev.txt
	@touch $@
