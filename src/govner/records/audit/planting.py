"""Plant errors into clean annotated reports, to measure what the rules find."""

from __future__ import annotations

from random import Random
from typing import Final

from govner.corpus.inline import Report
from govner.errors import InputError
from govner.records.audit import planters_narrative, planters_numbers, planters_tables, planters_text
from govner.records.audit.edits import Planted
from govner.records.audit.rules import RULE_IDS

PLANTERS: Final = {
    **planters_tables.PLANTERS,
    **planters_narrative.PLANTERS,
    **planters_numbers.PLANTERS,
    **planters_text.PLANTERS,
}


def plant(report: Report, rule: str, rng: Random) -> Planted | None:
    """Plant one error that a rule should find.

    report (Report): An annotated report without such an error; it is left as it is.
    rule (str): Id of the rule; those across two years plant an error into a report of the year before.
    rng (Random): Chooses place and error.
    RETURNS (Planted | None): The changed report; None if it has no place for the error.
    RAISES (InputError): There is no such rule.
    """
    if rule not in RULE_IDS:
        raise InputError(f"there is no audit rule {rule!r}; use ids of docs/audit.md")
    return PLANTERS[rule](report, rng)
