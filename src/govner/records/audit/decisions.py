"""What a person decided about findings: a file REPORT.audit.json beside the report.

It is a JSON array with one decision a line. A decision names its finding by the rule and the passages that disagree,
not by offsets, so that it holds when other parts of the report are edited:

    [
    {"rule": "requests-row-sum", "passages": ["3", "12", "14"], "status": "dismissed", "note": "row clipped"}
    ]
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from govner.errors import InputError
from govner.records.audit.rules import RULE_IDS
from govner.records.schema import Finding
from govner.text.files import read_text

Verdict = Literal["confirmed", "dismissed"]
_KEYS: Final = {"rule", "passages", "status", "occurrence", "note"}
_SUFFIX: Final = ".audit.json"


@dataclass(frozen=True)
class Decision:
    """A decision about one finding.

    rule (str): Id of its rule.
    passages (tuple[str, ...]): Texts of its passages, as `passage_key` gives them.
    status (str): "confirmed" or "dismissed".
    occurrence (int): Which of the findings with this rule and these passages, from 1.
    note (str): Why, in free words.
    """

    rule: str
    passages: tuple[str, ...]
    status: Verdict
    occurrence: int = 1
    note: str = ""

    @property
    def key(self) -> tuple[str, tuple[str, ...], int]:
        """By which it meets its finding."""
        return self.rule, self.passages, self.occurrence


def decisions_path(report: Path) -> Path:
    """Where the decisions about a report are kept: 2017.txt has 2017.audit.json beside it."""
    return report.with_suffix(_SUFFIX)


def decide(findings: Sequence[Finding], place: int, status: Verdict, note: str = "") -> Decision:
    """Make the decision about one of the findings of a report.

    findings (Sequence[Finding]): All of them, in order.
    place (int): Which.
    status (str): "confirmed" or "dismissed".
    note (str): Why.
    RETURNS (Decision): To be kept.
    """
    rule, passages, occurrence = _keys(findings)[place]
    return Decision(rule, passages, status, occurrence, note)


def apply_decisions(findings: Sequence[Finding], decisions: Iterable[Decision]) -> tuple[Finding, ...]:
    """Give findings the status that was decided.

    findings (Sequence[Finding]): Of one report, in order.
    decisions (Iterable[Decision]): About this report; those whose finding is gone do nothing, of two about one
        finding the last counts.
    RETURNS (tuple[Finding, ...]): The findings; open where nothing was decided.
    """
    decided = {decision.key: decision.status for decision in decisions}
    return tuple(
        finding.model_copy(update={"status": decided.get(key, "open")})
        for finding, key in zip(findings, _keys(findings), strict=True)
    )


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions about a report.

    path (Path): A file as `write_decisions` writes it.
    RETURNS (tuple[Decision, ...]): In its order; empty if there is no such file.
    RAISES (InputError): The file is not JSON or a decision is not as it should be; names the line and the remedy.
    """
    if not path.exists():
        return ()
    text = read_text(path)
    return tuple(_read_decision(item, path, line) for item, line in _items(text, path))


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions, one a line, sorted, of two about one finding the last."""
    kept = {decision.key: decision for decision in decisions}
    lines = [json.dumps(_as_json(kept[key]), ensure_ascii=False) for key in sorted(kept)]
    path.write_text("[\n" + ",\n".join(lines) + ("\n" if lines else "") + "]\n", encoding="utf-8")


def passage_key(text: str) -> str:
    """A passage without white space and with half-width signs, so that small edits leave it the same."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _keys(findings: Sequence[Finding]) -> list[tuple[str, tuple[str, ...], int]]:
    met: Counter[tuple[str, tuple[str, ...]]] = Counter()
    keys = []
    for finding in findings:
        name = finding.rule, tuple(passage_key(passage.text) for passage in finding.evidence)
        met[name] += 1
        keys.append((*name, met[name]))
    return keys


def _items(text: str, path: Path) -> list[tuple[Any, int]]:
    """The items of a JSON array, each with its line."""
    decoder = json.JSONDecoder()
    position = _skip(text, 0)
    if text[position : position + 1] != "[":
        raise InputError("is not a list of decisions; it must begin with [ and hold one {…} a line", path, 1)
    position = _skip(text, position + 1)
    items: list[tuple[Any, int]] = []
    while text[position : position + 1] != "]":
        line = text.count("\n", 0, position) + 1
        try:
            item, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise InputError(
                f"is not JSON ({error.msg}); mend the line or delete it", path, text.count("\n", 0, error.pos) + 1
            ) from None
        items.append((item, line))
        position = _skip(text, position)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            line = text.count("\n", 0, position) + 1
            raise InputError("needs a comma between two decisions and ] at the end; put it there", path, line)
    if text[position + 1 :].strip():
        line = text.count("\n", 0, _skip(text, position + 1)) + 1
        raise InputError("goes on after the ] that ends the list; delete what follows", path, line)
    return items


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _read_decision(item: Any, path: Path, line: int) -> Decision:
    if not isinstance(item, dict):
        raise InputError("a decision must be {…} with rule, passages and status", path, line)
    unknown = sorted(set(item) - _KEYS)
    if unknown:
        raise InputError(f"unknown key {unknown[0]!r}; use {', '.join(sorted(_KEYS))}", path, line)
    rule, passages, status = item.get("rule"), item.get("passages"), item.get("status")
    if rule not in RULE_IDS:
        raise InputError(f"there is no audit rule {rule!r}; use an id of docs/audit.md", path, line)
    if not isinstance(passages, list) or not passages or not all(isinstance(text, str) for text in passages):
        raise InputError('passages must be a list of the texts that disagree, such as ["5件", "6件"]', path, line)
    if status != "confirmed" and status != "dismissed":
        raise InputError(f"status {status!r} is none; use confirmed or dismissed", path, line)
    occurrence, note = item.get("occurrence", 1), item.get("note", "")
    if not isinstance(occurrence, int) or isinstance(occurrence, bool) or occurrence < 1:
        raise InputError("occurrence must be a number from 1; leave it out for the first", path, line)
    if not isinstance(note, str):
        raise InputError("note must be text in quotation marks", path, line)
    return Decision(rule, tuple(map(passage_key, passages)), status, occurrence, note)


def _as_json(decision: Decision) -> dict[str, object]:
    fields: dict[str, object] = {
        "rule": decision.rule,
        "passages": list(decision.passages),
        "status": decision.status,
    }
    if decision.occurrence > 1:
        fields["occurrence"] = decision.occurrence
    if decision.note:
        fields["note"] = decision.note
    return fields
