# The whole life of the project in one place; `make` alone lists the targets.
# It needs GNU make, a POSIX shell and Python 3.11 or newer; everything else goes into .venv.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
UV ?= uv
PORT ?= 8050
# Not from the environment: some shells and compilers export HOST as the machine's name. `make serve HOST=0.0.0.0` opens it.
HOST := 127.0.0.1

# --no-deps: a lock is whole. --no-compile: most modules of the big packages are never imported.
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile
LOCK_UP := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --group build

.PHONY: help serve test test-slow check fmt build bench docs notebooks lock clean install install-test itself browser venv

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

serve: install ## build the snapshot and serve the dashboard (PORT=8050, HOST=127.0.0.1)
	@.venv/bin/footnoted build || echo "The build reported findings or failed (see above): serving the newest good snapshot." >&2
	@exec .venv/bin/footnoted serve --host "$(HOST)" --port "$(PORT)"

test: check browser ## install what is missing, check and run the tests (ARGS="-k words" narrows)
	@$(PY) -m pytest --numprocesses auto --dist worksteal $(ARGS)

test-slow: browser ## what takes minutes, and fresh examples for every rule (ARGS="-k words" narrows)
	@$(PY) -m pytest --numprocesses auto --dist worksteal --hypothesis-profile=fresh -m "slow or hypothesis" $(ARGS)

# Deno's linter and type checker: one wheel, and nothing of it in the product.
DENO := DENO_DIR=.venv/deno DENO_NO_UPDATE_CHECK=1 .venv/bin/deno

check: install-test ## ruff, mypy, import contracts; of scripts, lint and types
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache --no-logo
	@$(DENO) lint --quiet
	@$(DENO) check --quiet dashboard/assets dashboard/report

fmt: install-test ## mend what ruff can mend, and lay the code out
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

build: install ## build the snapshot only
	@.venv/bin/footnoted build

bench: install-test ## measure
	@$(PY) -m pytest tests/benchmarks -s -o python_files='bench_*.py' $(ARGS)

docs: install-test ## write docs/reference, docs/architecture.svg and the notebooks' outputs anew
	@$(PY) -m docs

notebooks: install-test ## open the notebooks in JupyterLab, or say how to
	@if [ -x .venv/bin/jupyter-lab ]; then exec .venv/bin/jupyter-lab notebooks; fi; \
	echo "The notebooks run in any editor that knows them, with the kernel .venv/bin/python." >&2; \
	echo "For JupyterLab, once: .venv/bin/python -m pip install --no-build-isolation -e '.[notebooks]'" >&2

lock: ## write both lock files anew (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it, or name it with UV=/path/to/uv." >&2; exit 1; }
	@$(LOCK_UP) --upgrade pyproject.toml -o requirements.lock
	@$(LOCK_UP) --upgrade --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean: ## remove .venv and caches (snapshots stay)
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist
	@find etl dashboard footnoted tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A copy of the lock inside .venv says what is installed: nothing is done while it equals the lock of the checkout.
install:
	@$(PY) -c '' 2>/dev/null && cmp -s requirements.lock .venv/requirements.lock || { \
		$(MAKE) venv && \
		echo "Installing the libraries into .venv (once; under a minute) ..." >&2 && \
		$(PIP_INSTALL) -r requirements.lock && \
		cp requirements.lock .venv/requirements.lock; }
	@$(MAKE) itself

install-test:
	@$(PY) -c '' 2>/dev/null && cmp -s requirements-test.lock .venv/requirements-test.lock || { \
		$(MAKE) venv && \
		echo "Installing the libraries and test tools into .venv (once; about a minute) ..." >&2 && \
		$(PIP_INSTALL) -r requirements-test.lock && \
		cp requirements-test.lock requirements.lock .venv/; }
	@$(MAKE) itself

# The checkout as an installed package: `import etl` works anywhere, and .venv/bin/footnoted is the command.
itself:
	@cmp -s pyproject.toml .venv/pyproject.toml || { \
		$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . && \
		cp pyproject.toml .venv/pyproject.toml; }

MAY_USE_APT := command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
APT_GET := $$([ "$$(id -u)" = 0 ] || echo sudo -n) env DEBIAN_FRONTEND=noninteractive apt-get -qq
IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'

venv:
	@python=; if $(PY) $(IS_NEW_ENOUGH) 2>/dev/null && $(PY) -m pip --version >/dev/null 2>&1; then exit 0; fi; \
	for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		if "$$name" $(IS_NEW_ENOUGH) >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Footnoted needs Python 3.11 or newer and found none. Install one, or name one: make serve PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if $(MAY_USE_APT); then \
			$(APT_GET) update >&2 && $(APT_GET) install -y "$$package" >&2 || true; \
		fi; \
		if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
			echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt-get install $$package" >&2; \
			exit 1; \
		fi; \
	fi; \
	"$$python" -m venv --clear .venv

browser: install-test
	@if [ -z "$$CHROMIUM" ] && ! $(PY) -m tests.chromium >/dev/null; then \
		if $(MAY_USE_APT); then \
			echo "Installing a Chromium for the browser tests (once) ..." >&2; \
			$(APT_GET) update >&2; \
			$(APT_GET) install -y --no-install-recommends chromium >&2 \
				|| $(APT_GET) install -y --no-install-recommends chromium-browser >&2; \
		fi; \
		$(PY) -m tests.chromium >/dev/null || echo "No Chromium here and no right to install one: the browser tests are skipped" \
			"(with CI=true they fail). Install Chromium or Chrome, or name one: make test CHROMIUM=/path/to/it" >&2; \
	fi
