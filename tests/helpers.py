"""What the tests of components, commands and packages share: small pipelines, annotations as values, subprocesses."""

import json
import os
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from govner.cli import main
from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "configs" / "zh_govner_sm.cfg"
CORPUS = Path(__file__).parent / "fixtures" / "corpus"
WHEELHOUSE = ROOT / "build" / "wheelhouse"

# Narrow layers that know every feature: the pipeline learns the fixture corpus in seconds.
SMALL = {
    "components.govner_entities.model.embed.width": "32",
    "components.govner_entities.model.encode.width": "32",
    "components.govner_sections.model.width": "32",
    "components.govner_sections.model.encode.width": "32",
    "training.optimizer.learn_rate.initial_rate": "0.01",
    "training.optimizer.learn_rate.warmup_steps": "1",
    "initialize.components.govner_entities.min_count": "1",
    "initialize.components.govner_sections.min_count": "1",
    "training.batcher.size": "500",
}


def overrides(**settings: Any) -> list[str]:
    """Command-line overrides of the released config: `SMALL`, and settings of [training] given by name."""
    training = {f"training.{name}": str(value) for name, value in settings.items()}
    return [part for name, value in {**SMALL, **training}.items() for part in (f"--{name}", value)]


def make_pipeline(*components: str) -> Language:
    """A blank pipeline of some of our components, with small networks."""
    tokenizer = {"@tokenizers": "govner.CharacterTokenizer.v1"}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    for component in components:
        config: dict[str, Any] = {}
        for name, value in SMALL.items():
            place, _, keys = name.partition(f"components.{component}.")
            if place or not keys:
                continue
            node = config
            *parents, last = keys.split(".")
            for parent in parents:
                node = node.setdefault(parent, {})
            node[last] = [int(number) for number in value.strip("[]").split(",")] if "[" in value else int(value)
        nlp.add_pipe(component, config=config)
    return nlp


def make_example(nlp: Language, source: str) -> Example:
    """A training example from the inline format."""
    report = parse_report(source)
    return Example(nlp.make_doc(report.text), report_to_doc(report, nlp.vocab))


def fit(nlp: Language, examples: list[Example], steps: int) -> list[float]:
    """Initialize a pipeline and train it on a few examples; returns the loss of each step."""
    fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    return [sum(nlp.update(examples, sgd=optimizer, drop=0.1).values()) for _ in range(steps)]


def loss_of(nlp: Language, predicted: Doc, reference: Doc) -> float:
    """The loss of one example at the last component of a pipeline, which learns nothing from it."""
    name: str = nlp.pipe_names[-1]
    component: Any = nlp.get_pipe(name)
    fix_random_seed(0)
    return float(component.update([Example(predicted, reference)], sgd=None)[name])


def entities(doc: Doc) -> list[tuple[str, str]]:
    """Text and label of each entity."""
    return [(span.text, span.label_) for span in doc.ents]


def annotations(doc: Doc) -> dict[str, Any]:
    """Everything our components set, as plain values."""
    return {
        "ents": [(span.start_char, span.end_char, span.label_) for span in doc.ents],
        "spans": {
            key: {
                "spans": [(span.start_char, span.end_char, span.label_) for span in group],
                "attrs": dict(group.attrs),
            }
            for key, group in doc.spans.items()
        },
    }


def all_annotations(docs: Iterable[Doc]) -> list[dict[str, Any]]:
    """`annotations` of each document."""
    return [annotations(doc) for doc in docs]


def run(
    *command: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run a program with plain output of a fixed width; its exit code is for the caller to judge."""
    plain = {"COLUMNS": "200", "NO_COLOR": "1", "ANSI_COLORS_DISABLED": "1", "PYTHONIOENCODING": "utf8"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **plain, **(env or {})},
        capture_output=True,
        encoding="utf8",
        timeout=timeout,
        check=False,
    )


def govner(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run our command line."""
    return run(sys.executable, "-m", "govner", *arguments, cwd=cwd)


def forked(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run our command line in a fork of this process, which saves the time that a fresh one takes to import spaCy."""
    command = ["govner", *map(str, arguments)]
    with tempfile.TemporaryFile("w+", encoding="utf8") as out, tempfile.TemporaryFile("w+", encoding="utf8") as err:
        child = os.fork()
        if not child:
            _become(command, cwd, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, code, out.read(), err.read())


def _become(command: list[str], cwd: Path | None, out: IO[str], err: IO[str]) -> NoReturn:
    """Be the command line to the end of this process."""
    code: object = 1
    try:
        for number, file in ((1, out), (2, err)):
            os.dup2(file.fileno(), number)
        sys.argv, sys.stdout, sys.stderr = command, out, err
        if cwd is not None:
            os.chdir(cwd)
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        out.flush()
        err.flush()
        os._exit(code if isinstance(code, int) else 1)


def succeed(done: subprocess.CompletedProcess[str]) -> str:
    """Standard output of a command that must have succeeded."""
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def offline() -> dict[str, str]:
    """An environment in which nothing can be fetched, and in which no setting of the user's applies."""
    nowhere = "http://127.0.0.1:9"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), nowhere)
    return {**proxies, "no_proxy": "", "NO_PROXY": "", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}


def build_wheel(out: Path) -> Path:
    """Build our own wheel, offline, from the source tree as it is."""
    succeed(run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, env=offline()))
    (wheel,) = out.glob("govner-*.whl")
    return wheel


def make_environment(directory: Path, *wheels: Path) -> Path:
    """Make an empty virtual environment and install wheels in it, their dependencies from the wheelhouse.

    Returns its directory of programs.
    """
    assert WHEELHOUSE.is_dir(), "no wheels to install from; run `make wheelhouse`"
    succeed(run(sys.executable, "-m", "venv", "--without-pip", directory))
    programs = directory / "bin"
    # fmt: off
    succeed(run(
        sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", "--no-compile",
        "--disable-pip-version-check", "--no-index", "--find-links", WHEELHOUSE, *wheels, env=offline(),
    ))
    # fmt: on
    return programs


def wheel_meta(wheel: Path) -> dict[str, Any]:
    """`meta.json` in the wheel of a model."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/meta.json") and name.count("/") == 1]
        return dict(json.loads(archive.read(name)))


def same_scores(found: object, expected: object) -> bool:
    """Whether two trees of scores are the same; spaCy keeps ten digits of them in `meta.json`."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(same_scores(found[key], expected[key]) for key in found)
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(same_scores, found, expected))
    if isinstance(found, float) and isinstance(expected, float):
        return abs(found - expected) < 1e-8
    return found == expected
