"""What the site has beside the pages in docs/: pages that live elsewhere in the repository, and the command line's.

Pages link to files by their place in the repository, so that links hold wherever the sources are read; here they are
made links of the site. A link to a file that is not part of the site becomes plain text, and one to no file at all an
error of the strict build.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from typer.cli import get_docs_for_click

from govner.cli import app

ROOT: Final = Path(__file__).resolve().parents[2]

# Pages of the site by their place in the repository.
INCLUDED: Final = {
    "corpus/README.md": "corpus/index.md",
    "corpus/GUIDELINES.md": "corpus/guidelines.md",
    "corpus/RECORDS.md": "corpus/records.md",
    "training/RESULTS.md": "training/results.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
_PLACES: Final = {site: place for place, site in INCLUDED.items()}
_COMMAND_LINE: Final = "reference/command-line.md"

_LINK: Final = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")
_CODE: Final = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_FETCHED: Final = re.compile(
    r"<(?:script|img|iframe|link(?=[^>]*stylesheet))[^>]*(?:src|href)=[\"']?(?:https?:)?//[^\s>]+"
)
# What the theme's scripts load only on pages that ask for it (diagrams), or where pages are opened as files (search).
_LOADED: Final = re.compile(r"https://unpkg\.com/[\w@./-]+")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add pages and pictures from elsewhere in the repository, and the page of the command line."""
    pictures = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "training").glob("*.png")}
    for site, path in {**{site: ROOT / place for place, site in INCLUDED.items()}, **pictures}.items():
        files.append(File.generated(config, site, abs_src_path=str(path)))
    files.append(File.generated(config, _COMMAND_LINE, content=command_line()))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make links between places of the repository links of the site."""
    site = page.file.src_uri
    return markdown if site == _COMMAND_LINE else link_to_site(markdown, _PLACES.get(site, f"docs/{site}"))


def on_post_build(*, config: MkDocsConfig) -> None:
    """Raise PluginError if a page would fetch anything from elsewhere."""
    for path in Path(config.site_dir).rglob("*.html"):
        if found := _FETCHED.search(path.read_text("utf8")):
            raise PluginError(f"{path}: fetches from elsewhere: {found[0]}")
    for path in Path(config.site_dir).rglob("*.js"):
        script = path.read_text("utf8")
        if _LOADED.search(script):
            path.write_text(_LOADED.sub("data:text/javascript,", script), "utf8")


def command_line() -> str:
    """The page of the command line, from the help of its commands."""
    command = typer.main.get_command(app)
    page = get_docs_for_click(obj=command, ctx=typer.Context(command), name="govner", title="Command line")
    # Lists of commands have the beginning of their help: the first line whole, and a link.
    for name, one in _commands(command, "govner"):
        summary = (one.help or "").partition("\n")[0]
        anchor = name.replace(" ", "-")
        page = re.sub(rf"^\* `{re.escape(one.name)}`: .*$", f"* [`{one.name}`](#{anchor}): {summary}", page, flags=re.M)
    # Brackets of defaults are no links.
    return re.sub(r"\[((?:default|required|env var)[^\]]*)\]", r"(\1)", page)


def _commands(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The commands of a group and of those in it, each with its full name."""
    for command in getattr(group, "commands", {}).values():
        full_name = f"{name} {command.name}"
        yield full_name, command
        yield from _commands(command, full_name)


def link_to_site(markdown: str, place: str) -> str:
    """Make links between places of the repository links of the site.

    markdown (str): A page.
    place (str): Where it stands in the repository.
    RETURNS (str): The page for the site.
    """
    here = PurePosixPath(_site_of(place)).parent

    def link(match: re.Match[str]) -> str:
        target = os.path.normpath(PurePosixPath(place).parent / match["target"])
        site = _site_of(target)
        if site:
            return f"{match['image']}[{match['text']}]({os.path.relpath(site, here)}{match['anchor'] or ''})"
        return match["text"] if (ROOT / target).exists() else match[0]

    parts = _CODE.split(markdown)
    parts[::2] = [_LINK.sub(link, part) for part in parts[::2]]
    return "".join(parts)


def _site_of(place: str) -> str:
    """Where a file of the repository stands in the site; empty if it is no part of it."""
    if place in ("README.md", "README.zh.md"):
        return "index.md"
    if place.startswith("docs/") and (ROOT / place).is_file():
        return place.removeprefix("docs/")
    if re.fullmatch(r"training/[\w.-]+\.png", place):
        return place
    return INCLUDED.get(place, "")
