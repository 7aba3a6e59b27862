"""New tags are trained alone: they learn, and the old ones are not touched."""

from typing import Any

import pytest
from numpy.testing import assert_array_equal
from spacy.training import Example

from govner.training.head_start import train_new_tags
from helpers import fit, make_example, make_pipeline

OLD = "META\t{AGENCY:青禾市水利局}年报\nPROACTIVE\t公开信息{COUNT:12件}。"
TEXT = "招收240人。"


def test_new_tags_learn_and_old_ones_stay() -> None:
    nlp = make_pipeline("govner_entities")
    example = make_example(nlp, OLD)
    fit(nlp, [example], 20)
    component: Any = nlp.get_pipe("govner_entities")
    before = len(component.tags)
    component.add_label("QUOTA")
    gold = nlp.make_doc(TEXT)
    gold.set_ents([gold.char_span(2, 6, "QUOTA")])
    examples = [Example(nlp.make_doc(TEXT), gold), example]
    component.add_features(examples, 1)
    kept = {
        (layer.id, name): layer.get_param(name).copy() for layer in component.model.walk() for name in layer.param_names
    }
    train_new_tags(component, before, lambda: examples, 10, 60)
    for layer in component.model.walk():
        for name in layer.param_names:
            value, old = layer.get_param(name), kept[layer.id, name]
            if layer is component.model.get_ref("output"):
                assert_array_equal(value[:before], old[:before])
                assert (value[before:] != old[before:]).any()
            elif layer is component.model.get_ref("transitions"):
                assert_array_equal(value[:before, :before], old[:before, :before])
                assert_array_equal(value[-2:, :before], old[-2:, :before])
            else:
                assert_array_equal(value, old)
            assert not layer.has_grad(name) or not layer.get_grad(name).any()
    assert [(span.text, span.label_) for span in nlp(TEXT).ents] == [("240人", "QUOTA")]
    assert [span.text for span in nlp(example.text).ents] == ["青禾市水利局", "12件"]


@pytest.mark.parametrize("words", [1, 1_000])
def test_few_examples_are_read_over_and_over(words: int) -> None:
    nlp = make_pipeline("govner_entities")
    example = make_example(nlp, OLD)
    fit(nlp, [example], 2)
    component: Any = nlp.get_pipe("govner_entities")
    before = len(component.tags)
    component.add_label("QUOTA")
    readings = 0

    def read() -> list[Example]:
        nonlocal readings
        readings += 1
        return [example]

    train_new_tags(component, before, read, words, 5)
    assert readings == 5


def test_nothing_to_read_ends_the_head_start() -> None:
    nlp = make_pipeline("govner_entities")
    fit(nlp, [make_example(nlp, OLD)], 2)
    component: Any = nlp.get_pipe("govner_entities")
    before = len(component.tags)
    component.add_label("QUOTA")
    bias = component.model.get_ref("output").get_param("b").copy()
    train_new_tags(component, before, lambda: [], 10, 5)
    assert_array_equal(component.model.get_ref("output").get_param("b"), bias)
