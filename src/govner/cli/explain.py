"""`govner explain`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console
from govner.evaluation.explanation import Explanation, MentionView, explain
from govner.loading import load_pipeline
from govner.scheme import DISPLACY_COLORS

# Smaller probabilities and changes of log-odds are not worth a cell.
_LEAST, _LEAST_CHANGE = 0.005, 0.1


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("explain")(explain_text)


def explain_text(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    text: Annotated[str, typer.Argument(help="A paragraph.")],
) -> None:
    """Show why a model tags a paragraph as it does: probabilities by token, and what speaks for each mention.

    A figure after a feature or a token is how far the log-odds fall when the model does not see it: -2.3 makes it ten
    times less likely.
    """
    show(explain(load_pipeline(model), text))


def show(explanation: Explanation) -> None:
    """Print an explanation as tables."""
    tokens = Table("token", "label", "probability", "next", title="tokens", title_justify="left")
    for token in explanation.tokens:
        (label, probability), (other, next_probability) = token.probabilities[:2]
        next_label = f"{other} {next_probability:.2f}" if next_probability >= _LEAST else ""
        tokens.add_row(escape(repr(token.text)[1:-1]), _coloured(label), f"{probability:.2f}", next_label)
    console.print(tokens)
    mentions = Table(
        "mention", "label", "probability", "by features", "by tokens", title="mentions", title_justify="left"
    )
    for mention in explanation.mentions:
        features = ", ".join(
            f"{name} {_signed(value)}" for name, value in mention.evidence[:4] if value >= _LEAST_CHANGE
        )
        mentions.add_row(
            escape(mention.text), _coloured(mention.label), f"{mention.probability:.2f}", features, _around(mention)
        )
    if explanation.mentions:
        console.print(mentions)
    sections = Table("paragraph", "section", "probability", "by fields", title="sections", title_justify="left")
    for section in explanation.sections:
        fields = ", ".join(
            f"{name} {_signed(value)}" for name, value in section.evidence if abs(value) >= _LEAST_CHANGE
        )
        words = section.text if len(section.text) <= 20 else section.text[:19] + "…"
        sections.add_row(escape(words), section.label, f"{section.probability:.2f}", fields)
    if explanation.sections:
        console.print(sections)


def _around(mention: MentionView) -> str:
    strongest = sorted(mention.context, key=lambda item: -abs(item[1]))[:5]
    kept = [item for item in mention.context if item in strongest and abs(item[1]) >= _LEAST_CHANGE]
    return ", ".join(f"{escape(text)} {_signed(value)}" for text, value in kept)


def _signed(value: float) -> str:
    return f"{-value:+.1f}"


def _coloured(label: str) -> str:
    color = DISPLACY_COLORS.get(label)
    return f"[black on {color}] {label} [/]" if color else label
