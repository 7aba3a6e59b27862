"""Why a pipeline tags a text as it does."""

import pytest
from spacy.language import Language

from govner.errors import InputError
from govner.evaluation.explanation import Explanation, explain
from govner.sections.features import FIELDS
from govner.tokens.characters import FEATURES
from helpers import entities, fit, make_example, make_pipeline

TEXT = "县档案馆收到申请12件。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = make_pipeline("govner_paragraphs", "govner_entities", "govner_sections")
    lessons = [
        "PROACTIVE\t{AGENCY:县档案馆}印发{DOCUMENT:《条例》}{COUNT:300份}。",
        "REQUESTS\t{AGENCY:县民政局}收到申请{COUNT:12件}。",
    ]
    fit(nlp, [make_example(nlp, lesson) for lesson in lessons], 12)
    return nlp


@pytest.fixture(scope="module")
def found(nlp: Language) -> Explanation:
    return explain(nlp, TEXT)


def test_each_token_has_the_probabilities_of_all_labels(nlp: Language, found: Explanation) -> None:
    assert "".join(token.text for token in found.tokens) == TEXT
    for token in found.tokens:
        assert {label for label, _ in token.probabilities} == {"O", *nlp.get_pipe("govner_entities").labels}
        assert sum(value for _, value in token.probabilities) == pytest.approx(1, abs=1e-6)
        values = [value for _, value in token.probabilities]
        assert values == sorted(values, reverse=True)


def test_mentions_are_those_of_the_pipeline_with_all_evidence(nlp: Language, found: Explanation) -> None:
    doc = nlp(TEXT)
    assert [(view.text, view.label) for view in found.mentions] == entities(doc)
    assert [view.probability for view in found.mentions] == doc.spans["mentions"].attrs["probability"]
    for view in found.mentions:
        assert {name for name, _ in view.evidence} == set(FEATURES)
        assert "".join(text for text, _ in view.context) in TEXT


def test_what_a_mention_is_made_of_counts(found: Explanation) -> None:
    count = next(view for view in found.mentions if view.label == "COUNT")
    by_token = dict(count.context)
    assert max(by_token["12"], by_token["件"]) > 1
    assert max(by_token["12"], by_token["件"]) > abs(by_token["县"])


def test_section_names_the_fields_that_speak_for_it(nlp: Language, found: Explanation) -> None:
    (view,) = found.sections
    doc = nlp(TEXT)
    assert view.label == doc.spans["sections"][0].label_
    assert view.probability == doc.spans["sections"].attrs["probability"][0]
    assert {name for name, _ in view.evidence} == set(FIELDS)
    assert any(lost > 0 for _, lost in view.evidence)


def test_text_of_several_lines_is_explained_too(nlp: Language) -> None:
    found = explain(nlp, f"{TEXT}\n{TEXT}")
    assert len(found.sections) == 2
    assert [view.text for view in found.mentions] == ["县档案馆", "12件"] * 2


def test_empty_text_and_foreign_pipelines_are_refused(nlp: Language) -> None:
    with pytest.raises(InputError, match="the text is empty; give a paragraph"):
        explain(nlp, " \n")
    with pytest.raises(InputError, match="has no govner_entities"):
        explain(make_pipeline("govner_paragraphs"), TEXT)
