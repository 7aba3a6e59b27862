"""Settings of annotation tools for our labels: names, meanings, colours, keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final
from xml.sax.saxutils import quoteattr

from govner.corpus.formats.labels import KnownLabels, hotkeys
from govner.scheme import Label

_NEWLINE: Final = "\n"


def label_studio_config(labels: KnownLabels) -> dict[str, str]:
    """The labelling configuration of Label Studio: two controls, so that sections and mentions may overlap.

    Names of the controls and of the text are those of the exported tasks.
    """
    keys = hotkeys(labels)

    def control(name: str, group: tuple[Label, ...]) -> list[str]:
        rows = [f'  <Labels name="{name}" toName="text" showInline="true">']
        for label in group:
            key = f" hotkey={quoteattr(keys[label.name])}" if label.name in keys else ""
            rows.append(
                f"    <Label value={quoteattr(label.name)} background={quoteattr(label.color)}"
                f' selectedColor="#000000"{key} hint={quoteattr(label.meaning)}/>'
            )
        return [*rows, "  </Labels>"]

    rows = [
        "<View>",
        # Blanks shown as they are; otherwise the browser folds them, and what is selected is not what is stored.
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        '  <Header value="Mentions"/>',
        *control("mentions", labels.entities),
        '  <Header value="Sections"/>',
        *control("sections", labels.sections),
        '  <Text name="text" value="$text" granularity="symbol" saveTextResult="yes"/>',
        "</View>",
    ]
    return {"label-studio.xml": _NEWLINE.join(rows) + _NEWLINE}


def doccano_labels(labels: KnownLabels) -> dict[str, str]:
    """The span types of a doccano project, for import on its page of labels."""
    keys = hotkeys(labels)
    types = [
        {
            "text": label.name,
            "prefix_key": None,
            "suffix_key": keys.get(label.name),
            "background_color": label.color,
            "text_color": "#000000",
        }
        for label in (*labels.entities, *labels.sections)
    ]
    return {"doccano-labels.json": json.dumps(types, ensure_ascii=False, indent=2) + _NEWLINE}


def prodigy_config(labels: KnownLabels) -> dict[str, str]:
    """prodigy.json: mentions to highlight and, below the text, sections to choose from."""
    colors = {label.name: label.color for label in labels.entities}
    config = {
        "choice_style": "single",
        "blocks": [{"view_id": "ner_manual", "labels": list(labels.entity_names)}, {"view_id": "choice", "text": None}],
        "custom_theme": {"labels": colors},
        "keymap_by_label": hotkeys(labels),
    }
    return {"prodigy.json": json.dumps(config, ensure_ascii=False, indent=2) + _NEWLINE}


def brat_files(labels: KnownLabels) -> dict[str, str]:
    """The files that configure a directory for brat: types, how they look, keys."""
    keys = hotkeys(labels)
    every = (*labels.entities, *labels.sections)
    types = ["[entities]", *(label.name for label in every), "", "[relations]", "", "[events]", "", "[attributes]"]
    visual = ["[labels]", *(f"{label.name} | {label.name}" for label in every), "", "[drawing]"]
    visual += ["SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken"]
    visual += [f"{label.name}\tbgColor:{label.color}" for label in every]
    shortcuts = [f"{keys[label.name].upper()} {label.name}" for label in every if label.name in keys]
    files = {"annotation.conf": types, "visual.conf": visual, "kb_shortcuts.conf": shortcuts}
    return {name: _NEWLINE.join(lines) + _NEWLINE for name, lines in files.items()}


# Settings by the name of the tool, as `govner corpus label-config` takes it.
INTERFACES: Final[dict[str, Callable[[KnownLabels], dict[str, str]]]] = {
    "label-studio": label_studio_config,
    "doccano": doccano_labels,
    "prodigy": prodigy_config,
    "brat": brat_files,
}
