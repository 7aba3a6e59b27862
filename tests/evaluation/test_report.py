"""The page of an evaluation, and its plots."""

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import html

from evaluation.made_evaluations import Made, make_evaluation
from govner.errors import InputError
from govner.evaluation.comparison import compare
from govner.evaluation.report.page import Results, draw_plots, find_breakdowns, render_report, write_plots
from govner.evaluation.report.pictures import COLORS, save_png, to_svg
from govner.evaluation.report.plots import draw_breakdown, draw_scores
from helpers import ROOT

EVIL = "<script>alert(1)</script>"
TEXT = f"青禾县公开3件\n{EVIL}&amp;𠮷局"
END = len(TEXT)
META = {"id": EVIL, "issuer": "</script><b>", "year": "2016", "form": EVIL, "level": "county"}
SECTIONS = [(0, 7, "PROACTIVE"), (8, END, "NOISE")]
GOLD = [(0, 3, "AGENCY"), (8, 8 + len(EVIL), "CHANNEL"), (END - 2, END, "AGENCY")]


def made(*guesses: tuple[int, int, str], sections: list[tuple[int, int, str]] = SECTIONS) -> Made:
    return (TEXT, GOLD, guesses, SECTIONS, sections, META)


def results(against: bool = False) -> Results:
    """One report whose every part tries to be markup; two pipelines where wanted."""
    evaluation = make_evaluation(
        made((0, 2, "AGENCY"), (5, 7, "COUNT"), sections=[(0, 7, "PROACTIVE"), (8, END, "META")])
    )
    found = Results(EVIL, EVIL, evaluation, find_breakdowns(evaluation, ["form", "level", "period"]))
    if against:
        found.other_model, found.other = "</style>", make_evaluation(made((0, 2, "CHANNEL"), GOLD[1]))
        found.comparison = compare(evaluation, found.other)
    return found


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "against another"])
def page(request: pytest.FixtureRequest) -> str:
    found = results(request.param)
    return render_report(found, draw_plots(found))


def data_of(page: str) -> Any:
    (script,) = html.fromstring(page).xpath("//script[@id='data']")
    return json.loads(script.text)


def test_page_is_html_without_fault(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)
    ids = html.fromstring(page).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_nothing_in_reports_becomes_markup(page: str) -> None:
    assert EVIL not in page
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("//b[not(parent::p)]") == []
    assert tree.xpath("string(//h1)") == EVIL
    assert data_of(page)["reports"] == [{"id": EVIL, "about": f"</script><b> · 2016 · county · {EVIL}", "text": TEXT}]


def test_page_needs_nothing_from_outside(page: str) -> None:
    assert not re.search(r"https?://|@import|url\((?!#)", page)
    assert html.fromstring(page).xpath("//@src | //link | //object | //iframe") == []
    assert all(link.startswith("#") for link in html.fromstring(page).xpath("//@href"))


def test_every_reference_inside_the_page_has_its_target(page: str) -> None:
    tree = html.fromstring(page)
    ids = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//@href")} <= ids
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= ids
    assert set(re.findall(r'xlink:href="#([^"]*)"', page)) <= ids


def test_errors_are_in_the_data_with_their_characters() -> None:
    found = results()
    errors = data_of(render_report(found, {}))["errors"]
    assert [(one["kind"], TEXT[one["start"] : one["end"]], one["gold"], one["predicted"]) for one in errors] == [
        ("boundary", "青禾县", "AGENCY", "AGENCY"),
        ("spurious", "3件", "", "COUNT"),
        ("missed", EVIL, "CHANNEL", ""),
        ("missed", "𠮷局", "AGENCY", ""),
        ("section", TEXT[8:], "NOISE", "META"),
    ]
    assert errors[0]["read"] == "青禾"


def test_errors_of_two_pipelines_say_who_makes_them() -> None:
    found = results(True)
    errors = data_of(render_report(found, {}))["errors"]
    assert [(one["kind"], one["by"], one.get("other")) for one in errors] == [
        ("boundary", "both", ["CHANNEL", "青禾"]),
        ("spurious", "first", None),
        ("missed", "first", None),
        ("missed", "both", None),
        ("section", "first", None),
    ]


def test_tables_have_captions_and_scoped_headers_and_say_the_scores(page: str) -> None:
    tree = html.fromstring(page)
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption"))
    assert tree.xpath("//th[not(@scope)]") == []
    row = tree.xpath("//section[@id='scores']//tr[th='AGENCY']")[0].text_content()
    assert re.search(r"AGENCY\s*0\.000\s*0\.000–0\.000\s*0\.000\s*0\.000\s*2\s*$", row)
    assert tree.xpath("//section[@id='confusion']//a[@data-gold='CHANNEL'][@data-predicted='missed']/text()") == ["1"]
    assert set(tree.xpath("//*[local-name()='svg']/@role")) == {"img"}
    assert all(tree.xpath("//*[local-name()='svg']/@aria-label"))


def test_comparison_is_there_with_two_pipelines_alone() -> None:
    alone, both = (html.fromstring(render_report(found, {})) for found in (results(), results(True)))
    assert alone.xpath("//section[@id='comparison'] | //select[@name='by']") == []
    (row,) = both.xpath("//section[@id='comparison']//tr[th='CHANNEL']")
    # A finds none; B the one there is and another, which is F1 2/3.
    assert row.xpath("td")[0].text_content().startswith("−0.667")


def test_same_evaluation_gives_the_same_page() -> None:
    pages = set()
    for _ in range(2):
        found = results(True)
        pages.add(render_report(found, draw_scores(found.models)))
    assert len(pages) == 1


def test_plots_are_written_as_png(tmp_path: Path) -> None:
    written = write_plots(draw_plots(results(True)), tmp_path / "plots")
    assert [path.name for path in written] == [
        "entities.png",
        "sections.png",
        "differences.png",
        "breakdown-form.png",
        "breakdown-level.png",
        "breakdown-period.png",
        "calibration.png",
        "confusion-mentions.png",
        "confusion-sections.png",
    ]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)


def test_plots_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("", "utf8")
    with pytest.raises(InputError, match=r"entities\.png: cannot be written"):
        save_png(draw_plots(results())["entities"].figure, occupied / "entities.png")


def test_values_in_chinese_are_drawn_with_english_names_or_not_at_all() -> None:
    evaluation = results().evaluation
    plot = draw_breakdown("region", {"广西": evaluation, "": evaluation})
    assert plot is not None
    assert "Guangxi (1)" in to_svg(plot.figure, "plot", plot.description)
    assert draw_breakdown("issuer", {"青禾县水利局": evaluation}) is None


def test_value_with_the_signs_of_a_formula_is_drawn_as_it_stands() -> None:
    plot = draw_breakdown("price", {r"$\frac": results().evaluation, "$a$": results().evaluation})
    assert plot is not None
    assert "$a$ (1)" in to_svg(plot.figure, "plot", plot.description)


def test_colours_of_plots_are_those_of_the_pages() -> None:
    style = (ROOT / "src" / "govner" / "view" / "base.css").read_text("utf8")
    light = style[: style.index("@media")]
    for name, color in COLORS.items():
        assert f"--{name}: {color};" in light
    svg = to_svg(draw_plots(results())["entities"].figure, "plot", "scores")
    assert not set(re.findall(r"#[0-9a-f]{6}\b", svg)) & set(COLORS.values())


def test_gold_without_sections_has_a_page() -> None:
    evaluation = make_evaluation(("青禾县", [(0, 3, "AGENCY")], [(0, 3, "AGENCY")], [], [], {}))
    found = Results("Evaluation", "model", evaluation, {})
    page = render_report(found, draw_plots(found))
    html5lib.HTMLParser(strict=True).parse(page)
    assert data_of(page) == {"reports": [], "errors": []}
    assert "macro F1" not in page
