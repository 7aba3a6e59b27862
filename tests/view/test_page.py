"""The page of a report: self-contained, safe, with all that the record has."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from govner import own_labels
from govner.errors import InputError
from govner.records.audit.decisions import decide, decisions_path, write_decisions
from govner.records.reading import record_of
from govner.scheme import SCHEME, Label, Scheme
from govner.view.labels import own_style
from govner.view.page import render_page
from govner.view.report import page_report
from helpers import entities, forked, succeed
from view_pages import report_source, tag, take_apart

TEXT = "沅陂县人民政府办公室\n一、概述\n全年主动公开政府信息1286条。\n"


def page_of(source: str, **options: Any) -> str:
    return render_page(page_report(tag(source, **options)))


def view(model: Path, out: Path, *files: Path) -> str:
    succeed(forked("view", model, *files, "--out", out))
    return out.read_text("utf8")


def test_page_is_self_contained_and_shows_mentions(small_model: Path, small_nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf8")
    page = take_apart(view(small_model, tmp_path / "new" / "page.html", path))
    assert all(link.startswith("#") for link in page.links)
    doc = small_nlp(TEXT)
    assert doc.ents
    assert page.marks == [(label, text) for text, label in entities(doc)]
    assert [text for text in page.paragraphs if text] == TEXT.splitlines()


@pytest.mark.parametrize(
    "attack",
    [
        "</p><script>alert(1)</script><img src=x onerror=alert(2)>&lt;公开12件",
        "<b>{{ 7 * 7 }}</b>{% raw %}",
        "</style></script><svg onload=alert(1)>",
        '" onmouseover="alert(1)',
    ],
)
def test_page_escapes_markup_of_the_report(attack: str) -> None:
    plain = page_of("OTHER\t公开。")
    source = page_of("OTHER\t" + attack.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}"))
    page = take_apart(source)
    assert page.scripts == take_apart(plain).scripts == 2
    assert page.paragraphs == [attack]
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_page_escapes_markup_of_names(small_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "<script>alert(3)<.txt"
    path.write_text(TEXT, "utf8")
    page = take_apart(view(small_model, tmp_path / "page.html", path))
    assert page.scripts == 2


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    page = take_apart(
        re.sub(r"https?:|//[a-z]|@import|url\(", "", page_of(f"OTHER\t公{escaped}开"), flags=re.IGNORECASE)
    )
    assert page.scripts == 2


def test_only_the_scripts_of_the_page_may_run_and_nothing_may_be_fetched() -> None:
    source = page_of(report_source())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None and "default-src &#39;none&#39;" in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert digest in policy[1].replace("&#43;", "+").replace("&#x2B;", "+")
    assert "青禾" not in "".join(scripts)


def test_uncertain_mentions_are_marked_and_counted() -> None:
    source = page_of(report_source(), uncertain=(0, 3))
    main = source[source.index("<main") : source.index("</main>")]
    assert main.count("data-low") == 2
    assert 'id="uncertain"' in source
    assert 'id="uncertain"' not in page_of(report_source())


def test_panel_has_what_the_record_has_with_its_passages() -> None:
    source = page_of(report_source())
    record = record_of(tag(report_source()))
    assert record.findings and record.citations and record.officials
    for finding in record.findings:
        for passage in finding.evidence:
            assert f'data-places="{passage.start}-{passage.end}"' in source
    panel = source[source.index("<aside") : source.index("</aside>")]
    for words in ("青禾市水务局", "2018", "骆庭舟", "主动公开总数", "1,286 条", "按渠道", "市级"):
        assert words in panel
    assert "<svg" in panel


def test_dismissed_findings_are_left_out_and_confirmed_ones_say_so(tmp_path: Path) -> None:
    tagged = tag(report_source(), str(tmp_path / "report.txt"))
    findings = record_of(tagged).findings
    assert len(findings) == 2
    write_decisions(
        decisions_path(tmp_path / "report.txt"), [decide(findings, 0, "dismissed"), decide(findings, 1, "confirmed")]
    )
    source = render_page(page_report(tagged))
    assert source.count('class="finding"') == 1 and '<span class="badge">confirmed</span>' in source
    decisions_path(tmp_path / "report.txt").write_text("no", "utf8")
    with pytest.raises(InputError, match="is not a list of decisions"):
        render_page(page_report(tagged))


def test_labels_of_ones_own_have_their_names_colours_and_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Scheme((Label("QUOTA", "places <offered>", "#f6cfa1"),), (Label("ADMISSION", "who is admitted", "#c9e4f2"),))
    monkeypatch.setattr(own_labels, "_adopted", own)
    page = page_of("META\t青禾市第一中学招生简章\nADMISSION\t招收{QUOTA:300名}新生。\n", scheme=SCHEME | own)
    assert take_apart(page).marks == [("QUOTA", "300名")]
    assert "mark.QUOTA { --back: #f6cfa1;" in page and 'content: "\\2060Q"' in page
    assert "places &lt;offered&gt;" in page and "ADMISSION" in page


def test_what_is_no_name_or_colour_gets_into_no_style(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = (Label("QUOTA", "", "red;} body {display: none"), Label("A{}</style>", "", "#f6cfa1"))
    monkeypatch.setattr(own_labels, "_adopted", Scheme(bad))
    assert own_style() == ""
