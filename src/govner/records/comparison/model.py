"""What a comparison of records holds, as pydantic models."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from govner.records.schema import Bound, Evidence, Finding

Origin = Literal[
    "text", "stated zero", "requests table", "remedies table", "disclosure table 2019", "disclosure table 2021"
]
Edit = Literal["none", "numbers", "words"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Part):
    """The key figure of a report for a metric.

    value (Decimal): In single units, as in `Fact`.
    bound (str): How exact it is.
    scope (str | None): "whole area" or "own", where said.
    origin (str): Where it stands; evidence (tuple): The passages; several where cells are added up.
    change (Decimal | None): Against the report of the year before; None if that one has no figure to compare it with.
    percent (Decimal | None): The same in percent, to one place; None also where the figure before is 0.
    rank (int | None): Among the bodies with a figure for that year, the largest first, equal ones with equal rank;
        None where no other body has one. ranked (int): How many bodies there are in this rank.
    """

    metric: str
    value: Decimal
    unit: str
    bound: Bound = "exact"
    scope: str | None = None
    origin: Origin
    evidence: tuple[Evidence, ...]
    change: Decimal | None = None
    percent: Decimal | None = None
    rank: int | None = None
    ranked: int = 0


class Unclear(_Part):
    """A metric for which a report gives several figures and no word about which is the total."""

    metric: str
    evidence: tuple[Evidence, ...]


class ReusedParagraph(_Part):
    """A paragraph that stands in an earlier report too.

    similarity (float): From 90 to 100, numbers left aside.
    edit (str): What was changed: "none", "numbers" alone, or "words".
    """

    evidence: Evidence
    earlier: Evidence
    similarity: float = Field(ge=0, le=100)
    edit: Edit


class Reuse(_Part):
    """What a report repeats of the report before it: `share` of its `paragraphs`; None if it has none to compare."""

    earlier_id: str
    earlier_year: int
    paragraphs: int
    reused: tuple[ReusedParagraph, ...]
    share: float | None = Field(ge=0, le=1)


class YearReport(_Part):
    """A report in the series of its body.

    figures (tuple): One for each metric it gives a figure for; a metric it is silent about has none.
    unclear (tuple): Metrics with several figures that nothing decides between.
    findings (tuple): Where it does not follow from the report of the year before; the first passage of each stands
        in that one.
    reuse (Reuse | None): What it repeats of the report before it in the series; None for the first.
    """

    report_id: str
    path: str | None
    year: int
    figures: tuple[Figure, ...]
    unclear: tuple[Unclear, ...] = ()
    findings: tuple[Finding, ...] = ()
    reuse: Reuse | None = None

    def figure(self, metric: str) -> Figure | None:
        """The figure for a metric, if there is one."""
        return next((figure for figure in self.figures if figure.metric == metric), None)


class Series(_Part):
    """The reports of a body by year, and the years between the first and the last of which there is none."""

    body: str
    reports: tuple[YearReport, ...]
    missing_years: tuple[int, ...] = ()


class LeftOut(_Part):
    """A record that could not be compared."""

    report_id: str
    path: str | None
    reason: str


class Comparison(_Part):
    """Bodies by name with their reports by year, and the records left out."""

    metrics: tuple[str, ...]
    bodies: tuple[Series, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a report, in order."""
        return tuple(sorted({report.year for series in self.bodies for report in series.reports}))
