"""Scores of a rule-based pipeline on reports made by hand, against figures counted by hand."""

import json
from collections.abc import Iterable
from itertools import pairwise

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc, Span

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.scores import Evaluation, Interval, evaluate
from govner.scheme import SECTIONS_KEY
from govner.tokens.tokenizer import CharacterTokenizer

# What the pipeline finds, wherever it stands.
ENTITIES = {"青禾县": "AGENCY", "白石局": "AGENCY", "3件": "COUNT", "我局": "AGENCY"}
SECTIONS = {"年报": "META", "收费": "FEES", "计划": "PLANS"}
# Gold against it: 青禾县 right; 白石局 boundary, 3件 right, 我局 spurious, 林知 missed; last paragraph wrong.
SOURCE = (
    "META\t{AGENCY:青禾县}年报\n"
    "PROACTIVE\t由{AGENCY:白石局办}公开\n"
    "FEES\t收费{COUNT:3件}\n"
    "PROBLEMS\t我局{OFFICIAL:林知}计划\n"
)


@Language.component("test_label_lines")
def label_lines(doc: Doc) -> Doc:
    """Label each line by the word of `SECTIONS` in it."""
    borders = [-1, *(token.i for token in doc if token.text == "\n"), len(doc)]
    doc.spans[SECTIONS_KEY] = [
        Span(doc, start + 1, end, label=label)
        for start, end in pairwise(borders)
        for word, label in SECTIONS.items()
        if word in doc[start + 1 : end].text
    ]
    return doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"pattern": text, "label": label} for text, label in ENTITIES.items()])
    nlp.add_pipe("test_label_lines")
    return nlp


def run(nlp: Language, sources: Iterable[str]) -> Evaluation:
    return evaluate(nlp, [report_to_doc(parse_report(source), nlp.vocab) for source in sources])


def test_entity_scores_are_as_counted_by_hand(nlp: Language) -> None:
    scores = run(nlp, [SOURCE]).entities
    assert list(scores) == ["ALL", "AGENCY", "OFFICIAL", "COUNT"]
    # 2 right, 2 predicted wrongly, 2 of gold not found.
    assert (scores["ALL"].p, scores["ALL"].r, scores["ALL"].f, scores["ALL"].gold) == (0.5, 0.5, 0.5, 4)
    assert scores["AGENCY"].p == pytest.approx(1 / 3)
    assert scores["AGENCY"].r == pytest.approx(1 / 2)
    assert scores["AGENCY"].f == pytest.approx(2 / 5)
    assert (scores["COUNT"].f, scores["COUNT"].gold) == (1, 1)
    assert (scores["OFFICIAL"].p, scores["OFFICIAL"].r, scores["OFFICIAL"].f) == (0, 0, 0)


def test_section_scores_are_as_counted_by_hand(nlp: Language) -> None:
    evaluation = run(nlp, [SOURCE])
    # META and FEES right, PROACTIVE without prediction, PROBLEMS called PLANS.
    assert {label: (s.p, s.r, s.f, s.gold) for label, s in evaluation.sections.items()} == {
        "META": (1, 1, 1, 1),
        "PROACTIVE": (0, 0, 0, 1),
        "FEES": (1, 1, 1, 1),
        "PROBLEMS": (0, 0, 0, 1),
    }
    assert evaluation.sections_accuracy[0] == 0.5
    assert evaluation.sections_macro_f[0] == 0.5
    assert (evaluation.documents, evaluation.paragraphs) == (1, 4)


def test_micro_average_is_that_of_spacy(nlp: Language) -> None:
    evaluation = run(nlp, [SOURCE, "META\t{AGENCY:青禾县}\n"])
    score = evaluation.entities["ALL"]
    assert score.p == pytest.approx(evaluation.spacy["ents_p"])
    assert score.r == pytest.approx(evaluation.spacy["ents_r"])
    assert score.f == pytest.approx(evaluation.spacy["ents_f"])
    assert not any(key.startswith("token_") for key in evaluation.spacy)


def intervals(evaluation: Evaluation) -> list[tuple[float, Interval]]:
    scores = [*evaluation.entities.values(), *evaluation.sections.values()]
    overall = [evaluation.sections_accuracy, evaluation.sections_macro_f]
    return [*((score.f, score.interval) for score in scores), *overall]


@pytest.mark.parametrize("copies", [1, 4, 12])
def test_intervals_are_ordered_and_hold_the_score(nlp: Language, copies: int) -> None:
    sources = [SOURCE, "META\t{AGENCY:青禾县}年报\nFEES\t收费\n"] * copies
    for score, (low, high) in intervals(run(nlp, sources)):
        assert 0 <= low <= score <= high <= 1


def test_interval_of_perfect_scores_is_a_point(nlp: Language) -> None:
    evaluation = run(nlp, ["META\t{AGENCY:青禾县}年报\nFEES\t收费{COUNT:3件}\n"] * 3)
    assert evaluation.entities["ALL"].interval == (1, 1)
    assert evaluation.sections_accuracy == (1, (1, 1))


def test_more_reports_make_the_interval_narrower(nlp: Language) -> None:
    good, bad = "META\t{AGENCY:青禾县}年报\n", "META\t{AGENCY:白石局办}计划\n"
    widths = []
    for copies in (5, 50):
        low, high = run(nlp, [good, bad] * copies).entities["ALL"].interval
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


@pytest.mark.parametrize(("reports", "drawn"), [(1, "paragraphs"), (7, "paragraphs"), (8, "reports")])
def test_paragraphs_are_drawn_where_there_are_few_reports(nlp: Language, reports: int, drawn: str) -> None:
    assert run(nlp, [SOURCE] * reports).resampled == drawn


def test_scores_are_the_same_each_time(nlp: Language) -> None:
    assert run(nlp, [SOURCE] * 9).to_json() == run(nlp, [SOURCE] * 9).to_json()


def test_scores_as_values_can_be_written_as_json(nlp: Language) -> None:
    values = json.loads(json.dumps(run(nlp, [SOURCE]).to_json()))
    assert values["entities"]["ALL"].keys() == {"p", "r", "f", "interval", "gold"}
    assert values["sections_accuracy"]["value"] == 0.5
    assert (values["documents"], values["paragraphs"], values["resampled"]) == (1, 4, "paragraphs")


def test_progress_is_told_the_characters_of_each_document(nlp: Language) -> None:
    told: list[int] = []
    docs = [report_to_doc(parse_report(source), nlp.vocab) for source in ("META\t甲乙\nFEES\t丙\n", "META\t丁\n")]
    evaluate(nlp, docs, told.append)
    assert told == [4, 1]


def test_gold_without_any_annotation_is_scored(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["甲", "乙"], spaces=[False, False])
    evaluation = evaluate(nlp, [doc])
    assert (evaluation.documents, evaluation.paragraphs) == (1, 0)
    assert (evaluation.entities["ALL"].gold, evaluation.entities["ALL"].f) == (0, 0)


def test_gold_without_sections_has_entity_scores_alone(nlp: Language) -> None:
    doc = report_to_doc(parse_report("META\t{AGENCY:青禾县}\n"), nlp.vocab)
    del doc.spans[SECTIONS_KEY]
    evaluation = evaluate(nlp, [doc])
    assert evaluation.entities["ALL"].f == 1
    assert (evaluation.sections, evaluation.paragraphs) == ({}, 0)
