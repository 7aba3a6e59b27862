"""Varying annotated reports: what each variation changes, and that the annotation survives it."""

import random
import re
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from govner.corpus.augment.edits import apply_edits
from govner.corpus.augment.names import exchange_places, make_name
from govner.corpus.augment.variations import VARIATIONS, vary
from govner.corpus.convert import doc_to_report
from govner.corpus.inline import Paragraph, Report, parse_report
from govner.corpus.reader import report_to_doc
from govner.data import load_list
from govner.errors import InputError
from govner.scheme import SECTIONS_KEY
from govner.tokens.tokenizer import CharacterTokenizer
from strategies import reports

VOCAB = Vocab()
REPORT = parse_report(
    "META\t{AGENCY:青禾县档案局}2021年报告\n"
    "OVERVIEW\t青禾依{DOCUMENT:《青禾县公开办法（试行）》}（{DOCUMENT:青政办发〔2021〕17号}）办事，{OFFICIAL:林青禾}与{OFFICIAL:周远}主持。\n"
    "PLATFORM\t{CHANNEL:青禾县政府网站}发布{COUNT:30条}，{OFFICIAL:林青禾}审核，共3.5万字\n"
    "PLATFORM\t栏目 | {CHANNEL:公示栏} | {COUNT:12条}\n"
    "PLATFORM\t为方便群众查阅，全县各乡镇便民服务中心都备有公开指南和目录的纸质文本，来人可以随时翻看，也可以请工作人员代为查找、复印。\n"
)
# With something for every variation.
RICH = Report(
    [
        *REPORT.paragraphs,
        *parse_report("PLATFORM\t由{AGENCY:县委}{AGENCY:法规宣传科}在“{CHANNEL:政策解读}”答复").paragraphs,
    ]
)
SEEDS = st.integers(0, 2**32)


def gold(report: Report = REPORT) -> Doc:
    return report_to_doc(report, VOCAB)


def varied(name: str, seed: int = 0, report: Report = REPORT) -> Doc:
    return vary(gold(report), [name], Random(seed))


def mentions(doc: Doc, label: str = "") -> list[str]:
    return [span.text for span in doc.ents if label in ("", span.label_)]


def sections(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[SECTIONS_KEY]]


@st.composite
def real_like_reports(draw: st.DrawFn) -> Report:
    """Lines of a real-looking report in any order, among arbitrary ones."""
    lines = draw(st.permutations(REPORT.paragraphs))
    return Report([*draw(reports()).paragraphs, *lines[: draw(st.integers(0, len(lines)))]])


@pytest.mark.parametrize("name", VARIATIONS)
@given(real_like_reports(), SEEDS)
def test_edits_of_a_variation_cross_no_border_of_a_mention_and_put_no_line_end_into_one(
    name: str, report: Report, seed: int
) -> None:
    doc = gold(report)
    edits = sorted(VARIATIONS[name](doc, Random(seed)))
    assert all(one.end <= other.start for one, other in pairwise(edits))
    for span in doc.ents:
        for edit in edits:
            inside = span.start_char <= edit.start and edit.end <= span.end_char
            outside = edit.end <= span.start_char or span.end_char <= edit.start
            assert inside or outside
            assert "\n" not in edit.text or outside


@pytest.mark.parametrize("name", VARIATIONS)
@given(real_like_reports(), SEEDS)
def test_variation_keeps_every_mention_and_adds_those_it_says(name: str, report: Report, seed: int) -> None:
    doc = gold(report)
    new = varied(name, seed, report)
    kept = [(span.start_char, span.label_, span) for span in doc.ents]
    edits = VARIATIONS[name](doc, Random(seed))
    brought = [(edit.start, label, None) for edit in edits for _, _, label in edit.mentions]
    # What is put in between two mentions stands before the second.
    expected = sorted(kept + brought, key=lambda item: (item[0], item[2] is not None))
    assert [span.label_ for span in new.ents] == [label for _, label, _ in expected]
    for (_, _, old), span in zip(expected, new.ents, strict=True):
        if old is None:
            continue
        assert span.text
        if not (old.text[0].isspace() or old.text[-1].isspace()):
            assert span.text == span.text.strip()
    # Every line has one section, and no mention crosses a line end.
    back = doc_to_report(new)
    assert [m.label for p in back.paragraphs for m in p.mentions] == [span.label_ for span in new.ents]
    labels = [label for _, label in sections(new) if label != "NOISE"]
    assert set(labels) <= {p.section for p in report.paragraphs}


@pytest.mark.parametrize("name", VARIATIONS)
def test_variation_changes_a_report_and_does_the_same_for_the_same_seed(name: str) -> None:
    texts = [varied(name, seed, RICH).text for seed in range(20)]
    assert texts == [varied(name, seed, RICH).text for seed in range(20)]
    assert any(text != RICH.text for text in texts)


@given(SEEDS)
def test_place_gets_the_same_new_name_everywhere_but_in_names_of_persons(seed: int) -> None:
    doc = varied("places", seed)
    new = mentions(doc)[0].removesuffix("县档案局")
    assert doc.text == REPORT.text.replace("林青禾", "＊").replace("青禾", new).replace("＊", "林青禾")
    assert mentions(doc)[1] == f"《{new}县公开办法（试行）》"
    assert any(place.startswith(new) for place in load_list("places"))


@pytest.mark.parametrize("level", "省市县区州盟旗镇乡")
def test_there_is_a_new_name_for_places_of_every_level(level: str) -> None:
    edits = exchange_places(gold(parse_report(f"META\t{{AGENCY:青禾{level}档案局}}")), Random(0))
    assert [(edit.start, edit.end) for edit in edits] == [(0, 2)]
    assert edits[0].text


@pytest.mark.parametrize("body", ["省政府", "县档案局", "全县档案局", "教育部"])
def test_body_without_a_place_in_its_name_is_left_alone(body: str) -> None:
    assert exchange_places(gold(parse_report(f"META\t{{AGENCY:{body}}}")), Random(0)) == []


def test_place_that_crosses_the_border_of_a_mention_is_left_alone() -> None:
    doc = gold(parse_report("META\t{AGENCY:青禾县局}与甲青{CHANNEL:禾网}"))
    assert [(edit.start, edit.end) for edit in exchange_places(doc, Random(0))] == [(0, 2)]


@given(SEEDS)
def test_person_gets_the_same_new_name_everywhere(seed: int) -> None:
    doc = varied("persons", seed)
    first, other, again = mentions(doc, "OFFICIAL")
    assert first == again
    assert [text for text in mentions(doc) if text not in (first, other)] == [
        text for text in mentions(gold()) if text not in ("林青禾", "周远")
    ]


def is_han_name(name: str) -> bool:
    plain = re.sub(r"\s", "", name)
    given_names = load_list("given_names")
    return any(
        plain.startswith(surname) and all(char in given_names for char in plain[len(surname) :])
        for surname in load_list("surnames")
        if 1 <= len(plain) - len(surname) <= 2
    )


@given(SEEDS)
def test_made_up_name_is_a_surname_and_one_or_two_characters_or_one_of_another_people(seed: int) -> None:
    name = make_name(Random(seed))
    parts = {entry.rstrip("·+") for entry in load_list("minority_names")}
    pieces = name.split("·") if "·" in name else [name]
    joined = any(name[:cut] in parts and name[cut:] in parts for cut in range(1, len(name)))
    assert is_han_name(name) or joined or set(pieces) <= parts
    assert name == name.strip()


def test_made_up_names_vary_in_kind_and_some_have_a_space() -> None:
    rng = Random(0)
    names = [make_name(rng) for _ in range(1000)]
    shapes = Counter(
        "spaced" if re.search(r"\s", name) else "dotted" if "·" in name else str(len(name)) for name in names
    )
    assert shapes["3"] > shapes["2"] > shapes["spaced"] > 0
    assert 0 < shapes["dotted"] < 100


def test_office_is_exchanged_for_one_of_its_kind_in_agencies_and_channels_alike() -> None:
    report = parse_report("META\t{AGENCY:青禾县水利局}办{CHANNEL:县水利局网站}，{AGENCY:县政府}水利局")
    agency, channel, other = mentions(varied("offices", 1, report))
    assert agency.removeprefix("青禾县") == channel.removeprefix("县").removesuffix("网站")
    assert agency != "青禾县水利局"
    assert agency.endswith("局")
    assert other == "县政府"


def test_level_of_short_forms_is_exchanged_alike_and_names_stay() -> None:
    report = parse_report(
        "OVERVIEW\t{AGENCY:市委}{AGENCY:市政府}、{AGENCY:市卫生局}、{AGENCY:市场监管局}、{AGENCY:青禾市教育局}在全市{CHANNEL:市政府网站}公开\n"
    )
    found = {tuple(mentions(varied("levels", seed, report))) for seed in range(40)}
    assert ("州委", "州政府", "州卫生局", "市场监管局", "青禾市教育局", "州政府网站") in found
    assert any(names[0] == "地委" and names[1] in ("行署", "地区行署", "行政公署") for names in found)
    assert all("全市" not in varied("levels", seed, report).text for seed in range(5))


@pytest.mark.parametrize("name", ["市政科", "市监局", "县域办", "区划科", "区块办", "市容局"])
def test_a_character_that_names_no_level_stays(name: str) -> None:
    report = parse_report(f"OVERVIEW\t{{AGENCY:{name}}}与{{CHANNEL:市长信箱}}\n")
    found = {tuple(mentions(varied("levels", seed, report))) for seed in range(40)}
    assert {agency for agency, _ in found} == {name}
    assert {"市长信箱", "县长信箱", "州长信箱"} <= {channel for _, channel in found}
    assert not any(channel.startswith("地") for _, channel in found)


def test_names_are_said_again_among_other_words() -> None:
    report = parse_report("OVERVIEW\t{AGENCY:青禾县档案局}与{OFFICIAL:林青禾}在{CHANNEL:公示栏}公开。\n" * 5)
    before = Counter((span.text, span.label_) for span in gold(report).ents)
    added: Counter[tuple[str, str]] = Counter()
    for seed in range(60):
        doc = varied("contexts", seed, report)
        added += Counter((span.text, span.label_) for span in doc.ents) - before
    # Short names of channels can be something else among other words.
    assert set(added) == {("青禾县档案局", "AGENCY"), ("林青禾", "OFFICIAL")}


def test_long_titles_are_exchanged_and_aliases_stay() -> None:
    report = parse_report("META\t依{DOCUMENT:《青禾县政府信息公开办法》}和{DOCUMENT:《条例》}")
    title, alias = mentions(varied("titles", 1, report))
    assert title[1:-1] in load_list("titles")
    assert alias == "《条例》"


def test_numbers_in_counts_keep_about_their_size_and_others_stay() -> None:
    report = parse_report("FEES\t2015年{COUNT:1024件}、{COUNT:3.5万字}、{COUNT:5件}")
    for seed in range(30):
        doc = varied("numbers", seed, report)
        assert doc.text.startswith("2015年")
        big, decimal, small = mentions(doc)
        assert re.fullmatch(r"[1-9]\d{2,3}件", big)
        assert decimal == "3.5万字"
        assert re.fullmatch(r"[1-9]件", small)


def test_document_number_keeps_its_digits_and_issuer_whatever_its_brackets() -> None:
    found = {mentions(varied("document_numbers", seed))[2] for seed in range(60)}
    assert len(found) > 8
    for number in found:
        assert re.sub(r"\W", "", number).removesuffix("号") == "青政办发202117"


def test_title_marks_are_exchanged_and_at_most_one_is_lost() -> None:
    found = {mentions(varied("title_marks", seed))[1] for seed in range(60)}
    assert {"<<青禾县公开办法（试行）>>", "〈青禾县公开办法（试行）〉"} <= found
    assert "青禾县公开办法（试行）" not in found


def test_typing_errors_spare_persons_counts_and_line_ends() -> None:
    for seed in range(30):
        doc = varied("typing_errors", seed)
        assert mentions(doc, "OFFICIAL") == mentions(gold(), "OFFICIAL")
        assert mentions(doc, "COUNT") == mentions(gold(), "COUNT")
        assert doc.text.count("\n") == REPORT.text.count("\n")


def test_punctuation_becomes_half_width_full_width_or_mixed() -> None:
    full = "，：；（）！？"
    counts = Counter(sum(varied("punctuation", seed).text.count(mark) for mark in full) for seed in range(40))
    assert counts[0] > 0
    assert len(counts) > 3
    half = parse_report("META\t一是公开,二是解读;时间12:30(周三)")
    assert "一是公开，二是解读；时间12:30（周三）" in {varied("punctuation", seed, half).text for seed in range(20)}


def test_numbers_get_spaces_that_stay_outside_mentions() -> None:
    doc = varied("digit_spaces")
    assert doc.text.split("\n")[0] == "青禾县档案局 2021 年报告"
    assert doc.text.split("\n")[2] == "青禾县政府网站发布 30 条，林青禾审核，共 3.5 万字"
    assert mentions(doc, "COUNT") == ["30 条", "12 条"]


def test_table_gets_other_borders_or_a_line_a_cell() -> None:
    found = {tuple(text for text, _ in sections(varied("tables", seed))[3:-1]) for seed in range(20)}
    assert ("栏目", "公示栏", "12条") in found
    assert ("栏目 公示栏 12条",) in found


def test_lines_of_one_section_are_joined_and_of_two_are_not() -> None:
    for seed in range(20):
        lines = sections(varied("join_lines", seed))
        assert lines[:2] == sections(gold())[:2]
        assert [label for _, label in lines].count("PLATFORM") in (1, 2, 3)
    assert min(len(sections(varied("join_lines", seed))) for seed in range(20)) == 3


def test_long_lines_are_broken_outside_mentions_and_page_numbers_are_noise() -> None:
    long = "为方便群众查阅，" * 60
    report = parse_report(f"FEES\t{long}")
    found = [sections(varied("break_lines", seed, report)) for seed in range(20)]
    assert any(("NOISE" in dict.fromkeys(label for _, label in lines)) for lines in found)
    for lines in found:
        assert "".join(text for text, label in lines if label == "FEES") == long
        assert all(len(text) < 12 for text, label in lines if label == "NOISE")


def test_furniture_stands_around_the_report_as_noise() -> None:
    for seed in range(20):
        lines = sections(varied("furniture", seed))
        assert [line for line in lines if line[1] != "NOISE"] == sections(gold())
    assert any(sections(varied("furniture", seed))[0][1] == "NOISE" for seed in range(20))


@pytest.mark.parametrize("name", ["spam", "symbols"])
def test_injected_text_stays_outside_mentions(name: str) -> None:
    for seed in range(20):
        assert mentions(varied(name, seed)) == mentions(gold())


def test_masks_hide_digits_of_counts_but_not_their_measure_words() -> None:
    counts = {text for seed in range(80) for text in mentions(varied("masks", seed), "COUNT")}
    assert {"30条", "12条"} < counts
    assert all(re.fullmatch(r"(\d+|\*+)条", text) for text in counts)


def test_traditional_script_keeps_every_offset() -> None:
    doc = varied("traditional")
    assert doc.text.startswith("青禾縣檔案局2021年報告")
    assert [(span.start, span.end) for span in doc.ents] == [(span.start, span.end) for span in gold().ents]


def test_pinyin_stands_in_brackets_behind_each_character_of_some_lines() -> None:
    found = "\n".join(varied("pinyin", seed).text for seed in range(20))
    assert "档(dàng)案(àn)局(jú)2021年(nián)报(bào)告(gào)" in found or "档（dàng）案（àn）局（jú）2021" in found
    assert any("档(dàng)案(àn)局(jú)" in text for seed in range(30) for text in mentions(varied("pinyin", seed)))


def augmenter(**rates: float):  # type: ignore[no-untyped-def]
    return registry.augmenters.get("govner.vary_reports.v1")(rates=rates)


@given(SEEDS)
def test_augmented_example_has_the_same_text_on_both_sides(seed: int) -> None:
    random.seed(seed)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    example = Example(nlp.make_doc(REPORT.text), report_to_doc(REPORT, nlp.vocab))
    (new,) = augmenter(**dict.fromkeys(VARIATIONS, 0.3))(nlp, example)
    assert new.predicted.text == new.reference.text
    labels = Counter(span.label_ for span in new.reference.ents)
    assert not Counter(m.label for m in REPORT.mentions()) - labels


def test_training_seed_decides_what_varies() -> None:
    nlp = spacy.blank("zh")

    def draw(seed: int) -> list[str]:
        random.seed(seed)
        vary_reports = augmenter(places=0.5, spam=0.5)
        example = Example(nlp.make_doc(REPORT.text), gold())
        return [next(vary_reports(nlp, example)).reference.text for _ in range(10)]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


def test_rate_of_zero_leaves_the_example_alone() -> None:
    nlp = spacy.blank("zh")
    example = Example(nlp.make_doc(REPORT.text), report_to_doc(REPORT, nlp.vocab))
    assert list(augmenter(places=0.0)(nlp, example)) == [example]


def test_unknown_variation_and_rate_outside_0_to_1_are_refused() -> None:
    with pytest.raises(InputError, match="no variation 'place'; use places, persons"):
        augmenter(place=0.5)
    with pytest.raises(InputError, match="rate of 'places' is 5"):
        augmenter(places=5)
    with pytest.raises(InputError, match="no variation"):
        vary(gold(), ["place"], Random(0))


def test_report_without_anything_to_vary_comes_back_as_it_is() -> None:
    doc = gold(Report([Paragraph("META", "。")]))
    assert vary(doc, ["places", "persons", "tables"], Random(0)) is doc


def test_applying_all_variations_together_keeps_the_mentions() -> None:
    for seed in range(20):
        doc = vary(gold(), list(VARIATIONS), Random(seed))
        kept, found = Counter(m.label for m in REPORT.mentions()), Counter(span.label_ for span in doc.ents)
        assert not kept - found
        assert set(found - kept) <= {"DOCUMENT", "AGENCY", "CHANNEL", "OFFICIAL"}
        assert apply_edits(doc, []).text == doc.text
