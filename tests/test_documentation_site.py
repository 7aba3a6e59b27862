"""The site's own code: docstrings as tables, links from places in the repository, the page of the command line."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import griffe
import pytest

from helpers import ROOT

ITEMS = ("parameters", "attributes", "returns", "yields", "raises")


@pytest.fixture(scope="module")
def hooks() -> Iterator[Path]:
    """The directory of the site's code, where Python finds it."""
    path = ROOT / "docs" / "hooks"
    sys.path.append(str(path))
    yield path
    sys.path.remove(str(path))


@pytest.fixture(scope="module")
def docstrings(hooks: Path) -> ModuleType:
    return import_module("docstrings")


@pytest.fixture(scope="module")
def pages(hooks: Path) -> ModuleType:
    return import_module("pages")


def test_docstrings_become_those_of_google(docstrings: ModuleType) -> None:
    docstring = (
        "Read.\n\nMore.\n\npath (Path | None): A file,\n    or none.\n**rest (Any): What is left.\n"
        "RETURNS (dict): It.\nRAISES (InputError): There is none.\nRAISES (TypeError): Both."
    )
    assert docstrings.to_google_style(docstring).splitlines() == [
        "Read.",
        "",
        "More.",
        "",
        "Args:",
        "    path (Path | None): A file,",
        "        or none.",
        "    **rest (Any): What is left.",
        "",
        "Returns:",
        "    dict: It.",
        "",
        "Raises:",
        "    InputError: There is none.",
        "    TypeError: Both.",
    ]


def test_prose_stays_as_it_is(docstrings: ModuleType) -> None:
    docstring = "Say (in words): nothing.\n\n1. First (of all)\n2. then.\n"
    assert docstrings.to_google_style(docstring) == docstring.rstrip("\n")


def test_every_line_of_our_docstrings_is_in_a_table(docstrings: ModuleType) -> None:
    """What griffe makes of all docstrings of the package has as many items as they have lines of our style."""
    package = griffe.load("govner", search_paths=[ROOT / "src"], allow_inspection=False)
    found = 0
    for one in objects_of(package):
        if one.docstring is None:
            continue
        written = sum(docstrings.ENTRY.fullmatch(line) is not None for line in one.docstring.value.splitlines())
        text = docstrings.to_google_style(one.docstring.value)
        sections = griffe.Docstring(text, parent=one).parse("google", warnings=False)
        read = sum(len(section.value) for section in sections if section.kind.value in ITEMS)
        # A few have sections of Google's style beside ours.
        assert read >= written, f"{one.path}\n{text}"
        found += written
    assert found > 500


def objects_of(parent: griffe.Object) -> Iterator[griffe.Object]:
    for member in parent.members.values():
        if isinstance(member, griffe.Object):
            yield member
            yield from objects_of(member)


def test_links_between_places_become_links_of_the_site(pages: ModuleType) -> None:
    page = "[a](../corpus/GUIDELINES.md#4-sections) [b](audit.md) ![c](page.png) [d](https://example.org/x.md)"
    assert pages.link_to_site(page, "docs/records.md") == (
        "[a](corpus/guidelines.md#4-sections) [b](audit.md) ![c](page.png) [d](https://example.org/x.md)"
    )
    assert pages.link_to_site("[g](GUIDELINES.md) [c](../docs/models.md)", "corpus/README.md") == (
        "[g](guidelines.md) [c](../models.md)"
    )


def test_a_link_to_what_the_site_has_not_is_text_and_one_to_nothing_stays(pages: ModuleType) -> None:
    page = "[the plan](plan.csv) [gone](gone.csv)\n\n```text\n[code](plan.csv)\n```\n"
    assert (
        pages.link_to_site(page, "corpus/README.md") == "the plan [gone](gone.csv)\n\n```text\n[code](plan.csv)\n```\n"
    )


def test_every_page_from_elsewhere_is_there(pages: ModuleType) -> None:
    assert [place for place in pages.INCLUDED if not (ROOT / place).is_file()] == []


def test_the_page_of_the_command_line_has_every_option_and_whole_sentences(pages: ModuleType) -> None:
    page = pages.command_line()
    assert "## `govner records`" in page and "### `govner corpus convert`" in page
    assert "`-p, --processes <int range>" in page
    assert "..." not in "".join(line for line in page.splitlines() if line.startswith("* [`"))
