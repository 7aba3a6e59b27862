"""Errors planted into reports made by hand, found by a pipeline that tags them as annotated, or not at all."""

from collections import Counter
from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from audit_reports import national, report
from govner.corpus.inline import Report, parse_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.planted import ALL, FALSE, FOUND, PlantedScores, evaluate_planted, find_clean, plant_errors
from govner.scheme import SECTIONS_KEY
from govner.tokens.tokenizer import CharacterTokenizer

SAID = "我局新收申请{COUNT:13件}，上年结转{COUNT:1件}，办结{COUNT:13件}，结转下年{COUNT:1件}。"
ANNOTATED: dict[str, Report] = {}


@Language.component("test_annotated_tags")
def tag_as_annotated(doc: Doc) -> Doc:
    """Tag a document as the annotated report of its text; leave others alone."""
    known = ANNOTATED.get(doc.text)
    if known is not None:
        gold = report_to_doc(known, doc.vocab)
        doc.set_ents([doc.char_span(span.start_char, span.end_char, label=span.label_) for span in gold.ents])
        doc.spans[SECTIONS_KEY] = [
            doc.char_span(span.start_char, span.end_char, label=span.label_) for span in gold.spans[SECTIONS_KEY]
        ]
    return doc


def named(made: Report, name: str) -> Report:
    """The same report with another id."""
    return Report(made.paragraphs, {**made.meta, "id": name}, made.path)


def reports() -> list[Report]:
    """A clean report of the national format, a clean one in free form, and one whose parts do not add up."""
    free = report(
        "PREAMBLE\t现将我局2022年政府信息公开情况报告如下。",
        "PROACTIVE\t全年主动公开信息{COUNT:40条}：政策文件{COUNT:12条}，动态{COUNT:25条}，财政{COUNT:3条}。",
        "REQUESTS\t2022年，我局收到申请{COUNT:5件}。",
    )
    wrong = report("PROACTIVE\t清理文件{COUNT:13件}（含新制定{COUNT:5件}，修改{COUNT:4件}，废止{COUNT:3件}）。")
    return [named(national(SAID), "national"), named(free, "free"), named(wrong, "wrong")]


def scores_of(tagged: Iterable[Report], limit: int = 2) -> PlantedScores:
    """Scores of a pipeline that knows the tags of some reports and of those with planted errors."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.add_pipe("test_annotated_tags")
    everything = reports()
    clean = find_clean(everything, nlp.vocab)
    planted = plant_errors(clean, limit)
    ANNOTATED.clear()
    ANNOTATED.update({one.text: one for one in (*tagged, *(error.report for error in planted))})
    return evaluate_planted(nlp, everything, clean, planted)


def test_reports_with_findings_of_their_own_are_not_clean():
    assert [one.id for one in find_clean(reports(), spacy.blank("zh").vocab)] == ["national", "free"]


def test_planting_is_the_same_each_time_with_no_error_twice_and_no_more_of_a_rule_than_asked():
    clean = reports()[:2]
    first, again = plant_errors(clean, 3), plant_errors(clean, 3)
    assert [error.report.text for error in first] == [error.report.text for error in again]
    assert len({(error.rule, error.report.text) for error in first}) == len(first)
    by_rule = Counter(error.rule for error in first)
    assert max(by_rule.values()) == 3
    assert len(by_rule) > 15
    assert all(error.report.text not in [one.text for one in clean] for error in first)


def test_errors_are_spread_over_reports_before_one_has_two():
    planted = [error.report.id for error in plant_errors(reports()[:2], 2) if error.rule == "published-late"]
    assert sorted(planted) == ["free", "national"]


def test_planted_errors_are_found_with_the_annotated_tags_and_nothing_else():
    scores = scores_of(reports())
    by_name = {score.name: score for score in scores.summary}
    assert by_name[FOUND].value == 1 and by_name[FOUND].interval == (1, 1) and by_name[FOUND].target == 0.95
    assert by_name[FOUND].gold == sum(score.gold for score in scores.by_rule)
    assert by_name[FALSE].value == 0 and by_name[FALSE].target == 1 and by_name[FALSE].gold == 2
    # One finding, in one of three.
    assert round(by_name[ALL].value, 2) == 3.33 and by_name[ALL].gold == 3
    assert [error.what for error in scores.errors] == ["finding itemised-sum"]


def test_errors_that_are_missed_are_listed_with_their_place():
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    clean = reports()[:2]
    planted = plant_errors(clean, 1)
    scores = evaluate_planted(nlp, clean, clean, planted)
    # Without tags, only what needs none is found: tables, dates, missing numbers.
    assert 0 < scores.summary[0].value < 1
    missed = {error.what: error for error in scores.errors}
    error = missed["planted itemised-sum"]
    assert error.report == "free" and "【" in error.expected and error.found == ""
    assert error.place > 0


def test_progress_is_told_for_every_report_read():
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    clean = reports()[:2]
    planted = plant_errors(clean, 1)
    told: list[int] = []
    evaluate_planted(nlp, clean, clean, planted, told.append)
    assert sum(told) == len(clean) + len(planted)


def test_reports_without_any_place_have_no_share():
    bare = parse_report("---\nid: bare\n---\nPROACTIVE\t工作有序\n")
    nlp = spacy.blank("zh")
    assert plant_errors([bare], 3) == []
    assert [score.name for score in evaluate_planted(nlp, [bare], [bare], []).summary] == [FALSE, ALL]
