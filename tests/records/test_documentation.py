"""The documentation names what there is."""

from govner.records.facts.metrics.classifier import metrics
from govner.records.schema import Record
from helpers import ROOT

TEXT = (ROOT / "docs" / "records.md").read_text("utf8")


def test_every_metric_is_documented() -> None:
    for metric in metrics():
        assert f"| `{metric.id}` | {metric.name} | {metric.meaning} |" in TEXT


def test_every_part_of_a_record_is_documented() -> None:
    parts = set(Record.model_fields) - {"id", "path", "characters"}
    assert all(f"`{part}`" in TEXT for part in parts)
