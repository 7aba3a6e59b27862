"""Write a model card (Mitchell et al. 2019) from a model's metadata and its measured figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from govner.errors import InputError
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, with_others

_USE: Final = """\
## Intended use

To find what government information-disclosure reports (政府信息公开工作年度报告) and their kin (work plans, guides,
notices) say: bodies, officials, cited documents, counts and channels, and which part of the report each paragraph
belongs to, as a step towards counting and comparing. The probabilities tell which results to check by eye. It is not
meant for other genres, for judging persons or bodies, or for decisions about them.
"""
_LIMITS: Final = """\
## Limits

- It learned from invented reports: issuers and persons in the corpus are made up. Real reports differ, and it does
  worse on them; score it on annotated reports of your own before you rely on it.
- CHANNEL is the hardest label: whether 网站 or 媒体 is a means of publishing or only spoken of is a matter of
  reading.
- A heading that is misread takes what stands under it along; in plans (实施方案) and guides this happens most.
- Mentions are marked, not resolved: two names of one body stay two.
"""


def model_card(meta: dict[str, Any], scores: dict[str, dict[str, Any]], speed: dict[str, Any] | None, plot: str) -> str:
    """Write the card.

    meta (dict): The pipeline's `meta.json`.
    scores (dict): For each set of reports, by name, what `govner evaluate --output` wrote.
    speed (dict | None): What `govner benchmark --output` wrote.
    plot (str): Where the calibration plot lies, seen from the card; empty for none.
    RETURNS (str): Markdown.
    """
    name = f"{meta['lang']}_{meta['name']}"
    parts = [
        f"# {name} {meta['version']}\n",
        f"{meta.get('description', '')}. Licence: {meta.get('license', '')}.\n",
        _USE,
    ]
    parts += ["## Data\n", "\n".join(_data(meta)) + "\n", "## Scores\n", "\n".join(_scores(scores)) + "\n"]
    parts += ["## Calibration\n", "\n".join(_calibration(scores)) + "\n"]
    if plot:
        parts.append(f"![Share right by probability]({plot})\n")
    if speed is not None:
        parts += ["## Speed\n", "\n".join(_speed(speed)) + "\n"]
    return "\n".join([*parts, _LIMITS])


def draw_calibration(scores: dict[str, dict[str, Any]], path: Path) -> None:
    """Draw the share right over the probability, by set of reports, for mentions and for sections.

    scores (dict): As in `model_card`.
    path (Path): A PNG file.
    RAISES (InputError): It cannot be written, or matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("the plot needs matplotlib; install it with: pip install 'govner[train]'") from None
    figure = Figure(figsize=(8, 4), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, kind in zip(figure.subplots(1, 2), ("mentions", "sections"), strict=True):
        axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8)
        for name, found in scores.items():
            bins = found.get("calibration", {}).get(kind, {}).get("bins", [])
            axes.plot([b["probability"] for b in bins], [b["right"] for b in bins], marker="o", label=name)
        axes.set(title=kind, xlabel="probability", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
        axes.legend(frameon=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=110, metadata={"Software": None})
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None


def _data(meta: dict[str, Any]) -> Iterator[str]:
    corpus = meta.get("corpus", {})
    yield f"{corpus.get('description', 'Not described')}; licence CC BY 4.0.\n"
    yield "| split | reports | characters | mentions |"
    yield "|---|---:|---:|---:|"
    for split, counts in corpus.get("splits", {}).items():
        yield f"| {split} | {counts['reports']:,} | {counts['characters']:,} | {counts['mentions']:,} |"


def _scores(scores: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "Strict F1 (exact span and label) for mentions; for sections, by paragraph, on predicted paragraphs. In"
    yield "brackets 95 % intervals (bootstrap).\n"
    yield f"| | {' | '.join(scores)} |"
    yield f"|---|{'---|' * len(scores)}"
    for label in _all_labels(("ALL", *ENTITY_LABELS), "entities", scores):
        row = [_cell(found["entities"].get(label), "f") for found in scores.values()]
        yield f"| {'entities, all' if label == 'ALL' else label} | {' | '.join(row)} |"
    for key, title in (("sections_accuracy", "sections, accuracy"), ("sections_macro_f", "sections, macro F1")):
        yield f"| {title} | {' | '.join(_cell(found.get(key), 'value') for found in scores.values())} |"
    for label in _all_labels(SECTION_LABELS, "sections", scores):
        row = [_cell(found["sections"].get(label), "f") for found in scores.values()]
        yield f"| {label} | {' | '.join(row)} |"


def _all_labels(known: tuple[str, ...], kind: str, scores: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Labels that we know, and others that were scored."""
    return with_others(known, (label for found in scores.values() for label in found[kind]))


def _cell(score: dict[str, Any] | None, key: str) -> str:
    if not score:
        return "–"
    low, high = score["interval"]
    return f"{score[key]:.3f} ({low:.3f}–{high:.3f})"


def _calibration(scores: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "Expected calibration error: how far the probabilities are from the share that is right, on average.\n"
    yield "| | mentions | sections |"
    yield "|---|---:|---:|"
    for name, found in scores.items():
        errors = found.get("calibration", {})
        cells = [f"{errors[kind]['error']:.3f}" if kind in errors else "–" for kind in ("mentions", "sections")]
        yield f"| {name} | {' | '.join(cells)} |"


def _speed(speed: dict[str, Any]) -> Iterator[str]:
    yield f"- {speed['ratio']:.1f} times as fast as stock spaCy's `ner` alone (character tokens, `HashEmbedCNN` of"
    yield "  width 96 and depth 4), on one core, in turns."
    lengths = sorted((int(length), seconds) for length, seconds in speed["growth"].items())
    (shortest, least), (longest, most) = lengths[0], lengths[-1]
    yield f"- A document of {longest:,} characters takes {most / least:.0f} times the time of one of {shortest:,}."
    yield f"- It loads in {speed['load']:.2f} s."
