# Everything runs in .venv, which is made on first use and again when what is to be installed changes.
#   make demo                      build a store from the bundled samples, serve and show it until Ctrl-C
#   make test PYTHON=python3.11    with another interpreter; it is looked at only when .venv is made
#   make bench CORPUS=folder       over one's own texts
# To move to newer versions: .venv/bin/pip install -U -e '.[develop]', make check, make constraints.

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
RUN := $(VENV)/.run
DEVELOP := $(VENV)/.develop
# Tests start many processes: modules compiled once are not compiled by each of them.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: demo quick test check format bench constraints clean

demo: $(RUN)
	@$(BIN)/gongbao demo $(if $(CI),--no-browse)

# Three rings of tests: while one thinks, before one commits, before one hands over.
quick: $(DEVELOP)
	@$(PYTEST) -m "not server and not slow and not check"

test: $(DEVELOP)
	@$(PYTEST) -m "not check"

check: $(DEVELOP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/biome ci --error-on-warnings app
	$(BIN)/vulture
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PYTEST)

format: $(DEVELOP)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(RUN)
	@$(BIN)/python -m tests.benchmarks.build $(if $(CORPUS),"$(CORPUS)")

# A line without == is a local path or an address: it would hold on this machine only.
constraints: $(DEVELOP)
	@{ echo "# What was installed when the tests passed; written by make constraints."; \
	   $(PIP) freeze --exclude gongbao; } > $(VENV)/constraints.txt
	@! grep -vE '^#|^[A-Za-z0-9._-]+==[^ ]+$$' $(VENV)/constraints.txt
	@cp $(VENV)/constraints.txt constraints.txt
	@touch -c $(RUN) $(DEVELOP)

clean:
	rm -rf $(VENV) demo-store build dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@echo "making $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "gongbao needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try make PYTHON=python3.11")'
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing gongbao into $(VENV)"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(DEVELOP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing gongbao and what its development needs into $(VENV)"
	@$(PIP) install --constraint constraints.txt --editable '.[develop]'
	@touch $(RUN) $@
