"""`govner_entities` in a pipeline."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from govner.corpus.inline import read_report
from govner.entities.component import CHUNK
from govner.entities.embedding import character_embed
from govner.errors import InputError
from govner.scheme import ENTITY_LABELS, MENTIONS_KEY
from govner.tokens.characters import FEATURES
from helpers import CORPUS, all_annotations, annotations, entities, fit, loss_of, make_example, make_pipeline
from strategies import any_texts, texts

COMPONENT = "govner_entities"
LESSONS = [
    "ORGANIZATION\t{AGENCY:沅陂县人民政府}成立领导小组，县长{OFFICIAL:匡雪松}任组长。\nREQUESTS\t收到申请{COUNT:12件}。",
    "PROACTIVE\t{AGENCY:县档案馆}印发{DOCUMENT:《条例》}{COUNT:300份}，由{OFFICIAL:段月华}负责。",
    "PLATFORM\t通过{CHANNEL:县政府门户网站}公开{COUNT:96条}，通过{CHANNEL:公示栏}公开{COUNT:8条}。",
]
TEXT = "沅陂县人民政府成立领导小组，县长匡雪松任组长。\n收到申请12件。"


@pytest.fixture(scope="module")
def losses() -> list[float]:
    return []


@pytest.fixture(scope="module")
def nlp(losses: list[float]) -> Language:
    """A recogniser that has learnt the lessons by heart."""
    nlp = make_pipeline(COMPONENT)
    losses += fit(nlp, [make_example(nlp, lesson) for lesson in LESSONS], 60)
    return nlp


def test_loaded_pipeline_can_go_on_learning(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    example = make_example(loaded, LESSONS[0].replace("县人民政府", "县人民政(zhèng)府(fǔ)"))
    losses = loaded.get_pipe(COMPONENT).update([example], sgd=loaded.resume_training())  # type: ignore[attr-defined]
    assert 0 <= losses[COMPONENT] < 50


def test_features_can_be_left_out_by_name() -> None:
    known = character_embed(8, 0.0, ["trigram", "position"]).get_ref("known")
    assert known.attrs["left_out"] == [FEATURES.index("trigram"), FEATURES.index("position")]
    with pytest.raises(InputError, match="no feature 'colour' to leave out; use char, left bigram, "):
        character_embed(8, 0.0, ["colour"])


def test_sounds_in_brackets_change_no_mention(nlp: Language) -> None:
    doc = nlp(TEXT.replace("政府", "政(zhèng)府(fǔ)").replace("件", "件(jiàn)"))
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("沅陂县人民政(zhèng)府(fǔ)", "AGENCY"),
        ("匡雪松", "OFFICIAL"),
        ("12件(jiàn)", "COUNT"),
    ]


def test_use_before_initialization_says_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"'govner_entities' could not be run.*initialize\(\)"):
        make_pipeline(COMPONENT)(TEXT)


def test_a_few_examples_are_learnt_by_heart(nlp: Language, losses: list[float]) -> None:
    assert losses[-1] < losses[0] / 20
    for lesson in LESSONS:
        reference = make_example(nlp, lesson).reference
        assert entities(nlp(reference.text)) == entities(reference)


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\r\n　\n"])
def test_text_without_characters_has_no_mention(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert entities(doc) == []
    assert dict(doc.spans[MENTIONS_KEY].attrs) == {"probability": []}


def test_single_line_gets_its_mentions(nlp: Language) -> None:
    assert entities(nlp("收到申请12件。")) == [("12件", "COUNT")]


def test_empty_documents_among_others_change_nothing(nlp: Language) -> None:
    assert all_annotations(nlp.pipe(["", TEXT, "\n", TEXT, ""])) == [
        annotations(nlp(text)) for text in ("", TEXT, "\n", TEXT, "")
    ]


def test_mentions_group_holds_the_entities_with_probabilities(nlp: Language) -> None:
    doc = nlp(TEXT)
    group = doc.spans[MENTIONS_KEY]
    assert [(span.start, span.end, span.label_) for span in group] == [
        (span.start, span.end, span.label_) for span in doc.ents
    ]
    assert len(group.attrs["probability"]) == len(doc.ents) == 3
    assert all(0.5 < value <= 1 for value in group.attrs["probability"])


@given(any_texts | texts)
def test_any_text_is_kept_and_its_mentions_are_flat_and_within_lines(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    probabilities = doc.spans[MENTIONS_KEY].attrs["probability"]
    assert len(probabilities) == len(doc.ents)
    assert all(0 <= value <= 1 for value in probabilities)
    assert all(span.text.strip() and "\n" not in span.text and span.label_ in ENTITY_LABELS for span in doc.ents)
    assert all(before.end <= after.start for before, after in pairwise(doc.ents))


def test_mention_broken_by_a_line_end_is_never_joined(nlp: Language) -> None:
    for span in nlp(TEXT).ents:
        for cut in range(span.start_char + 1, span.end_char):
            broken = nlp(TEXT[:cut] + "\n" + TEXT[cut:])
            assert all("\n" not in found.text for found in broken.ents)


def test_document_longer_than_a_chunk_has_mentions_everywhere(nlp: Language) -> None:
    lines = 3 * CHUNK // len(TEXT)
    doc = nlp("\n".join([TEXT] * lines))
    assert len(doc) > 2 * CHUNK
    assert entities(doc) == lines * entities(nlp(TEXT))


def test_line_longer_than_a_chunk_has_mentions_on_both_sides_of_the_cut(nlp: Language) -> None:
    sentence = "收到申请12件。"
    doc = nlp(sentence * (2 * CHUNK // len(nlp.make_doc(sentence))))
    assert "\n" not in doc.text and len(doc) > CHUNK
    starts = [span.start for span in doc.ents]
    assert starts[0] < 10 and starts[-1] > len(doc) - 10
    # The cut may cost the mention it goes through, nothing else.
    assert len(starts) >= doc.text.count("12件") - 2
    assert {span.text for span in doc.ents if not CHUNK - 10 < span.start < CHUNK + 10} == {"12件"}


def test_training_on_a_document_longer_than_a_chunk_lowers_the_loss() -> None:
    nlp = make_pipeline(COMPONENT)
    losses = fit(nlp, [make_example(nlp, "\n".join(LESSONS * 40))], 6)
    assert len(make_example(nlp, "\n".join(LESSONS * 40)).predicted) > CHUNK
    assert losses[-1] < losses[0] / 2


def test_results_survive_disk_and_bytes(nlp: Language, tmp_path: Path) -> None:
    expected = annotations(nlp(TEXT))
    nlp.to_disk(tmp_path)
    assert annotations(spacy.load(tmp_path)(TEXT)) == expected
    assert annotations(make_pipeline(COMPONENT).from_bytes(nlp.to_bytes())(TEXT)) == expected


def test_loading_replaces_the_labels_of_another_model(nlp: Language) -> None:
    other = make_pipeline(COMPONENT)
    doc = other.make_doc("甲乙丙丁戊")
    doc.set_ents([Span(doc, at, at + 1, label) for at, label in enumerate(("NAME", "PLACE", "THING", "DAY", "WORD"))])
    fit(other, [Example(other.make_doc(doc.text), doc)], 1)
    assert other.get_pipe(COMPONENT).labels != nlp.get_pipe(COMPONENT).labels
    other(TEXT)
    other.get_pipe(COMPONENT).from_bytes(nlp.get_pipe(COMPONENT).to_bytes())
    assert annotations(other(TEXT)) == annotations(nlp(TEXT))


def test_processes_give_the_same_mentions(nlp: Language) -> None:
    sources = [read_report(path).text for path in sorted(CORPUS.glob("*.txt"))]
    alone = all_annotations(nlp.pipe(sources))
    assert all_annotations(nlp.pipe(sources, n_process=2, batch_size=2)) == alone
    assert any(found["spans"][MENTIONS_KEY]["attrs"]["probability"] for found in alone)


def test_labels_are_those_of_the_examples(nlp: Language) -> None:
    assert nlp.get_pipe(COMPONENT).labels == tuple(sorted(ENTITY_LABELS))
    assert nlp.get_pipe(COMPONENT).label_data == tuple(sorted(ENTITY_LABELS))


def test_label_added_before_initialization_is_kept() -> None:
    nlp = make_pipeline(COMPONENT)
    component = nlp.get_pipe(COMPONENT)
    assert component.add_label("CHANNEL") == 1
    assert component.add_label("CHANNEL") == 0
    fit(nlp, [make_example(nlp, LESSONS[0])], 1)
    assert component.labels == ("CHANNEL", "AGENCY", "COUNT", "OFFICIAL")
    nlp(TEXT)


def test_label_added_after_training_changes_nothing_until_it_is_learnt() -> None:
    nlp = make_pipeline(COMPONENT)
    fit(nlp, [make_example(nlp, source) for source in LESSONS], 30)
    component: Any = nlp.get_pipe(COMPONENT)
    texts = [make_example(nlp, source).reference.text for source in LESSONS]
    before, labels = all_annotations(nlp.pipe(texts)), component.labels
    assert component.add_label("COUNT") == 0
    assert component.add_label("QUOTA") == 1
    assert component.labels == (*labels, "QUOTA")
    for found, expected in zip(all_annotations(nlp.pipe(texts)), before, strict=True):
        assert found["ents"] == expected["ents"]
    doc = nlp.make_doc("招收240人，男生80人。")
    gold = doc.copy()
    gold.set_ents([gold.char_span(2, 6, "QUOTA"), gold.char_span(9, 12, "QUOTA")])
    examples = [Example(doc, gold), *(make_example(nlp, source) for source in LESSONS)]
    assert component.add_features(examples, 1) > 0
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = 0.01
    for _ in range(40):
        nlp.update(examples, sgd=optimizer, drop=0.1)
    assert entities(nlp("招收240人，男生80人。")) == [("240人", "QUOTA"), ("80人", "QUOTA")]
    assert [found["ents"] for found in all_annotations(nlp.pipe(texts))] == [found["ents"] for found in before]


def test_examples_without_mentions_train_a_model_without_labels() -> None:
    nlp = make_pipeline(COMPONENT)
    losses = fit(nlp, [make_example(nlp, "OTHER\t无其他事项。")], 2)
    assert np.isfinite(losses).all()
    assert entities(nlp(TEXT)) == []


def test_gold_tokenized_otherwise_trains_the_same(nlp: Language) -> None:
    reference = make_example(nlp, LESSONS[0]).reference
    words = [
        "沅陂县",
        "人民政府",
        "成立领导小组",
        "，",
        "县长",
        "匡雪松",
        "任组长",
        "。",
        "\n",
        "收到",
        "申请",
        "12",
        "件",
        "。",
    ]
    coarse = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    coarse.ents = [coarse.char_span(span.start_char, span.end_char, span.label_) for span in reference.ents]
    predicted = nlp.make_doc(reference.text)
    assert len(coarse.ents) == len(reference.ents)
    assert loss_of(nlp, predicted, coarse) == pytest.approx(loss_of(nlp, predicted, reference))


def test_mention_whose_border_a_token_crosses_counts_as_unknown(nlp: Language) -> None:
    """All tags of its tokens are right, so that a line of nothing else costs nothing."""
    crossed = make_example(nlp, "REQUESTS\t1{COUNT:2件}")
    bare = make_example(nlp, "REQUESTS\t12件")
    assert [token.text for token in crossed.predicted] == ["12", "件"]
    assert loss_of(nlp, crossed.predicted, crossed.reference) == pytest.approx(0, abs=1e-6)
    assert loss_of(nlp, bare.predicted, bare.reference) > 0.01


def test_training_goes_on_where_tokens_cross_mentions() -> None:
    nlp = make_pipeline(COMPONENT)
    crossed = make_example(nlp, "REQUESTS\t收到申请1{COUNT:2件}。\nREQUESTS\t收到申请{COUNT:15件}。")
    losses = fit(nlp, [crossed], 40)
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0] / 5
    assert ("15件", "COUNT") in entities(nlp("收到申请15件。"))


def test_pipeline_on_words_trains_and_tags(nlp: Language) -> None:
    """Tokens need not be characters; a mention that the words cross is given up, the others are learnt."""
    reference = make_example(nlp, LESSONS[2]).reference
    words = ["通过", "县政府", "门户网站", "公开", "96", "条", "，", "通过公示", "栏", "公开", "8", "条", "。"]
    example = Example(Doc(nlp.vocab, words=words, spaces=[False] * len(words)), reference)
    on_words = make_pipeline(COMPONENT)
    losses = fit(on_words, [example], 40)
    assert losses[-1] < losses[0] / 5
    doc = on_words.get_pipe(COMPONENT)(Doc(on_words.vocab, words=words, spaces=[False] * len(words)))
    assert {("96条", "COUNT"), ("8条", "COUNT")} <= set(entities(doc))
    assert ("公示栏", "CHANNEL") not in entities(doc)


def test_update_of_empty_documents_costs_nothing(nlp: Language) -> None:
    empty = nlp.make_doc("")
    newlines = nlp.make_doc("\n\n")
    assert loss_of(nlp, empty, empty) == 0
    assert loss_of(nlp, newlines, newlines) == 0
