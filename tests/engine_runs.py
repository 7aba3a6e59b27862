"""What the tests of runs over many reports share: small reports in many files, tables as rows."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from govner.engine.job import Task
from govner.engine.tables import schemas

SENTENCES = (
    "{place}水务局2017年政府信息公开工作年度报告",
    "一、概述",
    "全年主动公开政府信息{number}条，其中县政府门户网站公开{part}条。局长董昭南任组长。",
    "二、依申请公开情况",
    "全年收到政府信息公开申请{part}件，均已答复。依据《中华人民共和国政府信息公开条例》（国务院令第492号）。",
)


def report_text(number: int) -> str:
    """An invented report, different for each number."""
    place = ("沅陂县", "青禾市", "云汀县")[number % 3]
    lines = [line.format(place=place, number=100 + number, part=number % 7 + 1) for line in SENTENCES]
    return "\n".join(lines[: 3 + number % 3]) + "\n"


def write_reports(directory: Path, number: int) -> Path:
    """Write so many reports into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for place in range(number):
        (directory / f"report-{place:03}.txt").write_text(report_text(place), "utf8")
    return directory


def rows_of_run(out: Path, task: Task = "tag") -> dict[str, list[dict[str, Any]]]:
    """All rows of a finished run that wrote Parquet, by table."""
    return {name: pq.read_table(out / name).to_pylist() for name in schemas(task)}
