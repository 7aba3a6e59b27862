"""Compare records: the same body over years, and bodies in one year."""

from govner.records.comparison.figures import KEY_METRICS
from govner.records.comparison.model import Comparison
from govner.records.comparison.rows import comparison_frames, comparison_rows
from govner.records.comparison.series import compare_records

__all__ = ["KEY_METRICS", "Comparison", "compare_records", "comparison_frames", "comparison_rows"]
