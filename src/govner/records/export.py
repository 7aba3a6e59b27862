"""Write the tables of records as CSV, JSON lines, Parquet, an Excel workbook or a DuckDB database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from govner.errors import InputError

_MISSING: Final = "needs {package}; install it with pip install 'govner[records]'"
# What a spreadsheet may run when it opens a table: text that begins with a sign of a formula and is no plain number.
_FORMULA: Final = re.compile(r"(?![-+][\d.,]*%?$)[=+\-@＝＋－＠\t\r]")
# What a worksheet holds.
_MOST_ROWS, _MOST_CHARACTERS = 1_048_575, 32_767


def export_frames(frames: Mapping[str, pd.DataFrame], out: Path, format: str) -> list[Path]:
    """Write data frames.

    frames (Mapping[str, pd.DataFrame]): Frames by name, as `to_frames` makes them.
    out (Path): A directory, made if need be; for "xlsx" and "duckdb" it gets one file, records.xlsx or records.duckdb.
    format (str): One of `FORMATS`.
    RETURNS (list[Path]): The files written.
    RAISES (InputError): The directory cannot be written, a package is missing, or a sheet would be too long.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return FORMATS[format](frames, out)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another --out", out) from None


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would take for a formula; numbers such as -5 stay.

    frame (pd.DataFrame): A table.
    RETURNS (pd.DataFrame): The same with safe cells (OWASP, CSV injection).
    """
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(_safe_cell) for name in texts}) if texts else frame


def _safe_cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _csv(frames: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    return _each(frames, out, "csv", lambda frame, path: safe_cells(frame).to_csv(path, index=False))


def _jsonl(frames: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    def write(frame: pd.DataFrame, path: Path) -> None:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)

    return _each(frames, out, "jsonl", write)


def _parquet(frames: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    _require("pyarrow")
    return _each(frames, out, "parquet", lambda frame, path: frame.to_parquet(path, index=False))


def _xlsx(frames: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    _require("openpyxl")
    path = out / "records.xlsx"
    for name, frame in frames.items():
        if len(frame) > _MOST_ROWS:
            raise InputError(f"{name} has {len(frame):,} rows, more than a worksheet holds; use parquet", path)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for name, frame in frames.items():
            safe_cells(frame).map(_for_sheet).to_excel(writer, sheet_name=name, index=False)
    return [path]


def _for_sheet(value: object) -> object:
    """Text as a worksheet takes it: shorter than its limit, without control characters."""
    if not isinstance(value, str):
        return value
    return "".join(char for char in value if char in "\n\t" or char >= " ")[:_MOST_CHARACTERS]


def _duckdb(frames: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    _require("duckdb")
    import duckdb

    path = out / "records.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for name, frame in frames.items():
            connection.register("frame", frame)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM frame')
            connection.unregister("frame")
    return [path]


def _each(
    frames: Mapping[str, pd.DataFrame], out: Path, suffix: str, write: Callable[[pd.DataFrame, Path], None]
) -> list[Path]:
    paths = [out / f"{name}.{suffix}" for name in frames]
    for path, frame in zip(paths, frames.values(), strict=True):
        write(frame, path)
    return paths


def _require(package: str) -> None:
    try:
        __import__(package)
    except ImportError:
        raise InputError(_MISSING.format(package=package)) from None


FORMATS: Final[dict[str, Callable[[Mapping[str, pd.DataFrame], Path], list[Path]]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "duckdb": _duckdb,
}
