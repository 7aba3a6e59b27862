"""One self-contained page of a report: text with coloured mentions, outline, record, findings."""

from __future__ import annotations

from typing import Final

from govner.view.record import make_panel
from govner.view.report import PageReport
from govner.view.templates import render

_STYLES: Final = ("report.css", "panel.css", "print.css")
_SCRIPTS: Final = ("places.js", "panels.js", "labels.js", "search.js", "passages.js", "tooltip.js", "keys.js")


def render_page(report: PageReport, home: str = "") -> str:
    """Render the page of a report.

    report (PageReport): As `page_report` makes it of a tagged report.
    home (str): Address of the index it belongs to, relative to the page; "" for a page of its own.
    RETURNS (str): HTML that needs no other file. Passages are addressed as #c120-145, characters 120 to 145.
    """
    return render("page.html", _STYLES, _SCRIPTS, report=report, panel=make_panel(report.record), home=home)
