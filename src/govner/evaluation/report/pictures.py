"""Figures of matplotlib as files, and as SVG that takes the colours of the page around it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govner.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Colours of the light theme in `govner/view/base.css`, by the variable that a page has for each.
COLORS: Final = {
    "ink": "#20242a",
    "soft": "#565e68",
    "line": "#dedad0",
    "edge": "#7f858c",
    "chart-1": "#1c568f",
    "chart-2": "#c2562d",
}
_VARIABLES: Final = {color: f"var(--{name})" for name, color in COLORS.items()}


def require_matplotlib() -> None:
    """Raise InputError where matplotlib is not installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise InputError("plots need matplotlib; install it with: pip install 'govner[train]'") from None


def to_svg(figure: Figure, name: str, description: str) -> str:
    """Make a figure part of a page.

    figure (Figure): Drawn in colours of `COLORS`.
    name (str): What the ids in it begin with, so that those of several figures differ.
    description (str): What it shows, for those who do not see it.
    RETURNS (str): An `svg` element whose text is text, whose colours are variables of the page and which names nothing
        outside itself; the same for the same figure.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    FigureCanvasSVG(figure)
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    written = buffer.getvalue()
    before, _, rest = written[written.index("<svg") :].partition("<metadata>")
    opening, end, inner = (before + rest.partition("</metadata>")[2]).partition(">")
    # The figure's size is its shape, not its length on the page.
    opening = re.sub(r' (?:width|height)="[^"]*"', "", opening)
    svg = opening + end + inner
    # HTML knows these names.
    svg = re.sub(r' (?:xmlns(?::xlink)?|version)="[^"]*"', "", svg)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r"#[0-9a-f]{6}\b", lambda match: _VARIABLES.get(match[0], match[0]), svg)
    svg = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font: \1px var(--sans)", svg)
    return svg.replace("<svg", f'<svg class="plot" role="img" aria-label="{_escape(description)}"', 1)


def save_png(figure: Figure, path: Path) -> None:
    """Write a figure.

    figure (Figure): The figure.
    path (Path): A PNG file; its directory is made if need be.
    RAISES (InputError): It cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # No date or version in the file: the same figures give the same bytes.
        figure.savefig(path, dpi=144, facecolor="#ffffff", metadata={"Software": None})
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
