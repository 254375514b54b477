# The front door. `make` alone prints what can be done; the comments after `##` are that help.

.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTHON := $(BIN)/python
PYTEST := $(BIN)/pytest -q
MEMBERS := contracts chassis $(wildcard services/*) cli
ENVIRONMENT := .venv/.installed

# A worker more than the two cores that CI has, as tests often wait. A module at a time: each worker starts its own
# servers once, and a module's fixtures stay together.
PARALLEL ?= -n 3 --dist loadscope --no-loadscope-reorder

# What `make eval` reads, what is in it, and who reads: builtin or llm.
SCRIPTS ?= examples
TRUTH ?= $(SCRIPTS)/truth.json
ENGINE ?= builtin

##@ Start

.PHONY: help setup up down demo status
help: ## this help
	@if [ -t 1 ]; then bold=$$'\e[1m' blue=$$'\e[36m' off=$$'\e[0m'; else bold= blue= off=; fi; \
	awk -v bold="$$bold" -v blue="$$blue" -v off="$$off" 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s%s%s\n", bold, substr($$0, 5), off } \
	  /^[a-z][a-z0-9-]*:.*## / { printf "  %s%-18s%s %s\n", blue, $$1, off, $$2 }' Makefile

setup: $(ENVIRONMENT) ## make .venv from requirements.lock; needs Python 3.11 or newer, nothing else
	@echo "environment ready: $(BIN)"

$(ENVIRONMENT): requirements.lock pyproject.toml $(MEMBERS:=/pyproject.toml) tools/setup.sh
	@tools/setup.sh $(MEMBERS)
	@touch $@

up: $(ENVIRONMENT) ## start the local stack: servers, migrations, the four services
	@$(BIN)/dramatis up

down: $(ENVIRONMENT) ## stop what `make up` started, and only that
	@$(BIN)/dramatis down

status: $(ENVIRONMENT) ## what is running, and where
	@$(BIN)/dramatis status

demo: $(ENVIRONMENT) ## a script in, a contact sheet of its assets out
	@$(BIN)/dramatis demo

##@ Check

.PHONY: check fmt format lint types imports tidy schemas schemas-check migrations-lint lock-check
# The longest first: two run at once.
CHECKS := types lint format imports tidy migrations-lint schemas-check lock-check

check: $(ENVIRONMENT) ## all of the checks below, exactly what CI runs
	@$(PYTHON) -m tools.check $(CHECKS)

fmt: $(ENVIRONMENT) ## rewrite the code in the one format, imports sorted
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format .

format: $(ENVIRONMENT) ## is everything in the one format?
	@$(BIN)/ruff format --check .

lint: $(ENVIRONMENT) ## ruff
	@$(BIN)/ruff check .

types: $(ENVIRONMENT) ## mypy, strict, sources and tests alike
	@$(BIN)/mypy

imports: $(ENVIRONMENT) ## the import directions of ARCHITECTURE.md
	@$(BIN)/lint-imports --no-logo

tidy: $(ENVIRONMENT) ## our own rules: size, shape, names, SQL, subjects, clock, errors
	@$(PYTHON) -m tools.tidy
	@$(PYTHON) -m tools.errors

migrations-lint: $(ENVIRONMENT) ## migrations only go forward, lock little and keep tenants apart
	@$(PYTHON) -m tools.migrations

lock-check: $(ENVIRONMENT) ## requirements.lock holds what the members ask for
	@$(PYTHON) -m tools.lock

##@ Test

.PHONY: test test-unit test-integration test-contract test-e2e test-faults eval bench
test: $(ENVIRONMENT) ## every test, three workers
	@$(PYTEST) $(PARALLEL)

test-unit: $(ENVIRONMENT) ## rules without I/O, and the checkers of this repository
	@$(PYTEST) $(PARALLEL) $(wildcard */tests/unit services/*/tests/unit) tests/architecture

test-integration: $(ENVIRONMENT) ## one service or the chassis against real Postgres, NATS and S3
	@$(PYTEST) $(PARALLEL) $(wildcard */tests/integration services/*/tests/integration)

test-contract: $(ENVIRONMENT) ## what services promise each other
	@$(PYTEST) $(PARALLEL) $(wildcard */tests/contract services/*/tests/contract)

test-e2e: $(ENVIRONMENT) ## the whole system, traces included
	@$(PYTEST) $(wildcard tests/e2e tests/tracing)

test-faults: $(ENVIRONMENT) ## kill -9 at random instants, KILLS=40 times; nothing may be lost or done twice
	@$(PYTEST) tests/faults

eval: $(ENVIRONMENT) ## how well scripts are read: SCRIPTS=folder TRUTH=file.json, ours otherwise; DETAILS=1 names the mistakes
	@$(PYTHON) -m dramatis.evaluation "$(SCRIPTS)" "$(TRUTH)" --engine "$(ENGINE)" $(if $(DETAILS),--details)

bench: $(ENVIRONMENT) ## what it costs, as ratios to a measured limit
	@$(PYTHON) -m bench

##@ Change

.PHONY: lock migration clean
lock: $(ENVIRONMENT) ## resolve requirements.lock anew from the members' pyproject.toml, and install it
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  pyproject.toml --group dev $(MEMBERS:=/pyproject.toml) \
	  $(foreach member,$(MEMBERS),--no-emit-package dramatis-$(notdir $(member))) --output-file requirements.lock
	@$(MAKE) setup lock-check

migration: $(ENVIRONMENT) ## an empty migration: make migration svc=assets name=add_look
	@$(PYTHON) -m tools.new_migration "$(svc)" "$(name)"

schemas: $(ENVIRONMENT) ## write schemas, AsyncAPI and the event map anew from the event models
	@$(PYTHON) -m contracts schemas

schemas-check: $(ENVIRONMENT) ## are they what the models say, and still what was released?
	@$(PYTHON) -m contracts schemas --check

clean: ## remove caches and build output; the environment and the stack's data stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	@find . -path ./.venv -prune -o \( -name __pycache__ -o -name '*.egg-info' \) -type d -prune -exec rm -rf {} +
