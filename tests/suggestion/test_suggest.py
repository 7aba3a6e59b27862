"""Suggestions of a small model: lines, offsets, excerpts, the command."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from spacy.language import Language

from govner.cleaning.view import View, clean
from govner.corpus.inline import read_report
from govner.corpus.reader import read_reports
from govner.evaluation.gold import read_gold
from govner.input.text import InputText
from govner.suggestion.pool import PoolReport, pool_report
from govner.suggestion.suggestions import Suggestion, excerpts, row_of, suggest
from govner.tagging import Tagged
from helpers import CORPUS, fit, forked, make_example, make_pipeline, succeed
from strategies import texts

TEXT = """\
青禾市水务局2018年政府信息公开工作年度报告
一、主动公开情况

（一）公开数量
全年通过局网站公开信息742条，其中规范性文件3件。
　　二、依申请公开情况
全年收到申请５件，由办公室主任陆恬负责答复。
三、存在的问题 四、下一步打算
"""


def pool_of(
    nlp: Language, *given: str, repair: bool = True, names: tuple[str, ...] = ("r0", "r1", "r2")
) -> list[PoolReport]:
    views = [clean(text) if repair else View(text, text) for text in given]
    return [
        pool_report(nlp, Tagged(InputText(name, f"{name}.txt", view.original), view, nlp(view.text)))
        for name, view in zip(names, views, strict=False)
    ]


def texts_of(suggestions: list[Suggestion]) -> list[str]:
    return [suggestion.unit.text for suggestion in suggestions]


def test_lines_have_their_place_their_headings_and_their_section(small_nlp: Language) -> None:
    (report,) = pool_of(small_nlp, TEXT, repair=False)
    lines = TEXT.split("\n")
    assert [line.number for line in report.lines] == [1, 2, 4, 5, 6, 7, 8]
    for line in report.lines:
        assert TEXT[line.start : line.end] == line.paragraph.text == lines[line.number - 1]
    assert [line.headings for line in report.lines] == [(), (), (1,), (1, 2), (), (4,), ()]


@settings(max_examples=25)
@given(text=texts)
def test_lines_stand_where_they_say_whatever_the_text(small_nlp: Language, text: str) -> None:
    (report,) = pool_of(small_nlp, text, repair=False)
    for line in report.lines:
        assert text[line.start : line.end] == line.paragraph.text
        assert text.count("\n", 0, line.start) == line.number - 1
        assert line.mentions >= 0 and line.sections >= 0
    (report,) = pool_of(small_nlp, text)
    for line in report.lines:
        assert 0 <= line.start <= line.end <= len(text)


def test_a_line_certain_everywhere_scores_below_one_in_doubt() -> None:
    nlp = make_pipeline("govner_paragraphs", "govner_entities", "govner_sections")
    known = "PROACTIVE\t全年公开信息{COUNT:742条}，其中规范性文件{COUNT:3件}。\nREQUESTS\t全年收到申请{COUNT:5件}。"
    fit(nlp, [make_example(nlp, known)] * 4, 60)
    certain, unsure = "全年公开信息742条，其中规范性文件3件。", "县水利局局长沙季平在《青禾日报》刊登公告。"
    found = suggest(pool_of(nlp, f"{certain}\n{unsure}\n全年收到申请5件。"), 3)
    uncertainty = {suggestion.unit.text: suggestion.choice.uncertainty for suggestion in found}
    assert found[0].unit.text == unsure
    assert uncertainty[unsure] > 5 * uncertainty[certain]


def test_repeats_rank_behind_and_annotated_lines_are_not_suggested(small_nlp: Language) -> None:
    pool = pool_of(small_nlp, TEXT, TEXT.replace("742", "8"), "四、监督保障\n县委书记祝三妹作了讲话。")
    found = suggest(pool, 100)
    assert len(found) == len({(found.unit.report, found.unit.lines) for found in found}) == 16
    first = found[:9]
    assert len(set(texts_of(first))) == 9
    assert all(suggestion.choice.score == 0 for suggestion in found[9:])
    annotated = ["全年通过局网站公开信息742条，其中规范性文件3件。", "县委书记 祝三妹作了讲话。"]
    left = suggest(pool, 100, annotated=annotated)
    assert len(left) == 14 and "县委书记祝三妹作了讲话。" not in texts_of(left)
    (template,) = (one for one in left if "信息8条" in one.unit.text)
    assert template.choice.diversity == 0


def test_rows_point_at_characters_of_the_damaged_text(small_nlp: Language) -> None:
    damaged = TEXT.replace("，", "&#65292;").replace("网站", "网\u200b站")
    for suggestion in suggest(pool_of(small_nlp, damaged), 10):
        row = row_of(suggestion)
        assert clean(damaged[row["start"] : row["end"]]).text.strip() == row["text"].strip()


def test_excerpts_are_reports_to_annotate_that_can_be_put_back(small_nlp: Language, tmp_path: Path) -> None:
    found = suggest(pool_of(small_nlp, TEXT, repair=False), 2)
    (doc,) = excerpts(found, small_nlp.vocab)
    meta = doc.user_data["meta"]
    paragraphs = doc.text.split("\n")
    spans = [tuple(map(int, span.split("-"))) for span in meta["characters"].split()]
    assert [TEXT[start:end] for start, end in spans] == paragraphs
    assert [TEXT.split("\n")[int(number) - 1] for number in meta["lines"].split()] == paragraphs
    chosen = [paragraphs[int(number) - 1] for number in meta["suggested"].split()]
    ranked = sorted(zip(map(int, meta["rank"].split()), chosen, strict=True))
    assert [text for _, text in ranked] == texts_of(found)
    assert meta["split"] == "train" and meta["report"] == "r0" and meta["source"] == "r0.txt"
    assert len(doc.spans["sections"]) == len(paragraphs)


def test_excerpts_of_reports_with_like_names_have_names_of_their_own(small_nlp: Language) -> None:
    others = TEXT.replace("水务", "财政"), TEXT.replace("水务", "教育")
    reports = pool_of(small_nlp, TEXT, *others, names=("2018/a", "2018-a", "２０１８/a"))
    docs = excerpts(suggest(reports, 100), small_nlp.vocab)
    assert sorted(doc.user_data["meta"]["id"] for doc in docs) == ["2018-a-l1", "2018-a-l1-2", "２０１８-a-l1"]


def test_whole_reports_are_excerpts_of_all_that_is_not_annotated(small_nlp: Language) -> None:
    pool = pool_of(small_nlp, TEXT, "四、监督保障\n县委书记祝三妹作了讲话。", repair=False)
    found = suggest(pool, 5, whole_reports=True, annotated=["四、监督保障"])
    assert sorted(suggestion.unit.report for suggestion in found) == [0, 1]
    docs = {doc.user_data["meta"]["report"]: doc.text for doc in excerpts(found, small_nlp.vocab)}
    assert docs["r0"] == "\n".join(filter(None, TEXT.split("\n")))
    assert docs["r1"] == "四、监督保障\n县委书记祝三妹作了讲话。"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bare texts of the fixture corpus."""
    directory = tmp_path_factory.mktemp("raw")
    for report in read_reports([CORPUS]):
        (directory / f"{report.id}.txt").write_text(report.text, "utf8")
    return directory


def test_the_command_writes_what_convert_writes_and_reads(small_model: Path, raw: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.jsonl"
    command = ["suggest", small_model, raw, "--top", 12, "--per-report", 3, "--json", listed]
    said = succeed(forked(*command, "--out", tmp_path / "inline"))
    assert "12 to annotate" in said and "written:" in said
    rows = [json.loads(line) for line in listed.read_text("utf8").splitlines()]
    assert [row["rank"] for row in rows] == list(range(1, 13))
    for row in rows:
        assert Path(row["path"]).read_text("utf8")[row["start"] : row["end"]] == row["text"]
    files = sorted((tmp_path / "inline").glob("*.txt"))
    inline = [read_report(path) for path in files]
    assert sum(len(report.meta["suggested"].split()) for report in inline) == 12
    succeed(forked(*command, "--out", tmp_path / "all.spacy"))
    docs = read_gold([tmp_path / "all.spacy"], spacy.blank("zh").vocab)
    assert sorted(doc.text for doc in docs) == sorted(report.text for report in inline)
    # What was annotated is not suggested again.
    again = tmp_path / "again.jsonl"
    succeed(forked("suggest", small_model, raw, "--exclude", tmp_path / "inline", "--json", again, "--top", 12))
    done = {paragraph.text for report in inline for paragraph in report.paragraphs}
    assert not done & {json.loads(line)["text"] for line in again.read_text("utf8").splitlines()}


def test_mistakes_end_in_a_line(small_model: Path, raw: Path, tmp_path: Path) -> None:
    done = forked("suggest", small_model, raw, "--exclude", CORPUS)
    assert done.returncode == 2 and "nothing is left to suggest" in done.stderr
    done = forked("suggest", small_model, raw, "--by", "report", "--per-report", 2)
    assert done.returncode == 2 and "--per-report is for paragraphs" in done.stderr
    done = forked("suggest", small_model, raw, "--out", raw)
    assert done.returncode == 2 and "choose another --out" in done.stderr
    done = forked("suggest", small_model, tmp_path / "none.txt")
    assert done.returncode == 2 and "no such file" in done.stderr
    empty = tmp_path / "empty.txt"
    empty.write_text("", "utf8")
    done = forked("suggest", small_model, empty)
    assert done.returncode == 2 and "empty.txt" in done.stderr and "Traceback" not in done.stderr
    done = forked("suggest", small_model, empty, raw, "--top", 1, "--strict", "--by", "report")
    assert done.returncode == 1 and "1 to annotate" in done.stdout
