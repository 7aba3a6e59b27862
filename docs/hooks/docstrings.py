"""Docstrings in spaCy's style as tables: what mkdocstrings needs to read ours.

Ours name arguments in lines `name (type): text`, then `RETURNS (type): text`, `YIELDS …`, `RAISES …` (spaCy's developer
docs, "Code Conventions"). No parser of griffe knows this style, so they are written in Google's before they are parsed.
"""

from __future__ import annotations

import re
from typing import Any

from griffe import Class, Extension, Object

ENTRY = re.compile(r"(?P<name>\*{0,2}[a-z_]\w*|RETURNS|YIELDS|RAISES) \((?P<type>.+?)\): (?P<text>.*)")
_SECTIONS = {"RETURNS": "Returns", "YIELDS": "Yields", "RAISES": "Raises"}


def to_google_style(docstring: str, arguments: str = "Args") -> str:
    """Write a docstring in Google's style.

    docstring (str): In spaCy's style, without the indentation of the code.
    arguments (str): The title of its arguments: "Args", or "Attributes" for the fields of a class.
    RETURNS (str): The same; what is not of this style is left as it is.
    """
    lines: list[str] = []
    section = ""
    for line in docstring.splitlines():
        if entry := ENTRY.fullmatch(line):
            title = _SECTIONS.get(entry["name"], arguments)
            if title != section:
                section = title
                lines += [] if not lines or not lines[-1] else [""]
                lines.append(f"{title}:")
            subject = f"{entry['name']} ({entry['type']})" if title == arguments else entry["type"]
            lines.append(f"    {subject}: {entry['text']}")
        elif section and line.startswith(" "):
            lines.append(f"    {line}")
        else:
            # A paragraph of prose ends the list; what follows it may begin another.
            section = "" if line else section
            lines.append(line)
    return "\n".join(lines)


class SpacyStyle(Extension):
    """Rewrite the docstring of each object that griffe finds."""

    def on_object(self, *, obj: Object, **kwargs: Any) -> None:
        """Rewrite one."""
        if obj.docstring is None:
            return
        is_fields = isinstance(obj, Class) and "__init__" not in obj.members
        obj.docstring.value = to_google_style(obj.docstring.value, "Attributes" if is_fields else "Args")
