# Every target works on a fresh clone; `make demo` and `make test` do all set-up they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS := corpus/reports
CONFIG := configs/zh_govner_sm.cfg
OUTPUT := training/output/zh_govner_sm
MODEL := $(OUTPUT)/model-best
RESULTS := training/results
# Wheels of all dependencies, from which the tests install in empty environments.
WHEELHOUSE := build/wheelhouse
# What the trained model depends on.
SOURCES := $(CONFIG) $(wildcard $(CORPUS)/*.txt) \
	$(foreach part,text paragraphs tokens layers entities sections training,$(wildcard src/govner/$(part)/*.py)) \
	src/govner/corpus/reader.py $(wildcard src/govner/corpus/augment/*.py) \
	$(addprefix src/govner/data/,lexicon.npz $(addsuffix .txt,given_names minority_names nouns offices places \
	simplified surnames titles topics verbs))
EXAMPLES := $(wildcard examples/*.txt)
# A report of your own: make demo REPORT=path/to/report.txt
REPORT ?=
# How long to fuzz.
FUZZ_SECONDS ?= 600

.PHONY: help setup corpus model package demo wheelhouse test test-full test-browser screenshots faults hostile inputs \
	formats tools fuzz docs release-check lint clean
.DEFAULT_GOAL := help

help: ## show what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## make .venv with the package and all it needs, at the pinned versions

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

corpus: setup ## check the corpus throughout, draw its charts in docs/
	$(BIN)/govner corpus check $(CORPUS) --consistency --overlap
	$(BIN)/govner corpus stats $(CORPUS) --charts docs

model: $(MODEL)/meta.json ## train zh_govner_sm, unless corpus and config are those of the trained one

$(MODEL)/meta.json: $(VENV)/.ready $(SOURCES)
	$(BIN)/govner train --config $(CONFIG) --corpus $(CORPUS) --output $(OUTPUT)

package: model ## score the model on the test split, write its card and build its wheel in dist/
	$(BIN)/govner evaluate $(MODEL) $(CORPUS) --split test --output $(OUTPUT)/scores.json
	$(BIN)/govner card $(MODEL) --scores test=$(OUTPUT)/scores.json --out $(OUTPUT)/card.md
	$(BIN)/govner package $(MODEL) --scores $(OUTPUT)/scores.json --card $(OUTPUT)/card.md --out dist

demo: model ## tag the example reports (and REPORT=...), make their records, audit one: tables and a page in demo/
	$(BIN)/govner tag $(MODEL) $(EXAMPLES) $(REPORT) --show --out demo --format csv
	$(BIN)/govner tag $(MODEL) $(EXAMPLES) $(REPORT) --out demo --format jsonl
	$(BIN)/govner view $(MODEL) $(EXAMPLES) $(REPORT) --out demo/page.html
	$(BIN)/govner records $(EXAMPLES) $(REPORT) --model $(MODEL) --out demo/records
	$(BIN)/govner audit examples/audit/*.txt --model $(MODEL)

wheelhouse: $(WHEELHOUSE)/.ready ## fetch the wheels that the tests install from, at the pinned versions

$(WHEELHOUSE)/.ready: $(VENV)/.ready
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-build-isolation --constraint constraints.txt \
		--wheel-dir $(WHEELHOUSE) .
	rm $(WHEELHOUSE)/govner-*.whl
	@touch $@

test: setup wheelhouse ## run the tests, with a small model built, packaged, installed and evaluated
	$(BIN)/python -m pytest

test-full: model wheelhouse ## test the released model too: its scores, its wheel in an empty environment
	$(BIN)/python -m pytest -m full

test-browser: setup ## look at pages in Chromium, which is installed where it is missing and that is allowed
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install --yes -qq chromium >/dev/null; } \
		|| { echo "error: needs chromium, which only root may install: apt-get install chromium" >&2; exit 2; }
	$(BIN)/python -m pytest -m browser

screenshots: model ## draw docs/page*.png and docs/index.png from the examples, in Chromium
	$(BIN)/python tests/screenshots.py $(MODEL) --out docs

faults: model ## kill runs, fill the disk, change files meanwhile: the output must be that of an undisturbed run
	$(BIN)/python tests/engine/kill_runs.py $(MODEL) --kills 50

hostile: model ## put inputs made to break a reader through, with the time and memory each takes
	$(BIN)/python tests/engine/hostile_inputs.py $(MODEL)

inputs: model ## read reports in every format, encoding and damage, and compare what is found
	$(BIN)/python tests/engine/all_inputs.py $(MODEL)

formats: setup ## convert the corpus to every format and back, and print what came back
	$(BIN)/python tests/corpus/round_trips.py $(CORPUS)

tools: setup ## put what we write through Label Studio, doccano, datasets and spaCy themselves (and BRAT=checkout)
	$(BIN)/python tests/corpus/real_tools.py $(CORPUS) $(if $(BRAT),--brat $(BRAT))

fuzz: model ## fuzz reading, tagging, records and writing, for ten minutes
	$(BIN)/python tests/fuzz.py $(MODEL) --seconds $(FUZZ_SECONDS)

docs: setup ## build the documentation site in build/site; links that lead nowhere are errors
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

release-check: package wheelhouse ## build the files of a release in build/release, install and use them elsewhere
	$(BIN)/python tests/release_check.py dist/zh_govner_sm-*.whl

lint: setup ## check style and types
	$(BIN)/ruff check src tests training docs
	$(BIN)/ruff format --check src tests training docs
	$(BIN)/mypy

clean: ## remove everything that is built; keeps .venv
	rm -rf build dist demo training/output .pytest_cache .mypy_cache .ruff_cache .hypothesis
