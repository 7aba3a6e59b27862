"""Draw what a corpus holds as bar charts."""

from __future__ import annotations

from pathlib import Path

from govner.corpus.front_matter import REGIONS
from govner.corpus.statistics import Statistics, facet_order
from govner.errors import InputError

_SHADES = ("#2f6f8f", "#8fb8c9", "#d9a441", "#999999")


def draw_charts(found: Statistics, directory: Path) -> list[Path]:
    """Draw a bar chart for each dimension: mentions, sections, and each facet of the reports.

    found (Statistics): The counts.
    directory (Path): Where the PNG files go; it is made if need be.
    RETURNS (list[Path]): The files: `corpus-mentions.png`, `corpus-sections.png`, `corpus-<facet>.png`.
    RAISES (InputError): They cannot be written, or matplotlib is not installed.
    """
    charts = {
        "mentions": ({label: _row(found, found.mentions, label) for label in found.entity_labels}, "mentions"),
        "sections": ({label: _row(found, found.sections, label) for label in found.section_labels}, "paragraphs"),
    }
    for facet, counts in found.facets.items():
        values = sorted({value for _, value in counts}, key=lambda value: facet_order(facet, value, found))
        # English names of the regions, because not every machine has a Chinese font.
        charts[facet] = ({REGIONS.get(value, value) or "-": _row(found, counts, value) for value in values}, "reports")
    written = []
    for name, (bars, unit) in charts.items():
        path = directory / f"corpus-{name}.png"
        _draw(bars, [split or "no split" for split in found.splits], f"{name}, {unit}", path)
        written.append(path)
    return written


def _row(found: Statistics, counts: dict[tuple[str, str], int], value: str) -> list[int]:
    return [counts.get((split, value), 0) for split in found.splits]


def _draw(bars: dict[str, list[int]], splits: list[str], title: str, path: Path) -> None:
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError:
        raise InputError("charts need matplotlib; install it with: pip install 'govner[train]'") from None
    figure = Figure(figsize=(7, 0.8 + 0.27 * len(bars)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    names = list(bars)
    left = [0] * len(names)
    for number, split in enumerate(splits):
        widths = [bars[name][number] for name in names]
        axes.barh(range(len(names)), widths, left=left, label=split, color=_SHADES[min(number, len(_SHADES) - 1)])
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for at, total in enumerate(left):
        axes.text(total, at, f" {total:,}", va="center", fontsize=8)
    axes.set_xlim(0, max(left, default=1) * 1.12)
    axes.set_title(title, loc="left")
    axes.legend(frameon=False, fontsize=8, loc="lower right")
    axes.spines[["top", "right"]].set_visible(False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # No date or version in the file: the same counts give the same bytes.
        figure.savefig(path, dpi=110, metadata={"Software": None})
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None
