"""Training from a config: bad input is named in one line, an interrupted run keeps its best model."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from govner.errors import InputError
from govner.training.run import train_model
from helpers import CONFIG, CORPUS, overrides

REPORT = CORPUS / "yuanpi-2012.txt"


def failure(
    output: Path, settings: list[str] | None = None, config: Path = CONFIG, corpus: Path | None = CORPUS
) -> InputError:
    """The error with which training fails; a run that starts after all is kept short."""
    with pytest.raises(InputError) as caught:
        train_model(config, output, corpus, [*overrides(max_steps=1), *(settings or [])])
    assert "\n" not in str(caught.value)
    return caught.value


def changed_config(directory: Path, old: str, new: str) -> Path:
    """A copy of the released config with a change."""
    source = CONFIG.read_text("utf8")
    assert re.search(old, source)
    path = directory / "changed.cfg"
    path.write_text(re.sub(old, new, source), "utf8")
    return path


def test_training_gives_a_model_that_has_learnt(small_model: Path, small_nlp: Language) -> None:
    assert small_model.name == "model-best"
    assert (small_model.parent / "model-last" / "meta.json").is_file()
    assert small_nlp.meta["performance"]["ents_f"] > 0.7
    assert small_nlp.meta["performance"]["sections_acc"] > 0.7


def test_model_describes_itself(small_nlp: Language) -> None:
    meta = small_nlp.meta
    assert (meta["lang"], meta["name"], meta["license"]) == ("zh", "govner_sm", "MIT")
    splits = meta["corpus"]["splits"]
    assert {split: counts["reports"] for split, counts in splits.items()} == {"train": 4, "dev": 1, "test": 1}
    assert all(min(counts.values()) > 0 for counts in splits.values())
    assert meta["requirements"][0].startswith("govner>=")


def test_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    weights = []
    for name in ("first", "second"):
        best = train_model(CONFIG, tmp_path / name, CORPUS, overrides(max_steps=4, eval_frequency=4))
        assert best is not None
        nlp = spacy.load(best)
        weights.append([nlp.get_pipe(pipe).to_bytes() for pipe in ("govner_entities", "govner_sections")])
    assert weights[0] == weights[1]


def test_missing_config_is_named(tmp_path: Path) -> None:
    error = failure(tmp_path / "out", config=tmp_path / "none.cfg")
    assert str(error).startswith(f"{tmp_path / 'none.cfg'}: no such config")


@pytest.mark.parametrize("content", ["沅陂县人民政府\n", "[training\nseed = 0\n", "[training]\nseed\n"])
def test_file_that_is_no_config_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.cfg"
    path.write_text(content, "utf8")
    assert failure(tmp_path / "out", config=path).path == str(path)


def test_binary_file_as_config_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.cfg"
    path.write_bytes(b"\x89PNG\r\n\x00\xff")
    error = failure(tmp_path / "out", config=path)
    assert error.path == str(path) and "is not a valid config" in error.problem


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('factory = "govner_sections"', 'factory = "govner_nothing"', "govner_nothing"),
        ('"govner.CharacterTagger.v2"', '"govner.Nothing.v1"', "govner.Nothing.v1"),
        (r"(?m)^dropout = .*$", "dropout = much", "dropout"),
        (r"(?m)^pieces = .*$", 'pieces = "many"', "pieces"),
        (r"(?m)^lang = .*$", 'lang = "nn-NN"', "nn-NN"),
    ],
)
def test_bad_setting_in_the_config_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = changed_config(tmp_path, old, new)
    error = failure(tmp_path / "out", config=path)
    assert error.path == str(path)
    assert problem in error.problem


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (["--training.eval_frequency", "many"], "eval_frequency: Input should be a valid integer"),
        (["--training.max_step", "1"], "has no setting training.max_step"),
        (["--nothing.max_steps", "1"], "has no setting nothing.max_steps"),
        (["--components.govner_entities.model.nothing.width", "1"], "has no setting components"),
        (["--max_steps", "1"], "write --section.setting value"),
        (["max_steps"], "cannot use the settings .*max_steps; write --section.setting value"),
        (["-x", "1"], "write --section.setting value"),
        (["--initialize.components.govner_sections.passes", "0"], "passes is 0; read the corpus at least once"),
        (["--components.govner_entities.factory", "nothing"], "nothing"),
        (["--training.train_corpus", "corpora.nothing"], "nothing"),
    ],
)
def test_bad_override_is_named_with_the_config(tmp_path: Path, settings: list[str], problem: str) -> None:
    error = failure(tmp_path / "out", settings)
    assert error.path == str(CONFIG)
    assert re.search(problem, error.problem)


def test_bad_override_prints_nothing_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failure(tmp_path / "out", ["stray"])
    assert capsys.readouterr() == ("", "")


def test_missing_corpus_is_named(tmp_path: Path) -> None:
    error = failure(tmp_path / "out", corpus=tmp_path / "none")
    assert str(error) == f"{tmp_path / 'none'}: no such file or directory; check the path"


def test_directory_without_reports_is_named(tmp_path: Path) -> None:
    assert failure(tmp_path / "out", corpus=tmp_path).path == str(tmp_path)


def test_broken_report_is_named_with_its_line(tmp_path: Path) -> None:
    source = REPORT.read_text("utf8")
    lines = source.split("\n")
    (number, line) = next((number, line) for number, line in enumerate(lines) if "{COUNT:" in line)
    lines[number] = line.replace("}", "")
    broken = tmp_path / "broken.txt"
    broken.write_text("\n".join(lines), "utf8")
    error = failure(tmp_path / "out", corpus=tmp_path)
    assert (error.path, error.line) == (str(broken), number + 1)


@pytest.mark.parametrize(("own", "missing"), [("train", "dev"), ("dev", "train"), ("test", "train")])
def test_corpus_without_a_split_is_named_with_the_split(tmp_path: Path, own: str, missing: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "report.txt").write_text(REPORT.read_text("utf8").replace("split: train", f"split: {own}"), "utf8")
    error = failure(tmp_path / "out", corpus=corpus)
    assert error.path == str(corpus)
    assert f"`split: {missing}`" in error.problem


@pytest.mark.parametrize("below", ["", "further/down"])
def test_output_that_cannot_be_written_is_named_before_training(tmp_path: Path, below: str) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("kept", "utf8")
    error = failure(occupied / below)
    assert str(error).startswith(f"{occupied / below}: cannot be written")
    assert occupied.read_text("utf8") == "kept"


def _heed_interrupts() -> None:
    """Tests in the background of a shell inherit an ignored SIGINT; Ctrl-C at a terminal is not ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupted_run_keeps_its_best_model(tmp_path: Path) -> None:
    """Ctrl-C after the first evaluation: the model is on disk and loads, and there is no traceback."""
    command = [sys.executable, "-m", "govner", "train", "--config", CONFIG, "--corpus", CORPUS, "--output", tmp_path]
    settings = overrides(max_steps=100_000, eval_frequency=10)
    with subprocess.Popen(
        [*map(str, command), *settings],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf8",
        preexec_fn=_heed_interrupts,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        rows = (line for line in process.stdout if re.match(r" +1?\d+ +\d+ +[-\d]", line))
        # The first row is that of the untrained model, step 0.
        first, second = next(rows), next(rows)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        errors = process.stderr.read()
        code = process.wait(timeout=60)
    assert first.split()[0] == "0" and second.split()[0] == "10"
    assert code in (0, 130), errors
    assert "Traceback" not in rest + errors
    assert f"the best model so far is {tmp_path / 'model-best'}" in errors
    doc = spacy.load(tmp_path / "model-best")(REPORT.read_text("utf8"))
    assert doc.spans["sections"]


def test_run_interrupted_before_any_model_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    @spacy.registry.callbacks("interrupt.v1")
    def create_interrupt() -> Callable[[Language], Language]:
        def interrupt(nlp: Language) -> Language:
            raise KeyboardInterrupt

        return interrupt

    new = 'after_init = null\n\n[initialize.before_init]\n@callbacks = "interrupt.v1"\n'
    path = changed_config(tmp_path, "before_init = null\nafter_init = null\n", new)
    assert train_model(path, tmp_path / "out", CORPUS, []) is None
    assert capsys.readouterr().err == "stopped; no model was good enough to keep yet\n"
