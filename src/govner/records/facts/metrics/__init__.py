"""What a figure counts: one of the metrics of `data/metrics.tsv`, told by a linear classifier."""
