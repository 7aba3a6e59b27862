"""Labels that users add to the scheme: `labels.toml` beside their annotated reports, and what a trained model carries.

    [entities.QUOTA]
    meaning = "places offered"
    color = "#f6cfa1"

    [sections.ADMISSION]
    meaning = "who is admitted, and how"
    color = "#c9e4f2"

Names, meanings and colours of a model's own labels stand in its `meta.json` under `own_labels`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import tomllib

from govner.errors import InputError
from govner.scheme import DISPLACY_COLORS, SCHEME, Label, Scheme
from govner.text.files import read_text

LABELS_FILE: Final = "labels.toml"
META_KEY: Final = "own_labels"

_KINDS: Final = ("entities", "sections")
_KEYS: Final = ("meaning", "color")
_NAME: Final = re.compile("[A-Z][A-Z0-9_]*")
_COLOR: Final = re.compile("#[0-9a-fA-F]{6}")
# "ALL" is the row of all labels in tables of scores, "O" the tag of no mention.
_RESERVED: Final = frozenset({"ALL", "O"})
# Labels are written in black on their colour; contrast as WCAG 2.2 defines it, for text of normal size.
_LEAST_CONTRAST: Final = 4.5


def labels_for(path: Path) -> Scheme:
    """The labels that an annotated file may use: ours, and those of a `labels.toml` beside it or a directory above.

    path (Path): An annotated file, or a directory of them.
    RETURNS (Scheme): The labels, ours first.
    RAISES (InputError): The `labels.toml` is bad.
    """
    directory = path if path.is_dir() else path.parent
    for place in (directory, directory.absolute().parent):
        file = place / LABELS_FILE
        try:
            changed = file.stat().st_mtime_ns
        except OSError:
            continue
        return SCHEME | _read_cached(file, changed)
    return SCHEME


def labels_for_all(paths: Iterable[Path]) -> Scheme:
    """The labels that annotated files in several places may use, as `labels_for` has them.

    RAISES (InputError): A label marks mentions in one place and paragraphs in another.
    """
    scheme = SCHEME
    for path in paths:
        found = labels_for(path)
        scheme |= found
        for kind in _KINDS:
            if wrong := {label.name for label in getattr(found, kind)} - {
                label.name for label in getattr(scheme, kind)
            }:
                raise InputError(f"{min(wrong)} is a label of both mentions and sections; rename one", path)
    return scheme


@lru_cache(maxsize=64)
def _read_cached(path: Path, changed: int) -> Scheme:
    return read_labels(path)


def read_labels(path: Path) -> Scheme:
    """Read a `labels.toml`.

    path (Path): The file.
    RETURNS (Scheme): The labels that it adds to ours.
    RAISES (InputError): It is not TOML, or a label has a bad or taken name, no meaning, or a bad or taken colour.
    """
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        problem = str(error).rpartition(" (at ")[0] or str(error)
        raise InputError(f"is not TOML: {problem}; mend it", path, int(line[1]) if line else None) from None
    if unknown := sorted(tables.keys() - set(_KINDS)):
        raise InputError(f"has no use for [{unknown[0]}]; write [entities.NAME] and [sections.NAME]", path)
    found: dict[str, tuple[Label, ...]] = {}
    taken = dict(SCHEME.labels)
    for kind in _KINDS:
        entries = tables.get(kind, {})
        if not isinstance(entries, dict):
            raise InputError(f"{kind} is no table; write [{kind}.NAME]", path)
        labels = []
        for name, entry in entries.items():
            label = _read_label(f"[{kind}.{name}]", name, entry, taken, path)
            labels.append(label)
            taken[name] = label
        found[kind] = tuple(labels)
    return Scheme(**found)


def write_labels(scheme: Scheme, directory: Path) -> None:
    """Write labels beside annotated files, so that these can be read; nothing where there are none.

    scheme (Scheme): Labels beside ours.
    directory (Path): Gets a `labels.toml`, or has one with these labels.
    RAISES (InputError): It has one without them.
    """
    if not scheme:
        return
    path = directory / LABELS_FILE
    if path.exists():
        if missing := scheme - read_labels(path):
            raise InputError(f"lacks the label {next(iter(missing.labels))}; add it, or choose another place", path)
        return
    directory.mkdir(parents=True, exist_ok=True)
    tables = [
        f'[{kind}.{label.name}]\nmeaning = {json.dumps(label.meaning, ensure_ascii=False)}\ncolor = "{label.color}"\n'
        for kind in _KINDS
        for label in getattr(scheme, kind)
    ]
    path.write_text("\n".join(tables), encoding="utf8")


def _read_label(place: str, name: str, entry: Any, taken: Mapping[str, Label], path: Path) -> Label:
    def fail(problem: str) -> InputError:
        return InputError(f"{place} {problem}", path)

    if not _NAME.fullmatch(name):
        raise fail("has a bad name; begin with A-Z, go on with A-Z, 0-9 and _")
    if name in taken or name in _RESERVED:
        raise fail("has a name that is taken; choose another")
    if not isinstance(entry, dict):
        raise fail("is no table; give it meaning and color")
    if unknown := sorted(entry.keys() - set(_KEYS)):
        raise fail(f"has no use for {unknown[0]!r}; give meaning and color")
    for key in _KEYS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            example = "what it marks, in a few words" if key == "meaning" else "#c9e4f2"
            raise fail(f'lacks {key}; add {key} = "{example}"')
    meaning, color = " ".join(entry["meaning"].split()), entry["color"].lower()
    if not _COLOR.fullmatch(color):
        raise fail(f'has the color {color!r}; write it as "#rrggbb"')
    if same := next((label.name for label in taken.values() if label.color == color), None):
        raise fail(f"has the color of {same}; choose another")
    if _contrast_with_black(color) < _LEAST_CONTRAST:
        raise fail(f"has the color {color}, too dark for black letters on it; choose a lighter one")
    return Label(name, meaning, color)


def _contrast_with_black(color: str) -> float:
    """Contrast of a colour with black, from 1 to 21, by relative luminance (WCAG 2.2)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / 0.05


def own_labels_of(meta: Mapping[str, Any]) -> Scheme:
    """The labels that a trained pipeline has beside ours.

    meta (Mapping[str, Any]): `nlp.meta`.
    RETURNS (Scheme): Its own labels; none for a model trained on our labels alone.
    """
    return Scheme.from_json(meta.get(META_KEY, {}))


def scheme_of(meta: Mapping[str, Any]) -> Scheme:
    """All labels of a trained pipeline: ours, and its own (see `own_labels_of`)."""
    return SCHEME | own_labels_of(meta)


_adopted = Scheme()


def adopt(scheme: Scheme) -> None:
    """Let tables on the terminal, pages and displaCy show the labels of a model that was loaded.

    scheme (Scheme): Its own labels.
    """
    global _adopted
    _adopted = scheme | _adopted
    DISPLACY_COLORS.update((scheme - SCHEME).colors)


def shown_labels() -> Scheme:
    """The labels to show: ours, and those of the models that were loaded (see `adopt`)."""
    return SCHEME | _adopted
