# `make demo` and `make test` set everything up by themselves; PYTHON chooses the interpreter.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   ?= demo
PORT   ?= 8765
# Processes that share the tests, a file at a time; those with a browser come last in each.
JOBS   ?= 2
SHARED := -n $(JOBS) --dist loadfile --no-loadscope-reorder
# Whose code runs in the process of the tests, so that its branches can be counted there.
COVERED := article script pronunciation captions mpeg formats cache voices pipeline api podcast
# Readers of podcast feeds from npm, which judge ours; npm itself comes with tests/requirements.txt.
JUDGES := podcast-partytime@5.0.0 feedsmith@3.0.1

# Where the bundler and the type checker of the player's sources are installed.
TOOLS  := $(VENV)/player

.DEFAULT_GOAL := help
.PHONY: help install demo stop player test test-thorough test-slow test-lowest coverage check audit format clean

help:
	@echo "make demo   narrate the example article and serve its player page"
	@echo "make stop   stop the page that make demo serves"
	@echo "make test   run the tests"
	@echo "make test-thorough   run the tests that take seconds each"
	@echo "make test-slow   run the tests that take minutes"
	@echo "make test-lowest   run the core tests with the oldest packages allowed"
	@echo "make coverage   branch coverage of the tests that run in this process"
	@echo "make check  format, lint and types"
	@echo "make player build the player's files from api/player"
	@echo "make audit  known holes in the packages that are installed"

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/tingwen voices install kokoro || $(BIN)/tingwen voices install baker
	touch $@

$(VENV)/.tested: $(VENV)/.installed tests/requirements.txt api/player/package-lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	$(BIN)/npm install --prefix $(VENV)/judges --loglevel=error --no-audit --no-fund --ignore-scripts $(JUDGES)
	mkdir -p $(TOOLS)
	cp api/player/package.json api/player/package-lock.json $(TOOLS)
	$(BIN)/npm ci --prefix $(TOOLS) --loglevel=error --no-audit --no-fund --ignore-scripts
	touch $@

player: $(VENV)/.tested
	$(BIN)/node api/player/build.js $(TOOLS)

demo: $(VENV)/.installed
	sh examples/demo.sh $(BIN) $(DEMO) $(PORT)

stop:
	sh examples/stop.sh $(DEMO)

test: $(VENV)/.tested
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -m "not slow and not thorough" $(SHARED)

test-thorough: $(VENV)/.tested
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -m "thorough and not slow" $(SHARED)

test-slow: $(VENV)/.tested
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -m slow

# The core of the tests with the oldest packages that pyproject.toml allows, in a venv of its own.
CORE := $(addprefix tests/,test_fair_share.py article script captions formats mpeg api/test_admission.py \
	api/test_logs.py api/test_openai_speech.py api/test_settings.py voices/test_edge_voice.py)
test-lowest: $(VENV)/.tested
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --no-header --extra cluster \
		--python $(BIN)/python --output-file $(VENV)/lowest.txt pyproject.toml
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/lowest
	$(BIN)/uv pip install --quiet --python $(VENV)/lowest/bin/python \
		--requirement $(VENV)/lowest.txt --requirement tests/requirements.txt
	$(BIN)/uv pip install --quiet --no-deps --python $(VENV)/lowest/bin/python --editable .
	$(VENV)/lowest/bin/python -m pytest -m "not slow" -n $(JOBS) --dist loadfile $(CORE)

# Not part of `make test`: before Python 3.14 counting branches takes 1.3 to 1.8 times as long.
coverage: $(VENV)/.tested
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -m "not slow" $(SHARED) --cov --cov-report=term $(addprefix tests/,$(COVERED))

check: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/node $(TOOLS)/node_modules/typescript/bin/tsc --project api/player
	$(BIN)/node $(TOOLS)/node_modules/typescript/bin/tsc --project api/player/worker

audit: $(VENV)/.tested
	$(BIN)/python .ci/audit.py

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(DEMO)
