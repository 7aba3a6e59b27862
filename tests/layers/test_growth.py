"""Networks that grow: what they knew stays to the bit, and there is room for more."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from spacy.language import Language
from thinc.api import Model, fix_random_seed

from govner.layers.growth import grow_scores, know_more_bagged, know_more_embedded
from govner.layers.known_bag import Bags, KnownBag
from govner.layers.known_embed import KnownEmbed, salt, salted, set_known
from helpers import fit, make_example, make_pipeline

SOURCE = "META\t{AGENCY:青禾市水利局}年报\nPROACTIVE\t公开信息{COUNT:12件}。"
TEXT = "青禾市水利局年报\n公开信息12件。"


@pytest.fixture
def nlp() -> Language:
    nlp = make_pipeline("govner_paragraphs", "govner_entities", "govner_sections")
    fit(nlp, [make_example(nlp, SOURCE)], 20)
    return nlp


def embed() -> Model:
    fix_random_seed(0)
    layer = KnownEmbed(4, 2)
    set_known(layer, salted(np.array([[1, 2], [3, 2]], np.uint64)).ravel()[[0, 1, 2]])
    layer.initialize()
    layer.set_param("E", layer.get_param("E") + np.float32(0.5))
    return layer


@pytest.mark.parametrize(("component", "count"), [("govner_entities", 4), ("govner_sections", 2)])
def test_scores_and_moves_of_old_tags_stay_as_they_are(nlp: Language, component: str, count: int) -> None:
    model = nlp.get_pipe(component).model  # type: ignore[attr-defined]
    doc = nlp(TEXT)
    output, transitions = model.get_ref("output"), model.get_ref("transitions")
    [scores], moves = model.predict([doc]), transitions.get_param("W").copy()
    weights, bias = output.get_param("W").copy(), output.get_param("b").copy()
    before = len(bias)
    grow_scores(model, count)
    assert_array_equal(output.get_param("W")[:before], weights)
    assert_array_equal(output.get_param("b")[:before], bias)
    grown = transitions.get_param("W")
    assert grown.shape == (before + count + 2, before + count)
    assert_array_equal(grown[:before, :before], moves[:before])
    assert_array_equal(grown[-2:, :before], moves[-2:])
    [found] = model.predict([doc])
    assert_array_equal(found[:, :before], scores)
    assert (found[:, before:].max(axis=1) < scores.max(axis=1) - 3).all()
    assert model.get_ref("score").get_dim("nO") == before + count


def test_new_keys_begin_as_unknown_ones_of_their_column() -> None:
    layer = embed()
    keys = np.array([[1, 2], [3, 7], [8, 7], [9, 9]], np.uint64)
    before = layer.predict(keys)
    own = salted(keys)
    assert know_more_embedded(layer, [own[[0, 2], 0], own[[0, 1], 1]]) == 2
    assert_array_equal(layer.predict(keys), before)
    assert layer.get_param("E").shape == (2 + 3 + 2, 4)
    layer.get_param("E")[-1] += 1
    assert_allclose(layer.predict(keys) - before, np.repeat([[0], [1], [1], [0]], 4, axis=1), atol=1e-6)


def test_new_keys_of_bags_change_nothing_until_trained() -> None:
    layer = KnownBag(4, 2)
    set_known(layer, np.array([5, 6], np.uint64) ^ salt(0))
    layer.initialize()
    bags = Bags([np.array([5, 6, 7], np.uint64), np.array([7], np.uint64)], [np.array([3]), np.array([1])])
    [before] = layer.predict([bags])
    assert know_more_bagged(layer, np.array([5, 7], np.uint64) ^ salt(0)) == 1
    assert_allclose(layer.predict([bags])[0], before, rtol=1e-3)
    assert len(layer.get_param("E")) == 3
    layer.get_param("E")[-1] = [1, 2, 3, -6]
    assert np.abs(layer.predict([bags])[0] - before).max() > 0.1


def test_knowing_nothing_new_changes_nothing() -> None:
    layer = embed()
    table = layer.get_param("E").copy()
    known = salted(np.array([[1, 2]], np.uint64))
    assert know_more_embedded(layer, [known[:, 0], known[:, 1]]) == 0
    assert_array_equal(layer.get_param("E"), table)
