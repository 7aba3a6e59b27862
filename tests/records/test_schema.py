"""Parts made from values known to be valid are what their constructors make."""

from typing import Any

import pytest

from govner.records.schema import BodyMention, Cell, Citation, Evidence, MentionPart, Official, maker
from govner.records.source import Source

PASSAGE = Evidence(start=3, end=5, text="公开")
PARTS = (
    PASSAGE,
    MentionPart(label="AGENCY", probability=0.5, section="META", evidence=PASSAGE),
    BodyMention(name=None, evidence=PASSAGE),
    Official(name="林青禾", evidence=(PASSAGE,)),
    Citation(title="临川县办法", mentions=(PASSAGE,)),
    Cell(row="new", column="total", raw="", kind="blank"),
)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_a_made_part_is_equal_to_a_checked_one(part: Any) -> None:
    made = maker(type(part))(dict(part.__dict__))
    assert made == part and hash(made) == hash(part)
    assert made.model_dump_json() == part.model_dump_json()
    assert type(part).model_validate_json(made.model_dump_json()) == made
    assert made.model_copy(deep=True) == part


def test_a_copy_of_a_made_part_leaves_the_fields_of_others_alone() -> None:
    make = maker(Evidence)
    first = make({"start": 0, "end": 1, "text": "a"})
    first.model_copy(update={"text": "b"}).model_fields_set.add("other")
    assert make({"start": 0, "end": 1, "text": "a"}).model_fields_set == {"start", "end", "text"}


def test_a_passage_is_one_object_however_often_it_is_asked_for() -> None:
    source = Source("青禾县水务局", (), ())
    assert source.evidence(0, 3) is source.evidence(0, 3)
    assert source.evidence(0, 3) == Evidence(start=0, end=3, text="青禾县")
