"""What a record holds, as pydantic models: `Record.model_json_schema()` is the published JSON Schema.

Every value carries evidence: offsets into the text of the report and the characters that stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["central", "province", "city", "county", "township"]
TableKind = Literal["disclosure", "requests", "remedies"]
TableEdition = Literal["2019", "2021"]
CellKind = Literal["number", "blank", "slash", "dash", "other"]
Severity = Literal["error", "warning", "notice"]
Bound = Literal["exact", "about", "at least", "at most", "range"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_P = TypeVar("_P", bound=_Part)
# The four attributes of a pydantic object; setting them directly is what `model_construct` does, with much around it.
_SET_VALUES: Final = vars(BaseModel)["__dict__"].__set__
_SET_FIELDS: Final = vars(BaseModel)["__pydantic_fields_set__"].__set__
_SET_EXTRA: Final = vars(BaseModel)["__pydantic_extra__"].__set__
_SET_PRIVATE: Final = vars(BaseModel)["__pydantic_private__"].__set__


def maker(part: type[_P]) -> Callable[[dict[str, Any]], _P]:
    """Make a constructor for values known to be valid: twice as fast as that of the class, which checks them.

    part (type[_Part]): A class of this module.
    RETURNS (Callable): Of a dict with all fields in their order, also those with defaults, which it keeps.
    """
    new = object.__new__
    # One for all objects: a copy of an object has a copy of it.
    fields = set(part.model_fields)

    def make(values: dict[str, Any]) -> _P:
        made = new(part)
        _SET_VALUES(made, values)
        _SET_FIELDS(made, fields)
        _SET_EXTRA(made, None)
        _SET_PRIVATE(made, None)
        return made

    return make


class Evidence(_Part):
    """A passage of the report: `text` stands at characters `start` to `end`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class DocumentNumber(_Part):
    """A document number (发文字号) or the number of an order, in parts.

    `text` is its standard form (国办发〔2014〕32号), `raw` what the report has.
    """

    raw: str
    text: str
    code: str | None = None
    year: int | None = None
    serial: int | None = None
    is_order: bool = False
    repaired: bool = False
    confidence: float = Field(1.0, ge=0, le=1)


class Citation(_Part):
    """A cited document with all its mentions; `title` without the outer book-title marks."""

    title: str | None = None
    number: DocumentNumber | None = None
    aliases: tuple[str, ...] = ()
    issuer: str | None = None
    issuer_candidates: tuple[str, ...] = ()
    mentions: tuple[Evidence, ...]


class Conflict(_Part):
    """Two places of a report that give different values of what it is about."""

    field: str
    values: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Identity(_Part):
    """Whose report it is, and of which year. `region_code` is the code of GB/T 2260, six digits."""

    issuer: str | None = None
    level: Level | None = None
    region: str | None = None
    region_code: str | None = None
    year: int | None = None
    period_start: str | None = None
    period_end: str | None = None
    published: str | None = None
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class BodyMention(_Part):
    """A body named in the report, with its full name where the report's place and issuer determine it."""

    name: str | None
    is_self: bool = False
    evidence: Evidence


class Official(_Part):
    """A person named with a post. `role` is the part in a group (组长, 副组长, 成员); `group` is the group."""

    name: str
    post: str | None = None
    body: str | None = None
    role: str | None = None
    group: str | None = None
    evidence: tuple[Evidence, ...]


class Fact(_Part):
    """A reported quantity or a stated zero.

    value (Decimal | None): In single units (3.5万条 is 35000 条); None for a range.
    unit (str): Its measure word; "%" for percentages, fractions and tenths (六成).
    bound (str): How exact; `lower` and `upper` are its bounds where there are any.
    head (str | None): What was counted, in the words of the report.
    metric (str): An id of `govner.records.facts.metrics`; "other" where none fits.
    period (str): "year", "cumulative", "previous" or "next".
    scope (str | None): "whole area" (全县, 全市 …) or "own" (本级, 本机关, 我局 …), where said.
    channel (Evidence | None): The channel it went through.
    parent (int | None): Place in `Record.facts` of the fact it is part of (其中, 包括).
    is_zero_statement (bool): Said in words (没有收到申请); `evidence` is then the sentence.
    """

    value: Decimal | None
    unit: str
    lower: Decimal | None = None
    upper: Decimal | None = None
    bound: Bound = "exact"
    head: str | None = None
    metric: str
    period: Literal["year", "cumulative", "previous", "next"] = "year"
    scope: str | None = None
    channel: Evidence | None = None
    parent: int | None = None
    is_zero_statement: bool = False
    section: str
    evidence: Evidence
    sentence: Evidence


class Cell(_Part):
    """A cell of a national table.

    row, column (str): Ids of `govner.records.national.templates`.
    raw (str): What stands there; value (Decimal | None): its number; None unless `kind` is "number".
    evidence (Evidence | None): Its place; None for a cell that is missing or empty.
    certain (bool): Whether its place in the table is sure.
    """

    row: str
    column: str
    raw: str
    value: Decimal | None = None
    kind: CellKind
    evidence: Evidence | None = None
    certain: bool = True


class NationalTable(_Part):
    """One of the three tables of the national format (国办公开办函〔2019〕60号, 〔2021〕30号).

    cells (tuple): Every cell of the template in its order, or none where they could not be assigned.
    chosen_by_identity (bool): Whether the sums of the table chose between readings.
    problem (str | None): Why cells are uncertain or missing.
    """

    kind: TableKind
    edition: TableEdition
    cells: tuple[Cell, ...]
    evidence: Evidence
    chosen_by_identity: bool = False
    problem: str | None = None


class Finding(_Part):
    """What a check found: a rule, a sentence in both languages, the numbers, the passages that disagree."""

    rule: str
    severity: Severity
    message: str
    message_zh: str
    numbers: dict[str, Decimal | None] = {}
    evidence: tuple[Evidence, ...]
    status: Literal["open", "confirmed", "dismissed"] = "open"


class SectionPart(_Part):
    """A paragraph with its section and the headings above it."""

    label: str
    level: int
    heading_path: tuple[str, ...]
    evidence: Evidence


class MentionPart(_Part):
    """A mention with its label and probability."""

    label: str
    probability: float | None
    section: str
    evidence: Evidence


class Record(_Part):
    """All that is read from one report."""

    id: str
    path: str | None = None
    characters: int
    identity: Identity
    sections: tuple[SectionPart, ...]
    mentions: tuple[MentionPart, ...]
    bodies: tuple[BodyMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    officials: tuple[Official, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[NationalTable, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def issuer(self) -> str | None:
        """Whose report it is."""
        return self.identity.issuer

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.identity.year
