"""The command line, as a user runs it: in a process of its own."""

import csv
import io
import json
import re
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import govner as package
from govner.corpus.inline import read_report
from govner.engine.tables import schemas
from govner.scheme import ENTITY_LABELS, SECTION_LABELS
from govner.tables import COLUMNS
from helpers import CONFIG, CORPUS, ROOT, annotations, entities, forked, govner, overrides, run, succeed

TEXT = "沅陂县人民政府办公室\n一、概述\n全年主动公开政府信息1286条，其中县政府门户网站公开940条。\n"
EXPERIMENT = str(ROOT / "training" / "experiments.toml")
COMMANDS = (
    "train",
    "evaluate",
    "tag",
    "view",
    "explain",
    "card",
    "package",
    "info",
    "benchmark",
    "experiment",
    "records",
    "audit",
    "compare",
    "schema",
    "clean",
    "suggest",
    "evaluate-records",
    "corpus",
    "corpus check",
    "corpus stats",
    "corpus agree",
    "corpus convert",
    "corpus label-config",
    "corpus augment",
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the bare texts of the fixture corpus."""
    directory = tmp_path_factory.mktemp("reports")
    for path in CORPUS.glob("*.txt"):
        (directory / path.name).write_text(read_report(path).text, "utf8")
    return directory


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


# Bad input


class Mistake(NamedTuple):
    """A command line with a mistake in it, and the one line it must print after `error: `.

    In both, `{model}` is the small model and `{report}` a good report; other files are relative to a directory of
    bad ones.
    """

    command: str
    error: str


def bad_files(directory: Path) -> None:
    """Write a file for each thing that can be wrong with one."""
    files = {
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "binary.txt": b"\x00\x01\xff" * 9,
        "broken.pdf": b"%PDF-1.4\n\x00\x01\xff",
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99,
        "gbk.txt": ("政府信息公开工作年度报告\n" * 20).encode("gbk"),
        "utf16.txt": ("政府信息公开工作年度报告\n" * 20).encode("utf-16"),
        "label.txt": "META\t年度报告\nMETA\t{PLACE:县政府}\n".encode(),
        "unclosed.txt": "META\t年度报告\nMETA\t{AGENCY:县政府\n".encode(),
        "section.txt": "META\t年度报告\nNOPE\t县政府\n".encode(),
        "format.csv": b"text,label\n",
        "broken.jsonl": b'{"text": "a"}\n{"text": \n',
        "broken.spacy": b"no DocBin",
        "broken.cfg": b"[training\n",
        "plain.txt": TEXT.encode(),
        "train-only.txt": "---\nid: train-only\nsplit: train\n---\nMETA\t年度报告\n".encode(),
    }
    for name, content in files.items():
        (directory / name).write_bytes(content)
    (directory / "nothing").mkdir()
    spacy.blank("zh").to_disk(directory / "blank")


NOT_A_MODEL = r": is not a spaCy pipeline; name a trained pipeline, .*"
GBK = r"gbk\.txt:1: is not UTF-8; it looks like GB18030: convert it \(iconv -f GB18030 -t UTF-8\)"
OCCUPIED = r": cannot be written \(.*\); choose another .*"
LABEL = r"label\.txt:2: unknown label 'PLACE' at '\{PLACE:县政府\}'; use one of AGENCY, .*"
UNCLOSED = r"unclosed\.txt:2: unclosed AGENCY mention '县政府'; close it with \}"
REPORT = CORPUS / "cendu-2020.txt"
TRAIN = f"train --config {CONFIG} --corpus {CORPUS} --output out"
MISTAKES = [
    Mistake("tag missing {report}", r"missing: no such model; name a trained pipeline, .*"),
    Mistake("tag nothing {report}", "nothing" + NOT_A_MODEL),
    Mistake("tag plain.txt {report}", r"plain\.txt" + NOT_A_MODEL),
    Mistake("tag blank {report}", r"blank: has no govner_entities and no govner_sections; .* need a govner model"),
    Mistake("tag {model} none.txt", r"none\.txt: no such file or directory; check the path"),
    Mistake("tag {model} nothing", r"nothing: holds no report \(\.csv .*\); name another directory or a file"),
    Mistake("tag {model} empty.txt", r"empty\.txt: is empty; expected the text of a report"),
    Mistake("tag {model} blank.txt", r"blank\.txt: is empty; expected the text of a report"),
    Mistake("tag {model} binary.txt", r"binary\.txt: is a binary file, not text; extract its text first"),
    Mistake("tag {model} broken.pdf", r"broken\.pdf: is not a PDF that can be read; check the file"),
    Mistake("tag {model} old.doc", r"old\.doc: is an old Word file; save it as \.docx .*"),
    Mistake("tag {model} format.csv --text-column 正文", r"format\.csv: has no column '正文' but text, label; .*"),
    Mistake("tag {model} {report} --out plain.txt", r"plain\.txt: cannot be written \(.*\); mend that .*"),
    Mistake("view {model} binary.txt", r"binary\.txt: is a binary file, .*"),
    Mistake("view {model} {report} --out plain.txt/page.html", r"plain\.txt/page\.html" + OCCUPIED),
    Mistake("view {model} {report} --out plain.txt", r"plain\.txt" + OCCUPIED),
    Mistake("evaluate {model} label.txt", LABEL),
    Mistake("evaluate {model} unclosed.txt", UNCLOSED),
    Mistake("evaluate {model} section.txt", r"section\.txt:2: unknown section 'NOPE'; use one of META, .*"),
    Mistake("evaluate {model} plain.txt", r"plain\.txt:1: no tab after the section label; write SECTION<TAB>text"),
    Mistake("evaluate {model} broken.jsonl", r'broken\.jsonl:2: needs a JSON object with "text" and .*'),
    Mistake("evaluate {model} broken.spacy", r"broken\.spacy: is not a \.spacy file; write one with `govner .*`"),
    Mistake(
        "evaluate {model} train-only.txt --split test", r"train-only\.txt: no gold document of the split 'test'; .*"
    ),
    Mistake("evaluate {model} {report} --vary spice", r"no variation 'spice'; use all, places, persons, .*"),
    Mistake("benchmark {model} {report} --processes two", r"--processes 'two' is no list of numbers; write 1,2"),
    Mistake("experiment none.toml", r"none\.toml: no such experiment; name a \.toml file"),
    Mistake("experiment {experiment} --gold dev", r"--gold 'dev' is not NAME=FILE,FILE; mend it"),
    Mistake("experiment {experiment} --gold dev=plain.txt", r"two golds are named 'dev'; rename one"),
    Mistake("experiment {experiment} --gold a=none.txt", r"none\.txt: no such file; name annotated files after .*"),
    Mistake("benchmark {model} empty.txt", r"empty\.txt: is empty; .*"),
    Mistake("corpus check label.txt", LABEL),
    Mistake("corpus check unclosed.txt", UNCLOSED),
    Mistake("corpus stats gbk.txt", GBK),
    Mistake("corpus stats empty.txt", r"empty\.txt: is empty; .*"),
    Mistake(f"corpus stats {CORPUS} --charts plain.txt", r"plain\.txt/corpus-mentions\.png" + OCCUPIED),
    Mistake(
        f"corpus check {CORPUS} --consistency --allow plain.txt", r"plain\.txt:1: needs kind, string, number of .*"
    ),
    Mistake(f"corpus check {CORPUS} --overlap --phrases empty.txt", r"empty\.txt: is empty; .*"),
    Mistake(f"corpus agree {CORPUS} train-only.txt", r"train-only\.txt: has no counterpart with the id '.*' .*"),
    Mistake("corpus augment label.txt --with spam", LABEL),
    Mistake(f"corpus augment {REPORT} --with spice", r"no variation 'spice'; use places, persons, .*"),
    Mistake(f"corpus augment {REPORT} --with spam --out plain.txt/a.txt", r"plain\.txt/a\.txt" + OCCUPIED),
    Mistake(
        f"corpus convert {CORPUS} --out out.xml", r"out\.xml: is no known format; name a \.spacy, \.jsonl, .* file, .*"
    ),
    Mistake(f"corpus convert {CORPUS} --out plain.txt/x.spacy", r"plain\.txt/x\.spacy" + OCCUPIED),
    Mistake(f"corpus convert {CORPUS} --out format.csv/x", r"format\.csv/x" + OCCUPIED),
    Mistake("package nothing", "nothing" + NOT_A_MODEL),
    Mistake(
        "package {model} --scores plain.txt", r"plain\.txt:1: is not JSON; write it with `govner evaluate --output`"
    ),
    Mistake("info missing", r"missing: no such model; .*"),
    Mistake(f"{TRAIN} --config none.cfg", r"none\.cfg: no such config; see configs/"),
    Mistake(f"{TRAIN} --config broken.cfg", r"broken\.cfg: .*"),
    Mistake(
        f"{TRAIN} --training.eval_frequency many",
        re.escape(str(CONFIG)) + r": eval_frequency: .* valid integer; mend .*",
    ),
    Mistake(f"{TRAIN} --training.max_step 1", re.escape(str(CONFIG)) + r": has no setting training\.max_step; mend .*"),
    Mistake(f"{TRAIN} --output plain.txt", r"plain\.txt: cannot be written \(.*\); choose another --output"),
    Mistake(f"{TRAIN} --corpus nothing", r"nothing: holds no \*\.txt file; .*"),
    Mistake(
        f"{TRAIN} --corpus train-only.txt", r"train-only\.txt: no report with `split: dev` in its front matter; .*"
    ),
]


@pytest.fixture(scope="module")
def bad_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("bad")
    bad_files(directory)
    return directory


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda mistake: mistake.command.replace(f"{CONFIG.parent.parent}/", "")
)
def test_mistake_is_told_in_one_line_with_the_remedy(mistake: Mistake, small_model: Path, bad_directory: Path) -> None:
    command = mistake.command.format(model=small_model, report="plain.txt", experiment=EXPERIMENT).split()
    done = forked(*command, cwd=bad_directory)
    assert done.returncode == 2, done.stderr
    assert re.fullmatch(f"error: {mistake.error}\n", done.stderr), done.stderr
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("number", [0, 9, 30])
def test_mistake_is_told_alike_in_a_fresh_process(number: int, small_model: Path, bad_directory: Path) -> None:
    """The other tests of mistakes fork; here the interpreter starts anew."""
    command = MISTAKES[number].command.format(model=small_model, report="plain.txt", experiment=EXPERIMENT).split()
    done = govner(*command, cwd=bad_directory)
    assert (done.returncode, done.stderr) == (2, forked(*command, cwd=bad_directory).stderr)
    assert re.fullmatch(f"error: {MISTAKES[number].error}\n", done.stderr)


def test_error_in_a_directory_whose_name_has_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    directory = tmp_path / "[red]年报[bold]"
    directory.mkdir()
    (directory / "报告.txt").write_bytes("\n".join(["县政府"] * 40).encode("gbk"))
    done = forked("corpus", "stats", directory)
    assert done.stderr.startswith(f"error: {directory}/报告.txt:1: is not UTF-8")


# govner tag


def tag(model: Path, out: Path, *arguments: object) -> CompletedProcess[str]:
    return forked("tag", model, *arguments, "--out", out)


@pytest.fixture(scope="module")
def tables(
    small_model: Path, reports: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, list[Any]]]:
    """What `govner tag` writes for the fixture corpus, by format and table."""
    found: dict[str, dict[str, list[Any]]] = {}
    for kind in ("jsonl", "csv"):
        out = tmp_path_factory.mktemp(kind) / "new" / "tables"
        succeed(govner("tag", small_model, reports, "--format", kind, "--out", out))
        names = {*(f"{table}.{kind}" for table in schemas("tag")), "manifest.jsonl"}
        assert {path.name for path in out.iterdir()} == names
        found[kind] = {}
        for table in COLUMNS:
            source = (out / f"{table}.{kind}").read_text("utf8")
            is_csv = kind == "csv"
            found[kind][table] = (
                list(csv.DictReader(io.StringIO(source)))
                if is_csv
                else [json.loads(line) for line in source.splitlines()]
            )
    return found


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_tables_have_the_documented_columns(tables: dict[str, dict[str, list[Any]]], kind: str) -> None:
    for table in COLUMNS:
        assert tables[kind][table]
        assert {tuple(row) for row in tables[kind][table]} == {tuple(schemas("tag")[table].names)}


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_offsets_point_at_the_text(tables: dict[str, dict[str, list[Any]]], kind: str, reports: Path) -> None:
    for row in [*tables[kind]["sections"], *tables[kind]["mentions"]]:
        text = (reports / f"{row['report_id']}.txt").read_text("utf8")
        assert text[int(row["start"]) : int(row["end"])] == row["text"]


def test_csv_holds_the_values_of_jsonl(tables: dict[str, dict[str, list[Any]]]) -> None:
    def plain(row: dict[str, Any]) -> dict[str, str]:
        return {key: "" if value is None else str(value) for key, value in row.items()}

    for table in COLUMNS:
        assert [plain(row) for row in tables["jsonl"][table]] == [
            {key: value.replace("\r\n", "\n") for key, value in row.items()} for row in tables["csv"][table]
        ]


def test_rows_say_what_the_pipeline_found(
    tables: dict[str, dict[str, list[Any]]], small_nlp: Language, reports: Path
) -> None:
    paths = sorted(reports.glob("*.txt"))
    docs = {path.stem: small_nlp(path.read_text("utf8")) for path in paths}
    rows = tables["jsonl"]
    assert [row["report_id"] for row in rows["reports"]] == list(docs)
    assert [row["path"] for row in rows["reports"]] == [str(path) for path in paths]
    for row in rows["reports"]:
        doc = docs[row["report_id"]]
        assert (row["characters"], row["paragraphs"]) == (len(doc.text), len(doc.spans["sections"]))
        for label in ENTITY_LABELS:
            assert row[label.lower()] == sum(span.label_ == label for span in doc.ents)
    for name, table in (("mentions", "mentions"), ("sections", "sections")):
        for report_id, doc in docs.items():
            found = annotations(doc)["spans"][name]
            own = [row for row in rows[table] if row["report_id"] == report_id]
            assert [(row["start"], row["end"], row["label"]) for row in own] == found["spans"]
            # Reports are tagged together there and alone here, which changes the last digits.
            assert [row["probability"] for row in own] == pytest.approx(found["attrs"]["probability"], abs=2e-4)


def test_mention_stands_in_the_section_around_it(tables: dict[str, dict[str, list[Any]]]) -> None:
    rows = tables["jsonl"]
    for mention in rows["mentions"]:
        (around,) = [
            section["label"]
            for section in rows["sections"]
            if section["report_id"] == mention["report_id"] and section["start"] <= mention["start"] < section["end"]
        ]
        assert mention["section"] == around


def test_bad_file_among_others_is_named_and_the_others_are_written(
    small_model: Path, reports: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\xff" * 9)
    first, second = sorted(reports.glob("*.txt"))[:2]
    done = tag(small_model, tmp_path / "out", first, bad, second)
    assert done.returncode == 0
    assert re.fullmatch(rf"error: {re.escape(str(bad))}: is a binary file, .*\n", done.stderr)
    rows = read_jsonl(tmp_path / "out" / "reports.jsonl")
    assert [row["report_id"] for row in rows] == [first.stem, second.stem]
    assert {row["report_id"] for row in read_jsonl(tmp_path / "out" / "sections.jsonl")} == {first.stem, second.stem}
    assert "2 reports in" in done.stdout and "1 failed" in done.stdout
    [error] = read_jsonl(tmp_path / "out" / "errors.jsonl")
    assert (error["path"], error["stage"]) == (str(bad), "read")
    assert tag(small_model, tmp_path / "strict", first, bad, "--strict").returncode == 1
    assert tag(small_model, tmp_path / "none", bad).returncode == 2


def test_files_of_one_name_get_ids_of_their_own(small_model: Path, tmp_path: Path) -> None:
    for year in ("2011", "2012"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "report.txt").write_text(TEXT, "utf8")
    paths = [tmp_path / year / "report.txt" for year in ("2011", "2012")]
    succeed(tag(small_model, tmp_path / "out", *paths))
    rows = read_jsonl(tmp_path / "out" / "reports.jsonl")
    assert [row["report_id"] for row in rows] == [str(path) for path in paths]


def test_line_ends_and_byte_order_mark_leave_offsets_right(small_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    succeed(tag(small_model, tmp_path / "out", path))
    rows = read_jsonl(tmp_path / "out" / "mentions.jsonl")
    assert rows and all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)


def test_tag_without_output_shows_sections_mentions_and_counts(small_model: Path, report: Path) -> None:
    out = succeed(forked("tag", small_model, report))
    for part in (str(report), "sections", "mentions", "mentions by section", "1286条", "COUNT"):
        assert part in out


def test_long_paths_are_printed_whole(small_model: Path, report: Path, tmp_path: Path) -> None:
    out = tmp_path / ("long-" * 30) / ("longer-" * 20)
    assert str(out / "mentions.jsonl") in succeed(tag(small_model, out, report))


def test_closed_pipe_ends_without_a_traceback(small_model: Path, reports: Path) -> None:
    files = " ".join(map(str, reports.glob("*.txt")))
    done = run("bash", "-c", f"{sys.executable} -m govner tag {small_model} {files} | head -1")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


# govner evaluate


def test_evaluate_prints_and_writes_scores_with_intervals(small_model: Path, tmp_path: Path) -> None:
    scores, errors = tmp_path / "scores.json", tmp_path / "errors.jsonl"
    out = succeed(govner("evaluate", small_model, CORPUS, "--output", scores, "--errors", errors))
    found = json.loads(scores.read_text("utf8"))
    assert found["documents"] == 6
    assert set(found["entities"]) == {"ALL", *ENTITY_LABELS}
    assert set(found["sections"]) == set(SECTION_LABELS)
    for label, score in (found["entities"] | found["sections"]).items():
        low, high = score["interval"]
        assert 0 <= low <= high <= 1
        assert 0 <= score["f"] <= 1
        cells = [f"{score[name]:.3f}" for name in "prf"] + [f"{low:.3f}-{high:.3f}", str(score["gold"])]
        assert re.search(" │ +".join([f"{label} *", *cells]) + " ", out)
    for name in ("sections_accuracy", "sections_macro_f"):
        low, high = found[name]["interval"]
        assert low <= found[name]["value"] <= high
        assert f"{found[name]['value']:.3f} ({low:.3f}-{high:.3f})" in out
    assert found["spacy"]["ents_f"] == pytest.approx(found["entities"]["ALL"]["f"])

    rows = read_jsonl(errors)
    assert f"{len(rows)} errors in {errors}" in out
    texts = {path.stem: read_report(path).text for path in CORPUS.glob("*.txt")}
    for row in rows:
        shown = row["text"] or row["predicted_text"]
        assert texts[row["report"]][row["start"] : row["end"]] == shown
    wrong = sum(row["kind"] == "section" for row in rows)
    assert wrong == round((1 - found["sections_accuracy"]["value"]) * found["paragraphs"])


def test_evaluation_of_varied_reports_shows_what_is_lost(small_model: Path, tmp_path: Path) -> None:
    options = ("--vary", "traditional", "--vary", "numbers", "--output", tmp_path / "scores.json")
    out = succeed(forked("evaluate", small_model, CORPUS, *options))
    assert re.search(r"none +│ +[01]\.\d+ │ +0\.000 │ +[01]\.\d+ │ +0\.000 │\n", out)
    # Features are folded to simplified script, so that nothing is lost.
    assert re.search(r"traditional +│ +[01]\.\d+ │ +-?0\.00\d │", out)
    found = json.loads((tmp_path / "scores.json").read_text("utf8"))
    assert list(found["varied"]) == ["traditional", "numbers"]
    assert set(found["calibration"]) == {"mentions", "sections"}
    assert "expected calibration error: mentions 0." in out


def test_split_restricts_the_evaluation(small_model: Path) -> None:
    assert "1 reports" in succeed(forked("evaluate", small_model, CORPUS, "--split", "test"))


# govner benchmark


def test_benchmark_compares_with_stock_spacy_and_writes_its_figures(
    small_model: Path, reports: Path, tmp_path: Path
) -> None:
    options = ("--rounds", 1, "--processes", "1,2", "--longest", 20_000, "--output", tmp_path / "speed.json")
    out = succeed(govner("benchmark", small_model, reports, *options))
    assert re.search(r"the model, whole +│ +[\d,]+ │ +[\d,]+ │ +[\d,]+ │ +\d+\.\d │\n", out)
    assert re.search(r"one document of 20,000 +│ \d+\.\d\d s \(2 × the text, \d+\.\d × the time\)", out)
    found = json.loads((tmp_path / "speed.json").read_text("utf8"))
    assert found["ratio"] == found["speed"][0] / found["stock_speed"][0]
    assert set(found["processes"]) == {"1", "2"}
    assert 0 < found["load"] < found["start"]


# govner card


def test_card_shows_data_scores_calibration_and_plot(small_model: Path, tmp_path: Path) -> None:
    succeed(forked("evaluate", small_model, CORPUS, "--output", tmp_path / "scores.json"))
    card = tmp_path / "docs" / "models.md"
    succeed(forked("card", small_model, "--scores", f"test={tmp_path / 'scores.json'}", "--out", card))
    text = card.read_text("utf8")
    for part in (
        "# zh_govner_sm",
        "## Intended use",
        "| train |",
        "| AGENCY |",
        "| FEES |",
        "## Calibration",
        "## Limits",
    ):
        assert part in text
    assert (card.parent / "models-calibration.png").read_bytes().startswith(b"\x89PNG")
    assert "(models-calibration.png)" in text


@pytest.mark.parametrize(
    ("scores", "problem"),
    [
        ("scores.json", "is no NAME=FILE; write test=scores.json"),
        ("test=missing.json", "missing.json"),
        ("test=pyproject.toml", "is not JSON; write it with `govner evaluate --output`"),
    ],
)
def test_card_without_scores_says_what_to_give(small_model: Path, scores: str, problem: str) -> None:
    done = forked("card", small_model, "--scores", scores, cwd=ROOT)
    assert done.returncode == 2
    assert problem in done.stderr


# govner explain


def test_explanation_shows_tokens_mentions_and_sections(small_model: Path) -> None:
    out = succeed(forked("explain", small_model, "县档案馆收到申请12件。"))
    assert re.search(r"│ 12 +│ +\w+ +│ [01]\.\d\d +│", out)
    assert re.search(r"tokens\n(.*\n)*sections\n", out)


def test_explanation_of_nothing_is_refused(small_model: Path) -> None:
    done = forked("explain", small_model, " ")
    assert (done.returncode, done.stderr) == (2, "error: the text is empty; give a paragraph\n")


# govner corpus


def test_fixture_corpus_passes_the_check() -> None:
    out = succeed(govner("corpus", "check", CORPUS))
    assert re.fullmatch(r"6 reports, \d+ paragraphs, \d+ mentions, 0 lost to tokenization, 0 problems\n", out)


def test_check_lists_every_problem_in_order_of_place(tmp_path: Path) -> None:
    source = (CORPUS / "cendu-2020.txt").read_text("utf8")
    bad = (
        source.replace("year: 2020", "year: 20")
        .replace("{AGENCY:县司法局}", "{BODY:县司法局}")
        .replace("FEES\t", "FEES ")
    )
    bad = bad.replace("{AGENCY:县审计局}", "{AGENCY:县审计局")
    (tmp_path / "cendu-2020.txt").write_text(bad, "utf8")
    done = forked("corpus", "check", tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [re.sub(r".*cendu-2020\.txt:(\d+): .*", r"\1", line) for line in lines] == ["1", "19", "21"]
    assert all(line.startswith("error: ") for line in lines)
    assert "3 problems" in done.stdout


def test_stats_count_reports_mentions_and_sections() -> None:
    out = succeed(govner("corpus", "stats", CORPUS))
    assert out.startswith("6 reports; ")
    mentions = [mention for path in CORPUS.glob("*.txt") for mention in read_report(path).mentions()]
    for label in ENTITY_LABELS:
        total = sum(mention.label == label for mention in mentions)
        assert re.search(rf"{label} +│.*│ +{total} │\n", out)
    assert all(label in out for label in SECTION_LABELS)
    assert re.search(r"reports +│ +4 │ +1 │ +1 │ +6 │\n", out)


def test_stats_draw_charts_write_markdown_and_say_what_the_train_split_covers(tmp_path: Path) -> None:
    arguments = (CORPUS, "--format", "markdown", "--charts", tmp_path / "charts", "--cover", CORPUS)
    out = succeed(forked("corpus", "stats", *arguments))
    assert out.startswith("**totals**\n\n|  | train | dev | test | all |\n|---|---:|---:|---:|---:|\n")
    assert re.search(r"covered by the train split: \d\d\.\d% of the character trigrams, ", out)
    assert len(list((tmp_path / "charts").glob("corpus-*.png"))) == 11


def test_check_lists_what_is_uneven_until_it_is_explained(tmp_path: Path) -> None:
    source = REPORT.read_text("utf8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / REPORT.name).write_text(source + "OTHER\t县司法局另报《条例》\n", "utf8")
    done = forked("corpus", "check", tmp_path / "reports", "--consistency")
    assert done.returncode == 2
    assert "error: unmarked '县司法局', marked elsewhere, not here (AGENCY " in done.stderr
    assert "【县司法局】另报《条例》" in done.stderr
    lines = [re.match(r"error: (\w+) '([^']+)'.*: (.*)", line) for line in done.stderr.splitlines()]
    allowed = [f"{found[1]}\t{found[2]}\t{len(found[3].split('; '))}\tlooked at\n" for found in lines if found]
    (tmp_path / "allowed.tsv").write_text("".join(allowed), "utf8")
    assert "0 problems" in succeed(forked("corpus", "check", tmp_path / "reports", "--consistency"))


def test_check_lists_reports_that_repeat_each_other(tmp_path: Path) -> None:
    source = REPORT.read_text("utf8")
    (tmp_path / "cendu-2020.txt").write_text(source, "utf8")
    (tmp_path / "again.txt").write_text(source.replace("id: cendu-2020", "id: again") + "OTHER\t无\n", "utf8")
    done = forked("corpus", "check", tmp_path, "--overlap")
    assert re.search(r"error: .*cendu-2020\.txt: 100% of it stands in .*again\.txt too, such as '", done.stderr)


def test_agree_compares_by_label_and_writes_the_differences(tmp_path: Path) -> None:
    second = tmp_path / REPORT.name
    second.write_text(REPORT.read_text("utf8").replace("{AGENCY:县司法局}", "县司法局", 1), "utf8")
    out = succeed(forked("corpus", "agree", CORPUS, second, "--differences", tmp_path / "d.jsonl"))
    total = sum(mention.label == "AGENCY" for mention in read_report(REPORT).mentions())
    assert re.search(rf"AGENCY +│ +{total} │ +{total - 1} │ +{total - 1} │ 0\.\d+ │", out)
    assert "same section 1.000 (1.000-1.000), Cohen's kappa 1.000, Krippendorff's alpha 1.000" in out
    assert re.search(r"^cendu-2020:\d+ missed AGENCY → –: .*【县司法局】", out, re.MULTILINE)
    assert [line["text"] for line in read_jsonl(tmp_path / "d.jsonl")] == ["县司法局"]


def test_augment_names_the_variations_and_shows_one() -> None:
    assert "traditional script for a report" in succeed(forked("corpus", "augment", REPORT))
    out = succeed(forked("corpus", "augment", REPORT, "--with", "traditional"))
    report = read_report(REPORT)
    assert out.count("\n") == REPORT.read_text("utf8").count("\n")
    assert "縣" in out
    assert out.startswith("---\nid: cendu-2020\n")
    assert len(re.findall(r"\{[A-Z]+:", out)) == len(report.mentions())
    again = succeed(forked("corpus", "augment", REPORT, "--with", "spam", "--seed", 1))
    assert again == succeed(forked("corpus", "augment", REPORT, "--with", "spam", "--seed", 1))
    assert again != succeed(forked("corpus", "augment", REPORT, "--with", "spam", "--seed", 2))


def test_conversions_lead_back_to_the_same_files(tmp_path: Path) -> None:
    for step, name in enumerate(("corpus.spacy", "corpus.jsonl", "inline")):
        source = CORPUS if step == 0 else tmp_path / ("corpus.spacy" if step == 1 else "corpus.jsonl")
        succeed(forked("corpus", "convert", source, "--out", tmp_path / name))
    for path in CORPUS.glob("*.txt"):
        assert (tmp_path / "inline" / path.name).read_text("utf8") == path.read_text("utf8")


def test_converted_split_holds_only_its_reports(tmp_path: Path) -> None:
    out = tmp_path / "dev.spacy"
    succeed(forked("corpus", "convert", CORPUS, "--out", out, "--split", "dev"))
    (doc,) = DocBin().from_disk(out).get_docs(spacy.blank("zh").vocab)
    assert doc.user_data["meta"]["id"] == "baixun-2015"
    assert ("季云峰", "OFFICIAL") in entities(doc)


# govner train, info, view, help


def test_train_prints_scores_and_the_best_model(tmp_path: Path) -> None:
    out_path = tmp_path / ("long-" * 20)
    settings = overrides(max_steps=2, eval_frequency=1)
    out = succeed(govner("train", "--config", CONFIG, "--corpus", CORPUS, "--output", out_path, *settings))
    assert f"best model: {out_path / 'model-best'}\n" in out
    assert re.search(r"step +seconds +entities F", out)
    assert (out_path / "model-best" / "meta.json").is_file()


def test_info_shows_versions_and_labels() -> None:
    out = succeed(govner("info"))
    assert out.startswith(f"govner {package.__version__}, spaCy {spacy.__version__}")
    assert all(label in out for label in (*ENTITY_LABELS, *SECTION_LABELS))


def test_info_shows_what_a_model_is(small_model: Path, small_nlp: Language) -> None:
    out = succeed(forked("info", small_model))
    for part in ("zh_govner_sm", "MIT", "govner_paragraphs, govner_entities, govner_sections", "4 reports"):
        assert part in out
    assert f"{small_nlp.meta['performance']['ents_f']:.3f}" in out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command: str) -> None:
    out = succeed(forked(*command.split(), "--help"))
    assert re.search(rf"Usage: .*govner {command} ?(\[OPTIONS\]|\w)", out)
    for other in COMMANDS:
        if other.rpartition(" ")[0] == command:
            assert other.rpartition(" ")[2] in out
