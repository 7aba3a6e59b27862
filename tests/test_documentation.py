"""Examples of the documentation do what they say, and its parts fit each other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import tomllib

from documentation import Block, blocks_of, command_line, install, make_checkout, run_blocks
from helpers import CORPUS, ROOT, govner, succeed
from release_check import version, versions_elsewhere

README, README_ZH = ROOT / "README.md", ROOT / "README.zh.md"
PAGES = sorted(path for path in (README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")))
RELEASED = ROOT / "training" / "output" / "zh_govner_sm" / "model-best"

# Languages of blocks that are data and not run.
DATA = ("text", "toml")
# Blocks of code that are not run, by page and first line, with the reason.
FETCHES = "fetches packages"
BUILDS = "trains, scores or tests for minutes"
CLUSTER = "needs a cluster; tests/engine/test_run.py runs on a local one"
MODELS = "compares two models"
ANNOTATED = "needs what people annotated"
# Lines too long for the table.
OWN_LABELS = (
    "govner train --from zh_govner_sm --corpus examples/second_genre/notices --rehearse corpus/reports "
    "--output build/notices"
)
NOTICES = "govner train --from training/output/zh_govner_sm/model-best --corpus examples/second_genre/notices \\"
MORE_STEPS = "govner train --from zh_govner_sm --corpus my/reports --rehearse corpus/reports --output my/model \\"
NOT_RUN = {
    ("CONTRIBUTING.md", "make setup"): FETCHES,
    ("CONTRIBUTING.md", ".venv/bin/python -m pytest tests/cleaning"): BUILDS,
    ("README.md", "make demo"): BUILDS,
    ("README.md", "pip install . dist/zh_govner_sm-0.5.0-py3-none-any.whl"): FETCHES,
    ("README.md", "pip install 'govner[ray]' zh_govner_sm-0.5.0-py3-none-any.whl"): CLUSTER,
    ("README.md", "pip install '.[train]'"): FETCHES,
    (
        "README.md",
        "govner train --from zh_govner_sm --corpus my/reports --rehearse corpus/reports --output my/model",
    ): BUILDS,
    ("docs/cluster.md", "pip install 'govner[ray]' zh_govner_sm-0.5.0-py3-none-any.whl"): CLUSTER,
    ("docs/displacy.md", "pip install spacy-streamlit"): FETCHES,
    ("docs/displacy.md", "import spacy_streamlit"): "needs Streamlit, which no extra of ours has",
    ("docs/evaluation.md", "govner evaluate MODEL my/reports --against OTHER --report report.html"): MODELS,
    ("docs/evaluation.md", "from pathlib import Path"): MODELS,
    ("docs/formats.md", "prodigy mark reports tasks.prodigy.jsonl --view-id blocks"): "needs Prodigy",
    ("docs/label-studio.md", "python -m venv label-studio"): FETCHES,
    ("docs/label-studio.md", "govner corpus convert export.json --out my/reports"): ANNOTATED,
    ("docs/label-studio.md", "govner corpus agree first/ second/ --differences differences.txt"): ANNOTATED,
    ("docs/own-labels.md", OWN_LABELS): BUILDS,
    ("docs/own-labels.md", "from govner.own_labels import scheme_of"): "needs the model trained before it",
    ("docs/own-reports.md", "pip install '.[train]'"): FETCHES,
    ("docs/own-reports.md", NOTICES): BUILDS,
    ("docs/own-reports.md", MORE_STEPS): BUILDS,
    ("docs/releasing.md", "govner evaluate MODEL corpus/reports --split dev --output dev.json"): BUILDS,
    ("docs/releasing.md", "python -m venv elsewhere"): FETCHES,
    ("docs/scripts.md", "pip install . dist/zh_govner_sm-0.5.0-py3-none-any.whl"): FETCHES,
    ("docs/tutorial.md", "make package"): BUILDS,
}


class Setting(NamedTuple):
    """What the examples of all pages share: a model, its wheel, annotated reports; programs and packages."""

    model: Path
    wheel: Path
    corpus: Path
    programs: Path
    packages: Path


@pytest.fixture(scope="module")
def setting(small_model: Path, small_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """The small model and the fixture corpus in the places of the released ones."""
    packages = install(small_wheel, tmp_path_factory.mktemp("packages"))
    with command_line(packages) as programs:
        yield Setting(small_model, small_wheel, CORPUS, programs, packages)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """The released model and the corpus."""
    directory = tmp_path_factory.mktemp("released")
    succeed(govner("package", RELEASED, "--out", directory))
    (wheel,) = directory.glob("*.whl")
    packages = install(wheel, directory / "packages")
    with command_line(packages) as programs:
        yield Setting(RELEASED, wheel, ROOT / "corpus" / "reports", programs, packages)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def key_of(page: Path, block: Block) -> tuple[str, str]:
    """Page and first line, without a comment behind it."""
    return name_of(page), block.text.split("\n")[0].partition("  #")[0].strip()


def is_example(page: Path, block: Block) -> bool:
    return block.language in ("bash", "python") and key_of(page, block) not in NOT_RUN


def examples_of(page: Path) -> list[Block]:
    return [block for block in blocks_of(page) if is_example(page, block)]


def outputs_of(page: Path) -> dict[int, str]:
    """What the page says that its examples print, by their number."""
    blocks = [block for block in blocks_of(page) if is_example(page, block) or block.is_output]
    examples = [number for number, block in enumerate(blocks) if not block.is_output]
    return {
        examples.index(number - 1): block.text
        for number, block in enumerate(blocks)
        if block.is_output and number - 1 in examples
    }


@pytest.mark.parametrize("page", [page for page in PAGES if examples_of(page)], ids=name_of)
def test_examples_run(page: Path, setting: Setting, tmp_path: Path) -> None:
    """With a small model, which finds other things than the released one."""
    checkout = make_checkout(tmp_path, setting.model, setting.wheel, setting.corpus)
    run_blocks(examples_of(page), checkout, setting.programs, setting.packages)


@pytest.mark.full
@pytest.mark.parametrize("page", [page for page in PAGES if outputs_of(page)], ids=name_of)
def test_examples_print_what_the_page_says(page: Path, released: Setting, tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path, released.model, released.wheel, released.corpus)
    printed = run_blocks(examples_of(page), checkout, released.programs, released.packages)
    for number, output in outputs_of(page).items():
        assert printed[number] == output, f"example {number + 1} of {name_of(page)}"


def test_every_block_is_run_or_has_a_reason_not_to_be() -> None:
    code = [(page, block) for page in PAGES for block in blocks_of(page) if block.language not in DATA]
    not_run = {key_of(page, block) for page, block in code if not is_example(page, block)}
    assert not_run == set(NOT_RUN), "NOT_RUN is to name what is not run, with the reason; blocks need a language"


def test_settings_in_pages_are_toml() -> None:
    found = [block for page in PAGES for block in blocks_of(page) if block.language == "toml"]
    assert found
    for block in found:
        assert tomllib.loads(block.text)


def test_the_example_of_repairing_prints_what_was_there(setting: Setting, tmp_path: Path) -> None:
    """It needs no model, so that it is checked with any."""
    page = ROOT / "docs" / "inputs.md"
    checkout = make_checkout(tmp_path, setting.model, setting.wheel, setting.corpus)
    blocks = examples_of(page)
    [(number, output)] = outputs_of(page).items()
    assert run_blocks([blocks[number]], checkout, setting.programs, setting.packages) == [output]


def test_an_example_that_fails_is_told_with_its_line(setting: Setting, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n```python\nx = 1\n```\n\n```bash\ngovner info no-such-model\n```\n", "utf8")
    checkout = make_checkout(tmp_path, setting.model, setting.wheel, setting.corpus)
    with pytest.raises(AssertionError, match=r"line 7:\ngovner info no-such-model\n+.*no such model"):
        run_blocks(blocks_of(page), checkout, setting.programs, setting.packages)


def headings_of(page: Path) -> list[str]:
    """The level of each heading."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(#+) ", text, re.MULTILINE)


def code_of(page: Path) -> list[tuple[str, str]]:
    """Language and text of each block, without comments."""
    blocks = blocks_of(page)
    return [(block.language, re.sub(r"\s*(?:^|\s)# .*$", "", block.text, flags=re.MULTILINE)) for block in blocks]


def test_both_readmes_have_the_same_parts() -> None:
    assert headings_of(README) == headings_of(README_ZH)
    assert code_of(README) == code_of(README_ZH)
    rows = [re.findall(r"^\|[- :|]+\|$", page.read_text("utf8"), re.MULTILINE) for page in (README, README_ZH)]
    assert rows[0] == rows[1]


def test_both_readmes_have_the_same_figures() -> None:
    figures = [re.findall(r"\b[01]\.\d{3}\b", page.read_text("utf8")) for page in (README, README_ZH)]
    assert figures[0] and figures[0] == figures[1]


def test_the_reference_names_all_that_is_registered() -> None:
    page = (ROOT / "docs" / "reference" / "pipeline.md").read_text("utf8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    for group, functions in project["entry-points"].items():
        rows = [line for line in page.splitlines() if line.startswith(f"| {group.removeprefix('spacy_')} |")]
        named = {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[2])}
        assert named == set(functions), group


def test_all_files_name_one_version() -> None:
    assert versions_elsewhere() == dict.fromkeys(versions_elsewhere(), version())
