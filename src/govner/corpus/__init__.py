"""The annotated corpus: inline format, reader, checks, statistics, converters."""
