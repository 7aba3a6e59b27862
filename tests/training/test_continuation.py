"""Training that goes on from a trained pipeline: labels are added, the old scores are kept, and both are told."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from govner.corpus.inline import read_report
from govner.errors import InputError
from govner.loading import load_pipeline
from govner.training.continuation import SCORES_FILE, continue_training
from helpers import CORPUS, annotations, forked, succeed

LABELS = """
[entities.QUOTA]
meaning = "places offered"
color = "#f6cfa1"

[sections.ADMISSION]
meaning = "who is admitted"
color = "#c9e4f2"
"""
SCHOOLS = {"a": "青禾市第三中学", "b": "白石县职业学校", "c": "罗溪县实验小学"}
NOTICE = """---
id: {name}
split: {split}
---
META\t{{AGENCY:{school}}}2021年招生简章
OVERVIEW\t一、概况
OVERVIEW\t全年公开信息{{COUNT:12条}}。
ADMISSION\t二、招生
ADMISSION\t计划招收{{QUOTA:240人}}，其中走读生招收{{QUOTA:80人}}。
"""
QUICK = ["--training.max_steps", "60", "--training.eval_frequency", "20", "--training.batcher.size", "500"]
QUICK += ["--training.optimizer.learn_rate.initial_rate", "0.01", "--initialize.before_init.passes", "1"]


def write_notices(directory: Path) -> Path:
    """Three notices under `directory`, with labels beside them; returns their directory."""
    notices = directory / "notices"
    notices.mkdir()
    (directory / "labels.toml").write_text(LABELS, "utf8")
    for (name, school), split in zip(SCHOOLS.items(), ("train", "train", "dev"), strict=True):
        (notices / f"{name}.txt").write_text(NOTICE.format(name=name, school=school, split=split), "utf8")
    return notices


@pytest.fixture(scope="module")
def continued(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The small model trained further on the command line, and what the command printed."""
    directory = tmp_path_factory.mktemp("continued")
    notices, out = write_notices(directory), directory / "out"
    command = ["train", "--from", small_model, "--corpus", notices, "--rehearse", CORPUS, "--output", out, *QUICK]
    return out, succeed(forked(*command))


@pytest.fixture(scope="module")
def grown(continued: tuple[Path, str]) -> Language:
    return spacy.load(continued[0] / "model-best")


def test_new_labels_are_learnt_and_old_ones_kept(grown: Language, continued: tuple[Path, str]) -> None:
    scores = json.loads((continued[0] / SCORES_FILE).read_text("utf8"))
    new, old = scores["new reports"], scores["old reports"]
    assert new["before"]["entities"]["QUOTA"]["f"] == 0 and new["after"]["entities"]["QUOTA"]["f"] > 0.9
    assert new["before"]["sections"]["ADMISSION"]["f"] == 0 and new["after"]["sections"]["ADMISSION"]["f"] > 0.9
    assert old["after"]["entities"]["ALL"]["f"] > old["before"]["entities"]["ALL"]["f"] - 0.05
    doc = grown("青禾市第一小学招生简章\n一、招生\n计划招收120人。")
    assert ("120人", "QUOTA") in [(span.text, span.label_) for span in doc.ents]


def test_command_shows_scores_before_and_after(continued: tuple[Path, str]) -> None:
    out, printed = continued
    assert "new reports, dev: 1 reports" in printed and "old reports, dev: 1 reports" in printed
    for name in ("before", "after", "change", "QUOTA", "ADMISSION", "AGENCY", "sections, accuracy"):
        assert name in printed
    assert printed.endswith(f"scores: {out / SCORES_FILE}\nbest model: {out / 'model-best'}\n")


def test_model_carries_its_labels_and_says_where_it_comes_from(grown: Language, small_nlp: Language) -> None:
    meta = grown.meta
    assert meta["own_labels"] == {
        "entities": [{"name": "QUOTA", "meaning": "places offered", "color": "#f6cfa1"}],
        "sections": [{"name": "ADMISSION", "meaning": "who is admitted", "color": "#c9e4f2"}],
    }
    assert meta["continued_from"] == {"name": "govner_sm", "version": small_nlp.meta["version"]}
    assert (meta["name"], meta["author"], meta["license"]) == ("govner_own", "", "")
    assert grown.get_pipe("govner_entities").labels[:-1] == small_nlp.get_pipe("govner_entities").labels
    assert "own_labels" not in small_nlp.meta


def test_grown_model_is_the_same_after_disk_and_bytes(grown: Language, tmp_path: Path) -> None:
    text = read_report(CORPUS / "yuanpi-2012.txt").text + "\n二、招生\n计划招收120人。"
    expected = annotations(grown(text))
    grown.to_disk(tmp_path / "model")
    assert annotations(spacy.load(tmp_path / "model")(text)) == expected
    other = spacy.blank("zh").from_config(grown.config)
    assert annotations(other.from_bytes(grown.to_bytes())(text)) == expected


def test_commands_show_own_labels(continued: tuple[Path, str], tmp_path: Path) -> None:
    model = continued[0] / "model-best"
    told = succeed(forked("info", model))
    assert "own entities" in told and "places offered" in told and "who is admitted" in told
    report = tmp_path / "notice.txt"
    report.write_text("青禾市第一小学招生简章\n二、招生\n计划招收120人。\n", "utf8")
    shown = succeed(forked("tag", model, report))
    assert "QUOTA" in shown
    page = tmp_path / "page.html"
    succeed(forked("view", model, report, "--out", page))
    assert "QUOTA" in page.read_text("utf8") and "#f6cfa1" in page.read_text("utf8")


def test_model_goes_on_twice_and_keeps_its_own_labels(continued: tuple[Path, str], tmp_path: Path) -> None:
    notices = write_notices(tmp_path)
    (tmp_path / "labels.toml").write_text(LABELS.replace("QUOTA", "PLACES_OFFERED"), "utf8")
    for path in notices.glob("*.txt"):
        path.write_text(path.read_text("utf8").replace("QUOTA", "PLACES_OFFERED"), "utf8")
    done = continue_training(
        str(continued[0] / "model-best"), tmp_path / "out", notices, overrides=[*QUICK, "--training.max_steps", "1"]
    )
    assert done is not None
    nlp = load_pipeline(str(done[0]))
    assert nlp.get_pipe("govner_entities").labels[-2:] == ("QUOTA", "PLACES_OFFERED")
    assert [label["name"] for label in nlp.meta["own_labels"]["entities"]] == ["QUOTA", "PLACES_OFFERED"]
    assert [effect.what for effect in done[1]] == ["new reports"]


def test_same_seed_gives_the_same_model(small_model: Path, tmp_path: Path) -> None:
    notices = write_notices(tmp_path)
    found = []
    for name in ("first", "second"):
        steps = [*QUICK, "--training.max_steps", "3"]
        done = continue_training(str(small_model), tmp_path / name, notices, CORPUS, overrides=steps)
        assert done is not None
        nlp = spacy.load(done[0])
        found.append([nlp.get_pipe(name).to_bytes() for name in ("govner_entities", "govner_sections")])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "nothing to train by; name --config CONFIG, or --from MODEL"),
        (["--config", "any.cfg", "--rehearse", "old"], "--rehearse needs a model"),
        (["--from", "none"], "none: no such model"),
        (["--from", "MODEL", "--corpus", "none"], "none: no such file or directory"),
        (["--from", "MODEL", "--rehearse", "none"], "none: no such file or directory"),
        (["--from", "MODEL", "--training.steps", "3"], "has no setting training.steps"),
    ],
)
def test_bad_command_ends_in_one_line(small_model: Path, tmp_path: Path, options: list[str], problem: str) -> None:
    notices = write_notices(tmp_path)
    given = [str(small_model) if option == "MODEL" else option for option in options]
    corpus = [] if "--corpus" in options else ["--corpus", notices]
    done = forked("train", "--output", tmp_path / "out", *corpus, *given, cwd=tmp_path)
    assert done.returncode == 2
    assert problem in done.stderr and done.stderr.count("\n") == 1


def test_bad_labels_stop_the_command(small_model: Path, tmp_path: Path) -> None:
    notices = write_notices(tmp_path)
    (tmp_path / "labels.toml").write_text("[entities.AGENCY]\n", "utf8")
    done = forked("train", "--from", small_model, "--corpus", notices, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert (
        done.stderr
        == f"error: {tmp_path / 'labels.toml'}: [entities.AGENCY] has a name that is taken; choose another\n"
    )


def test_other_pipeline_is_refused(tmp_path: Path) -> None:
    spacy.blank("zh").to_disk(tmp_path / "blank")
    with pytest.raises(InputError, match="has no govner_entities and no govner_sections"):
        continue_training(str(tmp_path / "blank"), tmp_path / "out", CORPUS)
    assert [path.name for path in tmp_path.iterdir()] == ["blank"]
