.DEFAULT_GOAL := lab
.PHONY: setup lab test build bench
unexport PYTHONHOME PYTHONPATH

# Any Python that pyproject.toml allows, for example: make lab PYTHON=python3.12
PYTHON ?= python3
# Where JupyterLab listens: make lab PORT=9000

setup:
	@scripts/setup "$(PYTHON)"

lab: setup
	@scripts/lab

test: setup
	@.venv/bin/python -m pytest --numprocesses auto --dist loadfile

build: setup
	@.venv/bin/python -m autograde build

bench: setup
	@for script in benchmarks/*.py; do .venv/bin/python "$$script" || exit 1; done
