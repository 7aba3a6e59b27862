"""Checks of a report against itself and the year before, and what a person decided about their findings."""

from govner.records.audit.decisions import (
    Decision,
    apply_decisions,
    decide,
    decisions_path,
    read_decisions,
    write_decisions,
)
from govner.records.audit.engine import audit, audit_years
from govner.records.audit.rules import RULES, Rule, rules_table

__all__ = [
    "RULES",
    "Decision",
    "Rule",
    "apply_decisions",
    "audit",
    "audit_years",
    "decide",
    "decisions_path",
    "read_decisions",
    "rules_table",
    "write_decisions",
]
