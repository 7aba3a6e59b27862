"""Pages to text: their visible words in reading order, tables as rows."""
