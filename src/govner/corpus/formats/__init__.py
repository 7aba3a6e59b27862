"""Annotated texts in the formats of other tools: a module a format, one table of them."""
