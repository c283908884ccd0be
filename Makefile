.DEFAULT_GOAL := lab
.PHONY: setup lab teach fast lint test coverage build site bench pins
# Bytecode is kept: without it each of hundreds of processes compiles all that it imports.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

# Any Python that pyproject.toml allows, for example: make lab PYTHON=python3.12
PYTHON ?= python3
# Where JupyterLab listens: make lab PORT=9000
RUN = .venv/bin/python -m

setup:
	@scripts/setup "$(PYTHON)"

lab: setup
	@scripts/lab

# The same for instructors: their folders, and nbgrader's buttons.
teach: setup
	@scripts/lab teach

# Each file of tests stays in one process, which shares its set-ups; those that may take longest are first.
PYTEST = $(RUN) pytest --dist loadfile --no-loadscope-reorder --numprocesses

# In a minute and a half: all but what draws, trains long, or drives browsers, nbgrader or sandboxes; fewer random examples.
fast: setup
	@$(PYTEST) auto -m "not slow" --hypothesis-profile fast $(addprefix --ignore=tests/,browser course site viz web)

lint: setup
	@$(RUN) ruff check .
	@$(RUN) mypy
	@MYPYPATH=site $(RUN) mypy site
	@.venv/bin/lint-imports

# One process more than processors, as many of these tests wait for a time limit or for another program.
test: lint
	@$(PYTEST) $$(($$(nproc) + 1))

coverage: setup
	@$(RUN) coverage run -m pytest -m "not slow"
	@$(RUN) coverage report --skip-covered

build: setup
	@$(RUN) autograde build

# Static pages in build/site, with every explorer alive; needs Node with npm.
site: setup web/node_modules/.package-lock.json
	@.venv/bin/python site

web/node_modules/.package-lock.json: web/package-lock.json
	@cd web && npm ci --silent

bench: setup
	@for script in benchmarks/*.py; do .venv/bin/python "$$script" || exit 1; done

pins:
	@scripts/renew-pins "$(PYTHON)"
