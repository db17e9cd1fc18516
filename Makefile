# Sets up .venv on first use and again when a pyproject.toml changes; PYTHON chooses the interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := plugins/cableformat-html plugins/cableformat-tei plugins/cableformat-pdf plugins/cableformat-table
PACKAGES := -e '.[testing]' $(PLUGINS:%=-e %)
PROJECTS := pyproject.toml $(PLUGINS:%=%/pyproject.toml)

.PHONY: demo test check score slow wheels fuzz coverage api mutants bench docs matrix questions clean

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

$(VENV)/fuzz: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --group fuzz
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
	$(BIN)/python -m pytest --slow -m slow --benchmark-disable tests/test_third_party.py tests/test_wheels.py tests/corpus \
		tests/test_docs.py plugins/cableformat-html/tests
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=slow tests/test_codec.py \
		tests/test_recovery.py tests/telegram
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=slow tests/test_laws.py -k json-

# The built wheels apart from the tree, on the oldest Python and on the newest that is here (docs/platforms.md).
wheels: $(VENV)/dev
	$(BIN)/python -m pytest --slow --benchmark-disable -n 0 tests/test_wheels.py

# How well the grammar reads the real excerpts of ../shared/cases; MISSES=1 shows what is read otherwise.
score: $(VENV)/run
	@$(BIN)/python benchmarks/scores.py $(if $(MISSES),--misses)

# Each law of each format, and each target of tests/fuzz (coverage-guided, by atheris; FUZZ_TARGETS names some), as far
# as it gets in FUZZ_SECONDS; the latter also end after FUZZ_RUNS. A target begins with inputs of 512 bytes at most, seeds
# cut to that: they run faster. Then come long ones, each stage with these bounds. Without a bound:
# make fuzz FUZZ_SECONDS=100000 FUZZ_RUNS=-1. What is found stays in .fuzz/, where the next run goes on.
FUZZ_SECONDS ?= 20
FUZZ_RUNS ?= 5000
FUZZ_TARGETS ?= $(shell $(BIN)/python tests/fuzz/run.py --list)
fuzz: $(VENV)/fuzz
	$(BIN)/python tests/fuzz/run.py --seeds .fuzz/seeds
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p .fuzz/$$target .fuzz/seeds/$$target && echo "== $$target" && \
		for longest in -max_len=512 ''; do \
			$(BIN)/python tests/fuzz/run.py $$target $$longest -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) \
				-verbosity=0 -artifact_prefix=.fuzz/fault-$$target- .fuzz/$$target .fuzz/seeds/$$target \
				$$(ls -d tests/fuzz/corpus/$$target 2>/dev/null) || exit 1; \
		done || exit 1; \
	done
	$(BIN)/cableformat check --profile thorough --seconds $(FUZZ_SECONDS) --jobs 2 \
		$$($(BIN)/cableformat formats --json | $(BIN)/python -c \
		'import json, sys; print(*(f["name"] for f in json.load(sys.stdin) if f["writes"]))')
	$(BIN)/python -m pytest -n 2 --benchmark-disable --hypothesis-profile=thorough tests/test_codec.py \
		tests/test_recovery.py tests/telegram

# Do the tests reach the core's branches? Fails under 95 %; COVERAGE_TESTS names some tests only. The laws of every format
# are left out: they try the plugins, and law by law the core's code is tried by tests/test_law_by_law.py.
COVERAGE_TESTS ?= tests src --ignore=tests/test_laws.py
coverage: $(VENV)/dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --benchmark-disable --hypothesis-profile=coverage $(COVERAGE_TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Does a test notice each small fault in the codec, fidelity and the laws? Ends with those that none does
# (docs/mutants.md); a part of them: make mutants MUTANTS='cableformat.codec*'
MUTANTS ?=
mutants: $(VENV)/dev
	$(BIN)/mutmut run --max-children 2 $(foreach name,$(MUTANTS),'$(name)')
	@echo "== mutants that no test notices; one is shown by: $(BIN)/mutmut show NAME"
	@$(BIN)/mutmut results
	@$(BIN)/mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

# Some twenty minutes on a machine with nothing else to do; otherwise only the ratios mean anything.
bench: $(VENV)/dev $(VENV)/docs
	@mkdir -p .benchmarks
	$(BIN)/python benchmarks/cold.py .benchmarks > .benchmarks/cold.json
	$(BIN)/python -m pytest benchmarks/test_*.py --benchmark-json=.benchmarks/benchmarks.json -p no:xdist
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

# What the code breaks of the public API that docs/api/ keeps; what is new is put in. A breakage that is meant: BREAKS=1.
api: $(VENV)/dev
	$(BIN)/python docs/public_api.py $(if $(BREAKS),--breaks)

# The answers and plots of docs/questions.md.
questions: $(VENV)/dev $(VENV)/docs
	$(BIN)/python docs/questions.py

clean:
	rm -rf $(VENV) .fuzz .coverage .coverage.* demo mutants docs/_build .benchmarks
