"""Made-up document numbers in the place of those a report has."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.corpus.augment.codes import exchange_codes, make_number
from govner.corpus.augment.edits import apply_edits
from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc

SOURCE = (
    "PREAMBLE\t根据{DOCUMENT:《沅陂县信息公开办法》}和{DOCUMENT:沅政办发〔2017〕12号}编制，由{AGENCY:县档案馆}印{COUNT:300份}。\n"
    "META\t按照{DOCUMENT:国务院令第711号}公开"
)


def varied(seed: int) -> Doc:
    doc = report_to_doc(parse_report(SOURCE), Vocab())
    return apply_edits(doc, exchange_codes(doc, Random(seed)))


@given(st.integers(0, 2**32))
def test_numbers_are_exchanged_whole_and_all_else_stays(seed: int) -> None:
    doc = varied(seed)
    mentions = [(span.text, span.label_) for span in doc.ents]
    assert mentions[0] == ("《沅陂县信息公开办法》", "DOCUMENT")
    others = [item for item in mentions if item[1] != "DOCUMENT"]
    # A clause may follow that cites another body's document.
    assert others[:2] == [("县档案馆", "AGENCY"), ("300份", "COUNT")]
    assert {label for _, label in others[2:]} <= {"AGENCY"}
    assert mentions[-1][0] != "国务院令第711号"
    assert doc.text.endswith(mentions[-1][0] + "公开")
    assert len(doc.spans["sections"]) == 2


def test_titles_get_numbers_and_leading_words_change_at_times() -> None:
    docs = [varied(seed) for seed in range(60)]
    added = [doc for doc in docs if len(doc.ents) == 6]
    assert 2 < len(added) < 30
    assert all(doc.ents[1].label_ == "DOCUMENT" and doc.ents[1].text[0] not in "（( " for doc in added)
    assert any("\n按照" not in doc.text for doc in docs) and any("\n按照" in doc.text for doc in docs)


@given(st.integers(0, 2**32))
def test_made_up_number_has_digits_and_neither_line_end_nor_outer_space(seed: int) -> None:
    number = make_number(Random(seed))
    assert any(char.isdigit() or char in "一二三四五六七八九十" for char in number)
    assert number == number.strip() and "\n" not in number


def test_most_shapes_of_numbers_are_made() -> None:
    rng = Random(0)
    numbers = [make_number(rng) for _ in range(3000)]
    for part in ("〔", "[", "（", "【", "﹝", "令第", "号令", "公告", "文件", "政办", "国办发", "第0", "】"):
        assert any(part in number for number in numbers), part
    assert 0.01 < sum(not number.endswith(("号", "令")) for number in numbers) / len(numbers) < 0.12
