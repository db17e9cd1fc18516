# Sets up .venv on first use and again when a pyproject.toml changes; PYTHON chooses the interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := plugins/cableformat-html plugins/cableformat-tei plugins/cableformat-pdf plugins/cableformat-table
PACKAGES := -e '.[testing]' $(PLUGINS:%=-e %)
PROJECTS := pyproject.toml $(PLUGINS:%=%/pyproject.toml)

.PHONY: demo test check score slow wheels fuzz mutants bench docs matrix questions clean

$(VENV)/run: $(PROJECTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cableformat needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet $(PACKAGES)
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet $(PACKAGES) --group dev
	@touch $@

$(VENV)/docs: $(VENV)/run
	$(BIN)/python -m pip install --quiet  --group docs
	@touch $@

demo: $(VENV)/run
	@mkdir -p demo
	@for format in $$($(BIN)/cableformat formats --json | $(BIN)/python -c \
		'import json, sys; print(*(f["name"] for f in json.load(sys.stdin) if f["writes"]))'); do \
		echo "== $$format: demo/$$format/"; \
		$(BIN)/cableformat convert examples/31PORTMERIDIAN117.txt -o demo/$$format/ --to $$format || exit 1; \
	done
	@echo "== what is understood of it"
	@$(BIN)/cableformat inspect examples/31PORTMERIDIAN117.txt

test: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --benchmark-disable

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What takes long: built wheels and plugins by strangers; the grammar, the codec and the laws of canonical JSON with
# 400 examples, the same every time.
slow: $(VENV)/dev
	$(BIN)/python -m pytest --slow -m slow --benchmark-disable tests/test_third_party.py tests/test_wheels.py tests/corpus
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=slow tests/test_codec.py \
		tests/test_recovery.py tests/telegram
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=slow tests/test_laws.py -k json-

# The built wheels apart from the tree, on the oldest Python and on the newest that is here (docs/platforms.md).
wheels: $(VENV)/dev
	$(BIN)/python -m pytest --slow --benchmark-disable -n 0 tests/test_wheels.py

# How well the grammar reads the real excerpts of ../shared/cases; MISSES=1 shows what is read otherwise.
score: $(VENV)/run
	@$(BIN)/python benchmarks/scores.py $(if $(MISSES),--misses)

# Each law of each format as far as it gets in FUZZ_SECONDS; without a bound: make fuzz FUZZ_SECONDS=100000
FUZZ_SECONDS ?= 20
fuzz: $(VENV)/dev
	$(BIN)/cableformat check --profile thorough --seconds $(FUZZ_SECONDS) --jobs 2 \
		$$($(BIN)/cableformat formats --json | $(BIN)/python -c \
		'import json, sys; print(*(f["name"] for f in json.load(sys.stdin) if f["writes"]))')
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=thorough tests/test_codec.py \
		tests/test_recovery.py tests/telegram

# Does a test notice each small fault in the codec, fidelity and the laws? Ends with those that none does
# (docs/mutants.md); a part of them: make mutants MUTANTS='cableformat.codec*'
MUTANTS ?=
mutants: $(VENV)/dev
	$(BIN)/mutmut run --max-children 2 $(foreach name,$(MUTANTS),'$(name)')
	@echo "== mutants that no test notices; one is shown by: $(BIN)/mutmut show NAME"
	@$(BIN)/mutmut results
	@$(BIN)/mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

# Some seven minutes on a machine with nothing else to do; otherwise only the ratios mean anything.
bench: $(VENV)/dev $(VENV)/docs
	@mkdir -p .benchmarks
	$(BIN)/python benchmarks/cold.py .benchmarks > .benchmarks/cold.json
	$(BIN)/python -m pytest benchmarks --benchmark-json=.benchmarks/benchmarks.json -p no:xdist
	$(BIN)/python benchmarks/curves.py .benchmarks > .benchmarks/curves.json
	$(BIN)/python benchmarks/curves.py plot .benchmarks/curves.json benchmarks/growth.svg
	$(BIN)/python benchmarks/report.py .benchmarks/benchmarks.json .benchmarks/cold.json .benchmarks/curves.json \
		> benchmarks/RESULTS.md
	$(BIN)/python benchmarks/memory.py .benchmarks > benchmarks/MEMORY.md

docs: $(VENV)/docs
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html

matrix: $(VENV)/run
	$(BIN)/python docs/matrix.py docs/fidelity.md
	$(BIN)/python docs/generated.py

# The answers and plots of docs/questions.md.
questions: $(VENV)/dev $(VENV)/docs
	$(BIN)/python docs/questions.py

clean:
	rm -rf $(VENV) demo mutants docs/_build .benchmarks
