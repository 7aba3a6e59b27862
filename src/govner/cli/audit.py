"""`govner audit`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console, write_text
from govner.cli.options import Files, Model, Reading, reading, with_options
from govner.cli.running import read_records
from govner.errors import InputError
from govner.records.audit.decisions import apply_decisions, decide, decisions_path, read_decisions, write_decisions
from govner.records.schema import Evidence, Finding, Record

_COLORS = {"error": "red", "warning": "yellow", "notice": "cyan"}
_LONGEST = 60


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("audit")(audit_command)


@with_options(reading=reading)
def audit_command(
    files: Files,
    model: Model = None,
    disable: Annotated[list[str] | None, typer.Option(help="Id of a rule to leave out; may be repeated.")] = None,
    confirm: Annotated[list[int] | None, typer.Option(help="Mark this finding (its number) as confirmed.")] = None,
    dismiss: Annotated[list[int] | None, typer.Option(help="Mark this finding (its number) as dismissed.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Print dismissed findings too.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write all findings as JSONL.")] = None,
    *,
    reading: Reading,
) -> None:
    """Check reports against themselves: sums, tables, years, numbering. Print each finding with its passages.

    What a person decided about a finding (--confirm, --dismiss; one report at a time) is kept in REPORT.audit.json
    beside the report, and later runs respect it.
    """
    if (confirm or dismiss) and len(files) != 1:
        raise InputError("--confirm and --dismiss are for one report at a time; name one file")
    failed: list[InputError] = []
    lines: list[str] = []
    for record in read_records(files, model, reading, failed, disable or ()):
        findings = _with_decisions(record, confirm or [], dismiss or [])
        _print(record, findings, all)
        lines += [_as_line(record, finding) for finding in findings]
    if out is not None:
        write_text(out, "".join(lines))
        console.print(f"{len(lines)} findings in {escape(str(out))}")
    if failed:
        raise typer.Exit(2)


def _with_decisions(record: Record, confirm: list[int], dismiss: list[int]) -> tuple[Finding, ...]:
    """The findings of a record with what was decided, now or before; new decisions are written."""
    if record.path is None:
        return record.findings
    path = decisions_path(Path(record.path))
    decisions = list(read_decisions(path)) if path.exists() else []
    for numbers, status in ((confirm, "confirmed"), (dismiss, "dismissed")):
        for number in numbers:
            if not 1 <= number <= len(record.findings):
                raise InputError(f"has no finding {number} but {len(record.findings)}; see `govner audit`", record.path)
            decisions.append(decide(record.findings, number - 1, status))  # type: ignore[arg-type]
    if confirm or dismiss:
        write_decisions(path, decisions)
    return apply_decisions(record.findings, decisions)


def _print(record: Record, findings: tuple[Finding, ...], all: bool) -> None:
    shown = [(number, finding) for number, finding in enumerate(findings, 1) if all or finding.status != "dismissed"]
    dismissed = len(findings) - len(shown)
    note = f", {dismissed} dismissed" if dismissed else ""
    console.print(f"[bold]{escape(record.path or record.id)}[/]: {len(shown)} findings{note}")
    for number, finding in shown:
        status = "" if finding.status == "open" else f" ({finding.status})"
        color = _COLORS[finding.severity]
        console.print(
            f"{number}. [{color}]{finding.severity}[/] [bold]{finding.rule}[/]{status} {escape(finding.message)}"
        )
        console.print(f"   {escape(finding.message_zh)}")
        for passage in finding.evidence:
            console.print(f"   [dim]{passage.start}-{passage.end}[/] “{escape(_clip(passage))}”")


def _clip(passage: Evidence) -> str:
    text = " ".join(passage.text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _as_line(record: Record, finding: Finding) -> str:
    row = {"report_id": record.id, "path": record.path, **finding.model_dump(mode="json")}
    return json.dumps(row, ensure_ascii=False) + "\n"
