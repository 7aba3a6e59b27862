"""What the package registers with spaCy by entry point."""

import sys
from importlib.metadata import EntryPoint, distribution
from pathlib import Path

import pytest
from spacy import displacy
from spacy.language import Language
from spacy.util import registry

from govner.scheme import DISPLACY_COLORS
from helpers import ROOT, run, succeed

REGISTERED = {
    "spacy_architectures": [
        "govner.CharacterEmbed.v2",
        "govner.CharacterTagger.v2",
        "govner.DilatedWindowEncoder.v1",
        "govner.ParagraphTagger.v2",
    ],
    "spacy_augmenters": ["govner.vary_reports.v1"],
    "spacy_callbacks": ["govner.describe_model.v1", "govner.extend_pipeline.v1"],
    "spacy_displacy_colors": ["govner"],
    "spacy_factories": ["govner_entities", "govner_paragraphs", "govner_sections"],
    "spacy_loggers": ["govner.ProgressLogger.v1"],
    "spacy_misc": ["govner.SegmenterPath.v1"],
    "spacy_readers": ["govner.InlineCorpus.v1", "govner.InlineParagraphs.v1", "govner.RehearsedCorpus.v1"],
    "spacy_scorers": ["govner.sections_scorer.v1"],
    "spacy_tokenizers": ["govner.CharacterTokenizer.v1"],
}
ENTRY_POINTS = [point for point in distribution("govner").entry_points if point.group.startswith("spacy_")]


def test_entry_points_are_the_pinned_ones() -> None:
    found: dict[str, list[str]] = {}
    for point in sorted(ENTRY_POINTS):
        found.setdefault(point.group, []).append(point.name)
    assert found == REGISTERED


@pytest.mark.parametrize("point", ENTRY_POINTS, ids=lambda point: point.name)
def test_entry_point_loads_and_is_what_spacy_finds(point: EntryPoint) -> None:
    loaded = point.load()
    kind = point.group.removeprefix("spacy_")
    if kind == "factories":
        assert Language.has_factory(point.name)
    else:
        found = getattr(registry, kind).get(point.name)
        assert found == loaded if kind == "displacy_colors" else found is loaded


@pytest.mark.parametrize("name", [name for names in REGISTERED.values() for name in names])
def test_registered_name_is_used_by_a_config_or_a_test(name: str) -> None:
    places = [*(ROOT / "configs").glob("*.cfg"), *(ROOT / "src").rglob("*.cfg"), *(ROOT / "tests").rglob("test_*.py")]
    used = [path for path in places if path != Path(__file__) and f'"{name}"' in path.read_text("utf8")]
    assert used or name == "govner"


def test_displacy_draws_our_labels_in_our_colours(small_nlp: Language) -> None:
    """Uses the entry point `govner` of the displaCy colours."""
    doc = small_nlp("全年主动公开政府信息1286条。")
    assert {span.label_ for span in doc.ents} == {"COUNT"}
    assert DISPLACY_COLORS["COUNT"] in displacy.render(doc, style="ent", jupyter=False)


def test_saved_pipeline_loads_with_only_spacy_imported(small_model: Path, small_nlp: Language) -> None:
    text = "全年主动公开政府信息1286条。"
    code = f"""
import sys, spacy
assert not [name for name in sys.modules if name.split(".")[0] == "govner"]
nlp = spacy.load({str(small_model)!r})
doc = nlp({text!r})
print(nlp.pipe_names, [span.text for span in doc.ents], [span.label_ for span in doc.spans["sections"]])
"""
    out = succeed(run(sys.executable, "-I", "-c", code))
    doc = small_nlp(text)
    sections = [span.label_ for span in doc.spans["sections"]]
    assert out == f"['govner_paragraphs', 'govner_entities', 'govner_sections'] ['1286条'] {sections}\n"
