"""What the index of a site says of a report: a few values, kept in the manifest so that a run can go on."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from govner.records.comparison.figures import read_figures
from govner.records.comparison.series import fold_body
from govner.view.record import decided_findings
from govner.view.report import PageReport
from govner.view.shares import count_channels, count_outcomes, count_sections


class Summary(BaseModel):
    """A report in the index.

    page (str): Name of its page and of its record, without suffix.
    report_id, name, title (str): Its id, its file, issuer and year.
    body (str | None): Its issuer in the form by which reports are compared; year, level: as in `Identity`.
    figures (dict[str, Decimal]): Its key figures by metric.
    findings (dict[str, int]): How many by severity, those dismissed left out.
    channels, outcomes, sections (dict[str, Decimal]): As `govner.view.shares` counts them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str = Field(pattern=r"^[^/\\]+$")
    report_id: str
    name: str
    title: str
    body: str | None
    year: int | None
    level: str | None
    characters: int
    paragraphs: int
    mentions: int
    uncertain: int
    figures: dict[str, Decimal]
    findings: dict[str, int]
    channels: dict[str, Decimal]
    outcomes: dict[str, Decimal]
    sections: dict[str, Decimal]


def summarize(report: PageReport, page: str) -> Summary:
    """Sum up a report.

    report (PageReport): As its page shows it.
    page (str): Name of its page.
    RETURNS (Summary): For the index.
    """
    record = report.record
    return Summary(
        page=page,
        report_id=record.id,
        name=report.name,
        title=report.title,
        body=fold_body(record.issuer),
        year=record.year,
        level=record.identity.level,
        characters=len(report.text),
        paragraphs=len(record.sections),
        mentions=len(record.mentions),
        uncertain=report.uncertain,
        figures={figure.metric: figure.value for figure in read_figures(record)[0]},
        findings=dict(Counter(finding.severity for finding in decided_findings(record))),
        channels=count_channels(record),
        outcomes=count_outcomes(record),
        sections=count_sections(record),
    )
