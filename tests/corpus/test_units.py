"""Other names for inner units, accounts and columns."""

from random import Random

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.corpus.augment.edits import apply_edits
from govner.corpus.augment.units import exchange_accounts, exchange_units
from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc


def gold(source: str) -> Doc:
    return report_to_doc(parse_report(source), Vocab())


@pytest.mark.parametrize(
    ("unit", "kept"),
    [
        ("法规宣传科", ("", "科")),
        ("市规划局用地科", ("市规划局", "科")),
        ("市不动产登记中心", ("市", "中心")),
    ],
)
def test_field_of_work_of_a_unit_is_exchanged(unit: str, kept: tuple[str, str]) -> None:
    doc = gold(f"ORGANIZATION\t由{{AGENCY:{unit}}}承办，{{AGENCY:{unit}}}负责")
    new = apply_edits(doc, exchange_units(doc, Random(3)))
    first, second = (span.text for span in new.ents)
    assert first == second != unit
    assert first.startswith(kept[0]) and first.endswith(kept[1])
    assert new.text == doc.text.replace(unit, first)


@pytest.mark.parametrize("body", ["县人民政府办公室", "政务公开领导小组", "香泾街道办事处", "县档案局", "省政府"])
def test_other_bodies_keep_their_names(body: str) -> None:
    doc = gold(f"ORGANIZATION\t由{{AGENCY:{body}}}承办")
    assert exchange_units(doc, Random(0)) == []


def test_names_in_marks_are_exchanged_and_the_marks_stay() -> None:
    doc = gold(
        "PLATFORM\t设“{CHANNEL:政策解读}”，用{CHANNEL:微信公众号“青苗在线”}、{CHANNEL:公示栏}，再看“{CHANNEL:政策解读}”"
    )
    new = apply_edits(doc, exchange_accounts(doc, Random(5)))
    column, account, board, again = (span.text for span in new.ents)
    assert column == again != "政策解读"
    assert account.startswith("微信公众号“") and account.endswith("”") and account != "微信公众号“青苗在线”"
    assert board == "公示栏"
    assert new.text == doc.text.replace("政策解读", column).replace("微信公众号“青苗在线”", account)
