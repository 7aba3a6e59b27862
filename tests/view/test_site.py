"""Many reports: pages, index, comparisons; names that stay inside; runs that go on as if never stopped."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine_runs import report_text, write_reports
from govner.errors import InputError
from govner.view.manifest import fingerprint
from govner.view.names import FileNames
from govner.view.site import Site
from helpers import forked, succeed
from view_pages import report_source, tag, take_apart

ABOUT = {"model": "none"}


def write_site(out: Path, stamps: dict[str, str], resume: bool = False, stop_after: int | None = None) -> Site:
    """Write pages of the reports of three years; perhaps stop before all are done."""
    site = Site(out, ABOUT, stamps, resume)
    todo = [path for path in stamps if path not in site.done]
    for path in todo[:stop_after]:
        year = int(Path(path).stem[-4:])
        site.close_file(path, stamps[path], [site.add(tag(report_source(year, 1000 + year), path))])
    if stop_after is None:
        site.finish()
    return site


def contents(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


@pytest.fixture
def stamps(tmp_path: Path) -> dict[str, str]:
    paths = [tmp_path / "in" / f"qinghe-{year}.txt" for year in (2016, 2017, 2018)]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(path.stem, "utf8")
    return {str(path): fingerprint(str(path)) for path in paths}


def test_index_has_a_row_a_report_and_links_that_lead_somewhere(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "out", stamps)
    for page in (tmp_path / "out").rglob("*.html"):
        for link in take_apart(page.read_text("utf8")).links:
            address = unquote(link.partition("#")[0])
            assert not address or (page.parent / address).is_file(), (page.name, link)
    index = (tmp_path / "out" / "index.html").read_text("utf8")
    assert index.count('<th scope="row"') == 3
    for words in ("青禾市水务局", "qinghe-2016.txt", "市级", "3,018", "warning"):
        assert words in index


def test_comparison_has_figures_by_year_and_what_is_repeated(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "out", stamps)
    [path] = (tmp_path / "out" / "bodies").iterdir()
    source = path.read_text("utf8")
    assert path.stem == "青禾市水务局"
    for words in ("3,016 条", "+1", "2016", "2018", "paragraphs stand in 2017 too", "polyline"):
        assert words in source
    assert re.search(r'href="\.\./pages/qinghe-2018\.html#c\d+-\d+"', source)


def test_a_run_that_goes_on_ends_as_one_that_was_never_stopped(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "whole", stamps)
    write_site(tmp_path / "out", stamps, stop_after=1)
    with pytest.raises(InputError, match="holds a run that was stopped; go on with --resume, or delete it"):
        write_site(tmp_path / "out", stamps)
    # The last line was being written.
    with (tmp_path / "out" / "manifest.jsonl").open("a", encoding="utf8") as file:
        file.write('{"file": "x')
    site = Site(tmp_path / "out", ABOUT, stamps, True)
    assert len(site.done) == 1
    write_site(tmp_path / "out", stamps, resume=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_changed_and_vanished_files_are_done_anew(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "out", stamps)
    changed, gone, *_ = stamps
    less = {path: stamp for path, stamp in stamps.items() if path != gone} | {changed: "other"}
    site = Site(tmp_path / "out", ABOUT, less, True)
    assert site.done == set(less) - {changed}
    names = {path.stem for path in (tmp_path / "out" / "pages").iterdir()}
    assert names == {Path(path).stem for path in site.done}


def test_another_run_and_foreign_files_are_left_alone(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "out", stamps, stop_after=1)
    with pytest.raises(InputError, match="holds a run with model 'none', not 'other'"):
        Site(tmp_path / "out", {"model": "other"}, stamps, True)
    mine = tmp_path / "mine" / "pages"
    mine.mkdir(parents=True)
    with pytest.raises(InputError, match="holds pages, which no run of this command wrote; choose another --out"):
        Site(tmp_path / "mine", ABOUT, stamps, False)
    (tmp_path / "mine" / "manifest.jsonl").write_text('{"run": {"task": "tag"}}\n', "utf8")
    with pytest.raises(InputError, match="is no manifest of pages; delete the directory or choose another --out"):
        Site(tmp_path / "mine", ABOUT, stamps, False)
    assert not list(mine.iterdir())


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path, stamps: dict[str, str]) -> None:
    write_site(tmp_path / "out", stamps)
    manifest = tmp_path / "out" / "manifest.jsonl"
    manifest.write_text(
        manifest.read_text("utf8").replace('"page": "qinghe-2016"', '"page": "../../in/qinghe"'), "utf8"
    )
    with pytest.raises(InputError, match="is no manifest of pages"):
        Site(tmp_path / "out", ABOUT, {}, False)


@given(
    st.lists(
        st.one_of(st.text(), st.sampled_from(["..", "CON", "a/b", "A", "a", "x" * 300, "青" * 300, "a.."])), max_size=8
    )
)
def test_names_stay_inside_and_differ(words: list[str]) -> None:
    names = FileNames()
    made = [names.make(one) for one in words]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert name.strip(".") and not set(name) & set('/\\:*?"<>|\n\0') and len(name.encode()) <= 230
        assert name.casefold() not in ("con", "nul", ".", "..")


def test_command_writes_a_site_and_goes_on(small_model: Path, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 3)
    (reports / "bad.pdf").write_bytes(b"%PDF-1.4\n\x00")
    done = forked("view", small_model, reports, "--out", tmp_path / "out")
    assert done.returncode == 2 and "bad.pdf: is not a PDF" in done.stderr
    assert "3 pages, index: " in done.stdout
    before = contents(tmp_path / "out")
    (reports / "bad.pdf").unlink()
    # What was written is no report, also if it lies among them.
    assert "3 pages" in succeed(forked("view", small_model, tmp_path, "--out", tmp_path / "out" / "again"))
    assert "3 pages" in succeed(forked("view", small_model, reports, "--out", tmp_path / "out", "--resume"))
    assert {name: data for name, data in contents(tmp_path / "out").items() if not name.startswith("again")} == before


def test_one_page_of_several_reports_is_an_index_with_pages_beside_it(small_model: Path, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", 2)
    succeed(forked("view", small_model, reports, "--out", tmp_path / "all.html"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.html", "all_files", "in"]
    page = take_apart((tmp_path / "all.html").read_text("utf8"))
    assert all((tmp_path / unquote(link)).is_file() for link in page.links if not link.startswith("#"))
    inner = take_apart(next((tmp_path / "all_files" / "pages").iterdir()).read_text("utf8"))
    assert "../../all.html" in inner.links


def test_rows_have_pages_of_their_own_and_ids_cannot_leave_the_directory(small_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "in" / "rows.jsonl"
    source.parent.mkdir()
    ids = ["../../evil", "/etc/evil", "..", "<b>", "CON"]
    source.write_text("".join(json.dumps({"id": id, "text": report_text(1)}) + "\n" for id in ids), "utf8")
    succeed(forked("view", small_model, source, "--out", tmp_path / "deep" / "out"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "in"]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["out"]
    assert len(list((tmp_path / "deep" / "out" / "pages").glob("*.html"))) == len(ids)
