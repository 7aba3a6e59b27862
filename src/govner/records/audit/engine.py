"""Run the rules over one report, or over the reports of one body for two years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Final

from govner.errors import InputError
from govner.records.audit import (
    across_rules,
    date_rules,
    narrative_rules,
    statement_rules,
    structure_rules,
    sum_rules,
    table_rules,
    year_rules,
)
from govner.records.audit.rules import RULE_IDS, RULES, Check, YearsCheck
from govner.records.schema import Finding, Record
from govner.records.source import Source

CHECKS: Final[Mapping[str, Check]] = {
    **table_rules.CHECKS,
    **narrative_rules.CHECKS,
    **sum_rules.CHECKS,
    **year_rules.CHECKS,
    **date_rules.CHECKS,
    **structure_rules.CHECKS,
    **statement_rules.CHECKS,
}
YEARS_CHECKS: Final[Mapping[str, YearsCheck]] = across_rules.CHECKS


def audit(record: Record, source: Source, disabled: Collection[str] = ()) -> tuple[Finding, ...]:
    """Check a report against itself.

    record (Record): What was read from the report.
    source (Source): The report it was read from.
    disabled (Collection[str]): Ids of rules to leave out.
    RETURNS (tuple[Finding, ...]): By rule in the order of `RULES`, then by place.
    RAISES (InputError): `disabled` names a rule there is not.
    """
    _check_ids(disabled)
    rules = [rule.id for rule in RULES if rule.id in CHECKS and rule.id not in disabled]
    return tuple(chain.from_iterable(_in_order(CHECKS[rule](record, source)) for rule in rules))


def audit_years(previous: Record, current: Record, disabled: Collection[str] = ()) -> tuple[Finding, ...]:
    """Check a report against the one of the year before.

    previous, current (Record): Reports of one body.
    disabled (Collection[str]): Ids of rules to leave out.
    RETURNS (tuple[Finding, ...]): The first passage of each finding stands in `previous`, the others in `current`.
        Empty unless the years of both are known and follow each other.
    RAISES (InputError): `disabled` names a rule there is not.
    """
    _check_ids(disabled)
    first, second = previous.identity.year, current.identity.year
    if first is None or second is None or second != first + 1:
        return ()
    return tuple(
        chain.from_iterable(check(previous, current) for rule, check in YEARS_CHECKS.items() if rule not in disabled)
    )


def _check_ids(rules: Collection[str]) -> None:
    for rule in sorted(rules):
        if rule not in RULE_IDS:
            raise InputError(f"there is no audit rule {rule!r}; use ids of docs/audit.md, such as {RULES[0].id}")


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: [passage.start for passage in finding.evidence])
