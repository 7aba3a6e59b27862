"""Templates, style and scripts of pages. Everything put into a page is escaped; scripts never hold data."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from govner.view.labels import UNCERTAIN, entity_words, own_style, section_words

_environment: Final = Environment(
    loader=PackageLoader("govner.view", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def render(template: str, styles: tuple[str, ...], scripts: tuple[str, ...], **values: Any) -> str:
    """Render a page that needs no other file and may fetch none.

    template (str): Name of a template.
    styles, scripts (tuple[str, ...]): Names of the files with its style and scripts, in order; base.css and theme.js
        come before them.
    values (Any): What the template shows.
    RETURNS (str): HTML. A Content Security Policy lets it run its own two scripts alone (by their hashes,
        https://www.w3.org/TR/CSP3/) and load nothing.
    """
    head, body = _joined(("theme.js",)), _joined(scripts)
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(head)} {_hash(body)}"
    )
    return _environment.get_template(template).render(
        policy=policy,
        style=Markup(_joined(("base.css", *styles)) + own_style()),
        head_script=Markup(head),
        script=Markup(body),
        entities=entity_words(),
        sections=section_words(),
        uncertain_below=f"{UNCERTAIN:g}",
        **values,
    )


@cache
def _joined(names: tuple[str, ...]) -> str:
    """Files of this package one after another; scripts of a page share their names."""
    directory = files("govner.view")
    return "\n".join((directory / name).read_text("utf8") for name in names)


@cache
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
