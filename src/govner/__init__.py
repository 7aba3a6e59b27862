"""govner reads Chinese government information-disclosure reports (政府信息公开工作年度报告)."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govner.records.frames import to_frames
    from govner.records.reading import read, read_many

__version__ = version("govner")
__all__ = ["__version__", "read", "read_many", "to_frames"]


def __getattr__(name: str) -> Any:
    """Import what reads records only when it is asked for: loading a pipeline needs none of it."""
    if name in ("read", "read_many"):
        from govner.records import reading

        return getattr(reading, name)
    if name == "to_frames":
        from govner.records.frames import to_frames

        return to_frames
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
